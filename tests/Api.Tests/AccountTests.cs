using System.Net;
using Exchange.Api.Accounts;
using Exchange.Api.Tests.Fakes;
using Exchange.Domain;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Api.Tests;

[Collection(ApiTests.Name)]
public sealed class AccountTests(ApiHost host)
{
    [Fact]
    public async Task Sign_up_answers_with_a_token_that_works_and_sets_the_cookie()
    {
        var answer = await host.Stranger().Post("/api/v1/user/signup", """{"email":"Somebody@Example.org"}""");

        var signedUp = Wire.Read<SignedUp>(answer.Body);
        Assert.Equal(("17", "somebody@example.org"), (signedUp.UserId, signedUp.Email));
        Assert.Equal(TestClock.Start.AddDays(7).ToUnixTimeMilliseconds(), signedUp.ExpiresAt);
        var cookie = Assert.Single(answer.Message.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"authToken={signedUp.Token};", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);

        var me = Wire.Read<Me>((await host.With(signedUp.Token).Get("/api/v1/user/me")).Body);
        Assert.Equal($"{FakeUser.Account}", me.UserId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("@example.org")]
    [InlineData("a@")]
    [InlineData("a@localhost")]
    [InlineData("a@b@example.org")]
    [InlineData("a b@example.org")]
    [InlineData(" a@example.org")]
    [InlineData("a@example.org\\r\\nBcc: x@y.zz")]
    [InlineData("a@exa_mple.org")]
    [InlineData("a@-example.org")]
    [InlineData("a@example..org")]
    [InlineData(".a@example.org")]
    [InlineData("a..b@example.org")]
    [InlineData("ａ@example.org")]
    [InlineData("a@exämple.org")]
    [InlineData("\\\"a\\\"@example.org")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x@example.org")]
    public async Task What_is_no_plain_address_is_refused(string email)
    {
        var answer = await host.Stranger().Post("/api/v1/user/signup", $$"""{"email":"{{email}}"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_EMAIL"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_deposit_reaches_the_portfolio_and_shows_the_balance()
    {
        var caller = host.Caller();
        caller.Portfolio.OnDeposit = _ => new DepositReply(Reason.None, new BalanceView("USDT", 1500.50m, 20m));

        var answer = await caller.Post("/api/v1/onramp", """{"depositId":"d-1","asset":"usdt","amount":1000.50}""");

        Assert.Equal([new DepositFunds("d-1", "USDT", 1000.5m)], caller.Portfolio.Calls);
        Assert.Equal("""{"depositId":"d-1","asset":"USDT","amount":"1000.5","available":"1500.5","locked":"20"}""", answer.Body);
    }

    [Fact]
    public async Task A_deposit_over_the_limit_is_refused()
    {
        var caller = host.Caller();
        caller.Portfolio.OnDeposit = _ => new DepositReply(Reason.DepositLimit, default);

        var answer = await caller.Post("/api/v1/onramp", """{"asset":"USDT","amount":"1000000000000"}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "DEPOSIT_LIMIT"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Balances_are_shown_as_available_and_locked()
    {
        var caller = host.Caller();
        caller.Portfolio.Balances = [new BalanceView("USDT", 10.50m, 0.25m), new BalanceView("BTC", 0, 1)];

        var answer = await caller.Get($"/api/v1/balances?userId={caller.Account}");

        Assert.Equal("""[{"asset":"USDT","available":"10.5","locked":"0.25"},{"asset":"BTC","available":"0","locked":"1"}]""", answer.Body);
    }

    [Theory]
    [InlineData("GET", "/api/v1/user/me")]
    [InlineData("GET", "/api/v1/balances")]
    [InlineData("POST", "/api/v1/onramp")]
    [InlineData("POST", "/api/v1/order")]
    [InlineData("DELETE", "/api/v1/order?orderId=1&market=BTC_USDT")]
    [InlineData("GET", "/api/v1/openOrders")]
    [InlineData("DELETE", "/api/v1/openOrders")]
    [InlineData("GET", "/api/v1/order?orderId=1")]
    [InlineData("GET", "/api/v1/orders")]
    [InlineData("GET", "/api/v1/myTrades?market=BTC_USDT")]
    [InlineData("GET", "/api/v1/deposits")]
    public async Task Everything_of_an_account_needs_a_caller(string method, string path)
    {
        var answer = await host.Stranger().Send(new HttpMethod(method), path, null);
        Assert.Equal((HttpStatusCode.Unauthorized, "UNAUTHORIZED"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_request_may_name_its_own_user()
    {
        var caller = host.Caller();
        var body = $$"""{"market":"BTC_USDT","side":"buy","price":"1","quantity":"1","userId":"{{caller.Account}}"}""";
        Assert.Equal(HttpStatusCode.OK, (await caller.Post("/api/v1/order", body)).Status);
    }
}

public sealed class ProductionSignUpTests
{
    [Fact]
    public async Task Outside_of_development_sign_up_hands_out_nothing()
    {
        var host = new ProductionHost();
        await host.InitializeAsync();

        var answer = await host.Stranger().Post("/api/v1/user/signup", """{"email":"somebody@example.org"}""");

        Assert.Equal((HttpStatusCode.Forbidden, "SIGN_UP_DISABLED"), (answer.Status, answer.Code));
        Assert.False(answer.Message.Headers.Contains("Set-Cookie"));
        await host.DisposeAsync();
    }

    private sealed class ProductionHost : ApiHost
    {
        protected override bool DevelopmentMode => false;
    }
}
