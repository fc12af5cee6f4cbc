using System.Net;
using Exchange.Api.Positions;
using Exchange.Api.Tests.Fakes;
using Exchange.Domain;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Storage.ReadModel;

namespace Exchange.Api.Tests;

/// <summary>Positions that open at a price, on the wire.</summary>
[Collection(ApiTests.Name)]
public sealed class EntryTests(ApiHost host)
{
    [Fact]
    public async Task A_trigger_price_reaches_the_portfolio_as_it_was_written()
    {
        var caller = host.Caller();
        caller.Portfolio.OnOpen = _ => new PositionAnswer(Reason.None, FakePortfolio.Entry.PositionId, "BTC_USDT", null, null, FakePortfolio.Entry);

        var answer = await caller.Post("/api/v1/position", """
            {"market":"BTC_USDT","direction":"long","margin":"500","leverage":"20","stopLoss":"60500","trailBps":150,"clientPositionId":"e-1",
            "triggerPrice":"61000","triggerDirection":"rising"}
            """);

        Assert.Equal(
            new OpenPositionRequest(
                "e-1", "BTC_USDT", PositionSide.Long, 500, 200, new PositionLevelsRequest(60_500, 0, 0, 150, 0), 61_000, TriggerDirection.Rising),
            Assert.Single(caller.Portfolio.Calls));
        Assert.Equal(
            """
            {"positionId":"4294967300","position":null,"exit":null,"waiting":{"positionId":"4294967300","clientPositionId":"e-1",
            "symbol":"BTC_USDT","direction":"LONG","margin":"500","leverage":"20","triggerPrice":"61000","triggerDirection":"RISING",
            "stopLoss":"60500","takeProfit":null,"trailDistance":null,"trailBps":150,"expiresAt":null}}
            """.ReplaceLineEndings(""),
            answer.Body);
    }

    [Theory]
    [InlineData("""{"market":"BTC_USDT","direction":"LONG","margin":"1","triggerPrice":"0"}""", "INVALID_PRICE")]
    [InlineData("""{"market":"BTC_USDT","direction":"LONG","margin":"1","triggerPrice":"-1"}""", "INVALID_PRICE")]
    [InlineData("""{"market":"BTC_USDT","direction":"LONG","margin":"1","triggerPrice":"1","triggerDirection":"UP"}""", "INVALID_FIELD")]
    [InlineData("""{"market":"BTC_USDT","direction":"LONG","margin":"1","triggerDirection":"RISING"}""", "MISSING_FIELD")]
    [InlineData("""{"market":"BTC_USDT","direction":"LONG","margin":"1","triggerPrice":"1","triggerPrice":"2"}""", "DUPLICATE_FIELD")]
    public async Task What_is_no_trigger_reaches_no_portfolio(string body, string code)
    {
        var caller = host.Caller();

        Assert.Equal(code, (await caller.Post("/api/v1/position", body)).Code);
        Assert.Empty(caller.Portfolio.Calls);
    }

    [Theory]
    [InlineData(Reason.WouldTriggerImmediately, "WOULD_TRIGGER_IMMEDIATELY", HttpStatusCode.Conflict)]
    [InlineData(Reason.StopLossWrongSide, "STOP_LOSS_WRONG_SIDE", HttpStatusCode.UnprocessableEntity)]
    [InlineData(Reason.FilterMaxArmedOrders, "FILTER_MAX_ARMED_ORDERS", HttpStatusCode.UnprocessableEntity)]
    public async Task A_refusal_keeps_its_code(Reason reason, string code, HttpStatusCode status)
    {
        var caller = host.Caller();
        caller.Portfolio.OnOpen = _ => new PositionAnswer(reason, 0, "BTC_USDT", null, null);

        var answer = await caller.Post("/api/v1/position", """{"market":"BTC_USDT","direction":"LONG","margin":"1","triggerPrice":"1"}""");

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("positionId=4294967300", 4294967300, "")]
    [InlineData("clientPositionId=e-1", 0, "e-1")]
    public async Task It_is_taken_back_by_either_of_its_ids(string query, long id, string clientId)
    {
        var caller = host.Caller();

        var answer = await caller.Delete($"/api/v1/position?{query}");

        Assert.Equal(new CancelPositionRequest(id, clientId), Assert.Single(caller.Portfolio.Calls));
        Assert.Equal("4294967300", Wire.Read<PositionResult>(answer.Body).PositionId);
    }

    [Theory]
    [InlineData("", "MISSING_FIELD")]
    [InlineData("?positionId=x", "INVALID_FIELD")]
    [InlineData("?positionId=1&clientPositionId=a", "UNSUPPORTED_COMBINATION")]
    [InlineData("?positionId=1&positionId=2", "DUPLICATE_FIELD")]
    [InlineData("?orderId=1", "UNKNOWN_FIELD")]
    [InlineData("?positionId=1&userId=999999", "NOT_YOUR_ACCOUNT")]
    public async Task What_names_no_position_reaches_no_portfolio(string query, string code)
    {
        var caller = host.Caller();

        Assert.Equal(code, (await caller.Delete($"/api/v1/position{query}")).Code);
        Assert.Empty(caller.Portfolio.Calls);
    }

    [Theory]
    [InlineData(Reason.UnknownPosition, "UNKNOWN_POSITION", HttpStatusCode.NotFound)]
    [InlineData(Reason.EntryAlreadyDone, "ENTRY_ALREADY_DONE", HttpStatusCode.Conflict)]
    [InlineData(Reason.PositionAlreadyOpen, "POSITION_ALREADY_OPEN", HttpStatusCode.Conflict)]
    public async Task What_cannot_be_taken_back_says_why(Reason reason, string code, HttpStatusCode status)
    {
        var caller = host.Caller();
        caller.Portfolio.OnCancelPosition = _ => new PositionAnswer(reason, 0, "", null, null);

        var answer = await caller.Delete("/api/v1/position?positionId=7");

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Strangers_take_nothing_back() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Stranger().Delete("/api/v1/position?positionId=7")).Status);

    [Fact]
    public async Task It_is_listed_among_what_waits_for_a_price()
    {
        var caller = host.Caller();
        caller.Portfolio.Entries = [FakePortfolio.Entry];

        var answer = await caller.Get("/api/v1/triggers");

        Assert.Contains(
            """
            {"kind":"ENTRY","orderId":null,"positionId":"4294967300","clientId":"e-1","symbol":"BTC_USDT","type":"OPEN_LONG","side":"BUY",
            "watches":"ASK","direction":"RISING","triggerPrice":"61000","trailingDelta":null,"follows":false}
            """.ReplaceLineEndings(""),
            answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fired_is_listed_with_orders_page_by_page()
    {
        var caller = host.Caller();
        var first = caller.Account << 32;
        host.History.Entries.Add(Row(caller.Account, first + 1, Reason.None));
        host.History.Entries.Add(Row(caller.Account, first + 3, Reason.SlippageTooLarge));

        var newest = await caller.Get("/api/v1/triggers/executed?limit=1");
        var next = await caller.Get($"/api/v1/triggers/executed?limit=2&cursor={first + 3}");

        Assert.Equal(
            $$"""
            {"orders":[],"positions":[{"positionId":"{{first + 3}}","clientPositionId":"e","symbol":"BTC_USDT","direction":"LONG",
            "margin":"500","leverage":"20","triggerPrice":"61000","reachedPrice":"61002","status":"REFUSED","reason":"SLIPPAGE_TOO_LARGE",
            "createdAt":5,"triggeredAt":9}],"nextCursor":"{{first + 3}}"}
            """.ReplaceLineEndings(""),
            newest.Body);
        Assert.Contains("\"status\":\"OPENED\",\"reason\":null", next.Body, StringComparison.Ordinal);
        Assert.EndsWith("\"nextCursor\":null}", next.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_many_may_wait_is_told_with_the_market()
    {
        var info = await host.Stranger().Get("/api/v1/exchangeInfo");

        Assert.Contains("\"filterType\":\"MAX_ARMED_ORDERS\"", info.Body, StringComparison.Ordinal);
        Assert.Contains("\"maxArmedOrders\":100", info.Body, StringComparison.Ordinal);
    }

    private static EntryRow Row(long account, long id, Reason reason) => new(
        id, account, "BTC_USDT", "USDT", "e", PositionSide.Long, 200, 500, 61_000, 61_002, reason, 5, 9);
}
