using System.Net;
using Exchange.Api.Accounts;

namespace Exchange.Api.Tests;

/// <summary>What a browser would do for a foreign page is not done; what a trusted proxy says about a client is believed.</summary>
public sealed class BrowserSafetyTests : IAsyncLifetime
{
    private const string Friend = "https://app.example.org";
    private const string Order = """{"market":"BTC_USDT","side":"buy","price":"1","quantity":"1"}""";

    private readonly ProxiedHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("Origin", "https://evil.example.org", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "", false)]
    [InlineData("Origin", "https://app.example.org.evil.example", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("X-Nothing", "at all", false)]
    [InlineData("Origin", Friend, true)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    public async Task The_cookie_changes_things_only_from_our_own_page(string header, string value, bool allowed)
    {
        var (token, _) = host.Issue(5, "a@b.cd");

        var answer = await Place(("Cookie", "authToken=" + token), (header, value));

        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Status);
        if (!allowed)
            Assert.Equal("WRONG_ORIGIN", answer.Code);
    }

    [Fact]
    public async Task Our_own_origin_is_ours()
    {
        var (token, _) = host.Issue(5, "a@b.cd");
        var own = host.Address.GetLeftPart(UriPartial.Authority);
        Assert.Equal(HttpStatusCode.OK, (await Place(("Cookie", "authToken=" + token), ("Origin", own))).Status);
    }

    [Fact]
    public async Task A_bearer_token_needs_no_origin()
    {
        var (token, _) = host.Issue(5, "a@b.cd");
        Assert.Equal(HttpStatusCode.OK, (await Place(("Authorization", "Bearer " + token), ("Origin", "https://evil.example.org"))).Status);
    }

    [Fact]
    public async Task A_browser_may_show_our_answers_to_configured_pages_only()
    {
        var friend = await host.Stranger().Send(HttpMethod.Get, "/api/v1/time", null, ("Origin", Friend));
        Assert.Equal(Friend, Assert.Single(friend.Message.Headers.GetValues("Access-Control-Allow-Origin")));

        var other = await host.Stranger().Send(HttpMethod.Get, "/api/v1/time", null, ("Origin", "https://evil.example.org"));
        Assert.False(other.Message.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_preflight_is_answered()
    {
        var answer = await host.Stranger().Send(
            HttpMethod.Options, "/api/v1/order", null, ("Origin", Friend), ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization"));
        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Equal(Friend, Assert.Single(answer.Message.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData("/api/v1/time")]
    [InlineData("/api/v1/balances")]
    [InlineData("/api/v1/nothing")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        var headers = (await host.Caller().Get(path)).Message.Headers;
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-referrer", Assert.Single(headers.GetValues("Referrer-Policy")));
        Assert.Contains("default-src 'none'", Assert.Single(headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.False(headers.Contains("Server"));
    }

    [Fact]
    public async Task Answers_of_an_account_are_not_kept() =>
        Assert.True((await host.Caller().Get("/api/v1/balances")).Message.Headers.CacheControl!.NoStore);

    [Fact]
    public async Task A_trusted_proxy_tells_who_the_client_is_and_only_its_own_word_counts()
    {
        var answer = await host.Stranger().Send(
            HttpMethod.Post, "/api/v1/user/signup", Json("""{"email":"p@example.org"}"""), ("X-Forwarded-For", "203.0.113.9, 198.51.100.4"),
            ("X-Forwarded-Proto", "https"));

        var session = Assert.Single(host.Grains.User("p@example.org").Sessions);
        Assert.Equal("198.51.100.4", session.Address);
        Assert.Contains("; secure;", Assert.Single(answer.Message.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        Assert.Equal("max-age=31536000", Assert.Single(answer.Message.Headers.GetValues("Strict-Transport-Security")));
        Assert.StartsWith("https://", Wire.Read<SignedUp>(answer.Body).Link, StringComparison.Ordinal);
    }

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");

    private Task<Answer> Place(params (string, string)[] headers) => host.Stranger().Send(HttpMethod.Post, "/api/v1/order", Json(Order), headers);

    private sealed class ProxiedHost : ApiHost
    {
        protected override Dictionary<string, string?> Settings => new()
        {
            ["Cors:Origins:0"] = Friend,
            ["Proxies:Trusted:0"] = "127.0.0.1",
        };
    }
}
