using System.Net;
using Exchange.Api.Health;
using Exchange.Grains.Interfaces.Symbols;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Api.Tests;

public sealed class HealthTests : IAsyncLifetime
{
    private readonly ApiHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task History_far_behind_is_degraded_but_not_down()
    {
        host.History.Lag = TimeSpan.FromMinutes(1);

        var answer = await host.Stranger().Get("/health");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var workers = Wire.Read<HealthReport>(answer.Body).Workers;
        Assert.Equal((false, "degraded", false), (workers.IsHealthy, workers.Status, workers.Components["history"].IsHealthy));
    }

    [Fact]
    public async Task A_market_without_fresh_prices_is_named_with_its_age_and_reason()
    {
        host.Feeds.States =
        [
            new("BTC_USDT", "binance", new FeedView(FeedHealth.Live, 80, null)),
            new("ETH_USDT", "binance", new FeedView(FeedHealth.Stale, 12_000, "silent for 12000 ms")),
        ];

        var answer = await host.Stranger().Get("/health");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var workers = Wire.Read<HealthReport>(answer.Body).Workers;
        Assert.Equal("degraded", workers.Status);
        Assert.Equal(
            "1 of 2 feeds are live: ETH_USDT from binance is stale (silent for 12000 ms), last heard 12000 ms ago",
            workers.Components["feeds"].Description);
    }

    [Fact]
    public async Task An_exchange_that_is_still_recovering_is_alive_but_not_ready()
    {
        host.Readiness.IsReady = false;

        Assert.Equal(HttpStatusCode.OK, (await host.Stranger().Get("/health/live")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Stranger().Get("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Stranger().Get("/health")).Status);
    }

    [Fact]
    public async Task A_process_that_is_about_to_stop_is_not_ready_and_answers_all_the_same_but_keeps_no_connection()
    {
        var before = await host.Stranger().Get("/api/v1/markets");
        Assert.NotEqual(true, before.Message.Headers.ConnectionClose);

        host.Services.GetRequiredService<Drain>().Begin();

        Assert.Equal(HttpStatusCode.OK, (await host.Stranger().Get("/health/live")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Stranger().Get("/health/ready")).Status);
        var answer = await host.Stranger().Get("/api/v1/markets");
        Assert.Equal((HttpStatusCode.OK, true), (answer.Status, answer.Message.Headers.ConnectionClose));
    }

    [Theory]
    [InlineData("/api/v1/depth?symbol=BTC_USDT")]
    [InlineData("/api/v1/balances")]
    public async Task An_exchange_that_is_still_recovering_asks_to_come_back_later(string path)
    {
        host.Readiness.IsReady = false;
        var caller = host.Caller();

        var answer = await caller.Get(path);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "UNAVAILABLE"), (answer.Status, answer.Code));
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Message.Headers.RetryAfter!.Delta);
        Assert.Empty(caller.Portfolio.Calls);
    }
}
