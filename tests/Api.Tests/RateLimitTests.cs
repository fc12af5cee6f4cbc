using System.Net;
using Exchange.Api.Limits;

namespace Exchange.Api.Tests;

/// <summary>Each caller has a share, is told when it is used up, and takes nothing from the others.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private const string Order = """{"market":"BTC_USDT","side":"buy","price":"1","quantity":"1"}""";

    private readonly LimitedHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Ten_orders_a_second_and_not_one_more()
    {
        var caller = host.Caller();
        for (var i = 1; i <= 10; i++)
        {
            var placed = await caller.Post("/api/v1/order", Order);
            Assert.Equal((HttpStatusCode.OK, $"{i}"), (placed.Status, Header(placed, "X-MBX-ORDER-COUNT-1S")));
        }

        var refused = await caller.Post("/api/v1/order", Order);

        Assert.Equal((HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS", "1"), (refused.Status, refused.Code, Header(refused, "Retry-After")));
        Assert.Equal(10, caller.Portfolio.Calls.Count);
        Assert.Equal(HttpStatusCode.OK, (await host.Caller().Post("/api/v1/order", Order)).Status);

        host.Clock.Now += TimeSpan.FromMilliseconds(100);
        Assert.Equal(HttpStatusCode.OK, (await caller.Post("/api/v1/order", Order)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await caller.Post("/api/v1/order", Order)).Status);
    }

    [Fact]
    public async Task A_hundred_market_data_requests_a_second_for_each_address()
    {
        for (var i = 0; i < 100; i++)
            Assert.Equal(HttpStatusCode.OK, (await host.Stranger().Get("/api/v1/markets")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.Stranger().Get("/api/v1/markets")).Status);

        host.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(HttpStatusCode.OK, (await host.Stranger().Get("/api/v1/markets")).Status);
    }

    [Fact]
    public async Task Used_weight_is_shown_and_drains_over_a_minute()
    {
        Assert.Equal("20", Header(await host.Stranger().Get("/api/v1/exchangeInfo"), "X-MBX-USED-WEIGHT-1M"));
        Assert.Equal("25", Header(await host.Stranger().Get("/api/v1/depth?symbol=BTC_USDT"), "X-MBX-USED-WEIGHT-1M"));

        host.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal("5", Header(await host.Stranger().Get("/api/v1/depth?symbol=BTC_USDT"), "X-MBX-USED-WEIGHT-1M"));
    }

    [Fact]
    public async Task Forwarding_headers_of_strangers_buy_nothing()
    {
        for (var i = 0; i < 100; i++)
            await host.Stranger().Send(HttpMethod.Get, "/api/v1/markets", null, ("X-Forwarded-For", $"192.0.2.{i}"));
        var answer = await host.Stranger().Send(
            HttpMethod.Get, "/api/v1/markets", null, ("X-Forwarded-For", "198.51.100.1"), ("Forwarded", "for=198.51.100.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
    }

    [Fact]
    public async Task Mail_to_one_address_is_limited_whoever_asks()
    {
        var proxied = new ProxiedHost();
        await proxied.InitializeAsync();
        for (var i = 1; i <= 10; i++)
            Assert.Equal(HttpStatusCode.OK, (await SignUpFrom(proxied, $"192.0.2.{i}")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignUpFrom(proxied, "192.0.2.99")).Status);
        await proxied.DisposeAsync();
    }

    [Fact]
    public void Buckets_fill_evenly_and_hold_their_burst()
    {
        var buckets = new TokenBuckets(perSecond: 2, burst: 4);
        Assert.Equal(TimeSpan.Zero, buckets.Take(1, 4, 0, out _));
        Assert.Equal(TimeSpan.FromSeconds(0.5), buckets.Take(1, 1, 0, out _));
        Assert.Equal(TimeSpan.Zero, buckets.Take(1, 1, 500, out _));
        Assert.Equal(TimeSpan.Zero, buckets.Take(1, 4, 1_000_000, out var used));
        Assert.Equal(4, used);
        Assert.Equal(TimeSpan.FromSeconds(0.5), buckets.Take(1, 1, 0, out _));
    }

    [Fact]
    public void Buckets_of_many_subjects_are_bounded()
    {
        var buckets = new TokenBuckets(perSecond: 1, burst: 1, generationSize: 100);
        for (var i = 0; i < 100_000; i++)
            buckets.Take((UInt128)i, 1, 0, out _);
        Assert.InRange(buckets.Count, 1, 200);
    }

    private static string Header(Answer answer, string name) => string.Join(',', answer.Message.Headers.GetValues(name));

    private static Task<Answer> SignUpFrom(ApiHost host, string address) => host.Stranger().Send(
        HttpMethod.Post,
        "/api/v1/user/signup",
        new StringContent("""{"email":"victim@example.org"}""", System.Text.Encoding.UTF8, "application/json"),
        ("X-Forwarded-For", address));

    private sealed class ProxiedHost : ApiHost
    {
        protected override Dictionary<string, string?> Settings => new() { ["RateLimits:Scale"] = "1", ["Proxies:Trusted:0"] = "127.0.0.1" };
    }

    private sealed class LimitedHost : ApiHost
    {
        protected override Dictionary<string, string?> Settings => new() { ["RateLimits:Scale"] = "1" };
    }
}
