using System.Net;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Storage;

namespace Exchange.Api.Tests;

[Collection(ApiTests.Name)]
public sealed class OrderTests(ApiHost host)
{
    private const string Buy = """{"market":"btc_usdt","side":"buy","price":"100.50","quantity":"10","clientOrderId":"my-1"}""";

    [Fact]
    public async Task An_order_reaches_the_portfolio_as_it_was_written()
    {
        var caller = host.Caller();

        await caller.Post("/api/v1/order",
            """
            {"symbol":"BTC_USDT","side":"SELL","type":"limit_maker","timeInForce":"gtc","price":0.00000001,"quantity":"9999999999999.5",
            "icebergQuantity":"1.50","selfTradePrevention":"expire_both","clientOrderId":"a.B_c:/-9"}
            """);

        var expected = new PlaceOrder(
            "a.B_c:/-9", "BTC_USDT", Side.Sell, OrderType.LimitMaker, TimeInForce.GoodTillCancelled,
            0.00000001m, 9999999999999.5m, 0, 1.5m, SelfTradePrevention.ExpireBoth);
        Assert.Equal([expected], caller.Portfolio.Calls);
    }

    [Fact]
    public async Task A_placed_order_is_shown_with_its_fills_and_with_decimals_as_strings()
    {
        var caller = host.Caller();
        caller.Portfolio.OnPlace = order => new PlaceReply(
            Reason.None,
            FakesOrder(order) with { FilledQuantity = 2.50m, FilledQuote = 251.2500m, Status = OrderStatus.PartiallyFilled },
            [new FillView(8, 100.50m, 2.5m, 0.0025m, "BTC")], 0, 0);

        var answer = await caller.Post("/api/v1/order", Buy);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            """
            {"orderId":"4294967297","clientOrderId":"my-1","symbol":"BTC_USDT","side":"BUY","type":"LIMIT","timeInForce":"GTC",
            "price":"100.5","quantity":"10","quoteAmount":null,"executedQuantity":"2.5","executedQuote":"251.25",
            "status":"PARTIALLY_FILLED","reason":null,"createdAt":1767225600000,"updatedAt":1767225600000,"fills":[{"tradeId":"8",
            "price":"100.5","quantity":"2.5","fee":"0.0025","feeAsset":"BTC"}]}
            """.ReplaceLineEndings(""),
            answer.Body);
    }

    [Fact]
    public async Task An_order_without_a_client_id_gets_one_that_is_valid()
    {
        var caller = host.Caller();

        await caller.Post("/api/v1/order", """{"market":"BTC_USDT","side":"buy","type":"market","quoteAmount":"25"}""");

        var placed = Assert.IsType<PlaceOrder>(Assert.Single(caller.Portfolio.Calls));
        Assert.Matches("^x-[0-9a-v]{20}$", placed.ClientOrderId);
        Assert.Equal(25m, placed.QuoteAmount);
    }

    [Fact]
    public async Task Insufficient_balance_says_what_was_required_and_what_there_was()
    {
        var caller = host.Caller();
        caller.Portfolio.OnPlace = _ => new PlaceReply(Reason.InsufficientBalance, null, [], 1000.50m, 500m);

        var answer = await caller.Post("/api/v1/order", Buy);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(
            """{"error":{"code":"INSUFFICIENT_BALANCE","message":"Insufficient funds for order","details":"""
                + """{"required":"1000.5","available":"500"}}}""",
            answer.Body);
    }

    [Fact]
    public async Task An_order_that_the_symbol_rejected_is_an_error_with_its_id()
    {
        var caller = host.Caller();
        caller.Portfolio.OnPlace = order => new PlaceReply(
            Reason.WouldTakeLiquidity, FakesOrder(order) with { Status = OrderStatus.Rejected, Reason = Reason.WouldTakeLiquidity }, [], 0, 0);

        var answer = await caller.Post("/api/v1/order", Buy);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("WOULD_TAKE_LIQUIDITY", answer.Code);
        Assert.Contains("\"orderId\":\"4294967297\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_whose_fate_is_unknown_is_an_error_with_both_of_its_ids()
    {
        var caller = host.Caller();
        caller.Portfolio.OnPlace = order => new PlaceReply(Reason.Timeout, FakesOrder(order), [], 0, 0);

        var answer = await caller.Post("/api/v1/order", Buy);

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.Status);
        Assert.Equal("TIMEOUT", answer.Code);
        Assert.Contains("""details":{"orderId":"4294967297","clientOrderId":"my-1"}""", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_remainder_is_an_order_and_not_an_error()
    {
        var caller = host.Caller();
        caller.Portfolio.OnPlace = order => new PlaceReply(
            Reason.None, FakesOrder(order) with { Status = OrderStatus.Expired, Reason = Reason.RemainderExpired }, [], 0, 0);

        var answer = await caller.Post("/api/v1/order", Buy);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("\"status\":\"EXPIRED\",\"reason\":\"REMAINDER_EXPIRED\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_exchange_says_that_it_did_nothing_and_when_to_come_back()
    {
        var caller = host.Caller();
        caller.Portfolio.OnPlace = _ => new PlaceReply(Reason.Overloaded, null, [], 0, 0);

        var answer = await caller.Post("/api/v1/order", Buy);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "OVERLOADED"), (answer.Status, answer.Code));
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Message.Headers.RetryAfter!.Delta);
    }

    public static TheoryData<Exception, int, string> NotNow => new()
    {
        { new TimeoutException(), 504, "TIMEOUT" },
        { new StateUnavailableException("starting over"), 503, "UNAVAILABLE" },
        { new SiloUnavailableException("closing"), 503, "UNAVAILABLE" },
        { new OrleansException("no gateway"), 503, "UNAVAILABLE" },
        { new StorageException(StorageFailure.Disconnected, "no database"), 503, "UNAVAILABLE" },
    };

    [Theory]
    [MemberData(nameof(NotNow))]
    public async Task When_the_outcome_is_unknown_the_answer_names_the_id_to_ask_for(Exception thrown, int status, string code)
    {
        var caller = host.Caller();
        caller.Portfolio.OnPlace = _ => throw thrown;

        var answer = await caller.Post("/api/v1/order", Buy);

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal(code, answer.Code);
        Assert.Contains("\"clientOrderId\":\"my-1\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("unknown", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unexpected_failure_shows_a_trace_id_and_nothing_of_the_inside()
    {
        var caller = host.Caller();
        caller.Portfolio.OnPlace = _ => throw new InvalidOperationException("the inside");

        var answer = await caller.Post("/api/v1/order", Buy);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Equal("INTERNAL", answer.Code);
        Assert.Contains("\"traceId\":", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("the inside", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/order?orderId=12&market=BTC_USDT", null, 12, "")]
    [InlineData("/api/v1/order?clientOrderId=mine&symbol=btc_usdt", null, 0, "mine")]
    [InlineData("/api/v1/order", """{"orderId":"12","market":"BTC_USDT"}""", 12, "")]
    [InlineData("/api/v1/order?orderId=12", null, 12, "", "")]
    [InlineData("/api/v1/order", """{"orderId":12,"market":"BTC_USDT"}""", 12, "")]
    public async Task A_cancel_names_its_order_in_the_body_or_in_the_query(
        string path, string? body, long orderId, string clientOrderId, string symbol = "BTC_USDT")
    {
        var caller = host.Caller();

        var answer = await caller.Delete(path, body);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal([new CancelOrder(orderId, clientOrderId, symbol)], caller.Portfolio.Calls);
        Assert.Contains("\"status\":\"CANCELED\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/order?orderId=2")]
    [InlineData("/api/v1/order?clientOrderId=c2&market=btc_usdt")]
    public async Task An_order_is_found_by_either_of_its_ids(string path)
    {
        var caller = host.Caller();
        caller.Portfolio.Open = [Open(1, "BTC_USDT"), Open(2, "BTC_USDT")];

        Assert.Equal("2", Wire.Read<Orders.Order>((await caller.Get(path)).Body).OrderId);
    }

    [Fact]
    public async Task An_order_that_nobody_knows_is_not_found()
    {
        var answer = await host.Caller().Get("/api/v1/order?orderId=77");
        Assert.Equal((HttpStatusCode.NotFound, "UNKNOWN_ORDER"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Cancelling_a_finished_order_says_how_it_ended()
    {
        var caller = host.Caller();
        caller.Portfolio.OnCancel = _ => new CancelOrderReply(Reason.OrderAlreadyDone, Open(1, "BTC_USDT") with { Status = OrderStatus.Filled });

        var answer = await caller.Delete("/api/v1/order?orderId=1&market=BTC_USDT");

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains(
            """{"code":"ORDER_ALREADY_DONE","message":"The order is finished already.","details":{"status":"FILLED"}}""", answer.Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_all_ends_the_orders_of_one_market_and_leaves_out_those_that_just_finished()
    {
        var caller = host.Caller();
        caller.Portfolio.Open = [Open(1, "BTC_USDT"), Open(2, "TATA_INR"), Open(3, "BTC_USDT")];
        caller.Portfolio.OnCancel = cancel => cancel.OrderId == 3
            ? new CancelOrderReply(Reason.OrderAlreadyDone, null)
            : new CancelOrderReply(Reason.None, Open(cancel.OrderId, cancel.Symbol));

        var answer = await caller.Delete("/api/v1/openOrders?market=BTC_USDT");

        Assert.Equal(["1"], Wire.Orders(answer.Body).Select(order => order.OrderId));
        Assert.Equal([1L, 3L], caller.Portfolio.Calls.OfType<CancelOrder>().Select(cancel => cancel.OrderId).Order());
    }

    [Fact]
    public async Task Open_orders_are_those_of_the_market_asked_for()
    {
        var caller = host.Caller();
        caller.Portfolio.Open = [Open(1, "BTC_USDT"), Open(2, "TATA_INR")];

        Assert.Equal(["2"], Wire.Orders((await caller.Get("/api/v1/openOrders?market=TATA_INR")).Body).Select(order => order.OrderId));
        Assert.Equal(["1", "2"], Wire.Orders((await caller.Get("/api/v1/openOrders")).Body).Select(order => order.OrderId));
    }

    private static OrderView FakesOrder(PlaceOrder order) => Fakes.FakePortfolio.Accepted(order);

    private static OrderView Open(long id, string symbol) =>
        FakesOrder(new PlaceOrder($"c{id}", symbol, Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, 100, 1, 0, 0, 0)) with { OrderId = id };
}
