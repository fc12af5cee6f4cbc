using System.Net;
using Exchange.Api.Tests.Fakes;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Storage.ReadModel;

namespace Exchange.Api.Tests;

/// <summary>Conditional orders, pairs of orders and triggers on the wire.</summary>
[Collection(ApiTests.Name)]
public sealed class ConditionalOrderTests(ApiHost host)
{
    private const string Pair =
        """
        {"market":"btc_usdt","side":"sell","quantity":"0.25","listClientOrderId":"my-pair","aboveType":"limit_maker","abovePrice":"70000",
        "aboveClientOrderId":"up","belowType":"STOP_LOSS_LIMIT","belowStopPrice":"60000","belowPrice":"59900","belowTimeInForce":"ioc"}
        """;

    [Fact]
    public async Task A_conditional_order_reaches_the_portfolio_as_it_was_written()
    {
        var caller = host.Caller();

        await caller.Post("/api/v1/order",
            """
            {"market":"BTC_USDT","side":"sell","type":"stop_loss_limit","price":"59900","quantity":"0.25","stopPrice":"60000","trailingDelta":150,
            "clientOrderId":"sl"}
            """);

        var expected = new PlaceOrder(
            "sl", "BTC_USDT", Side.Sell, OrderType.StopLossLimit, TimeInForce.GoodTillCancelled, 59_900, 0.25m, 0, 0, SelfTradePrevention.None,
            60_000, 150);
        Assert.Equal([expected], caller.Portfolio.Calls);
    }

    [Fact]
    public async Task A_conditional_order_shows_its_condition_and_a_plain_one_does_not()
    {
        var caller = host.Caller();
        caller.Portfolio.OnPlace = order => new PlaceReply(
            Reason.None, FakePortfolio.Accepted(order) with { StopPrice = order.StopPrice, ListId = 5 }, [], 0, 0);

        var answer = await caller.Post(
            "/api/v1/order",
            """{"market":"BTC_USDT","side":"sell","type":"STOP_LOSS","quantity":"0.25","stopPrice":"60000.50","clientOrderId":"sl"}""");
        var plain = await host.Caller().Post("/api/v1/order", """{"market":"BTC_USDT","side":"sell","price":"100","quantity":"1"}""");

        Assert.Equal(
            """{"orderId":"4294967297","clientOrderId":"sl","symbol":"BTC_USDT","side":"SELL","type":"STOP_LOSS","timeInForce":"GTC","price":null"""
                + ""","quantity":"0.25","quoteAmount":null,"executedQuantity":"0","executedQuote":"0","status":"NEW","reason":null"""
                + ""","createdAt":1767225600000,"updatedAt":1767225600000,"stopPrice":"60000.5","trailingDelta":null,"triggeredAt":null"""
                + ""","orderListId":"5","fills":[]}""",
            answer.Body);
        Assert.DoesNotContain("stopPrice", plain.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("orderListId", plain.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"stopPrice\":\"0\"", "INVALID_STOP_PRICE", HttpStatusCode.UnprocessableEntity)]
    [InlineData("\"stopPrice\":\"-1\"", "INVALID_STOP_PRICE", HttpStatusCode.UnprocessableEntity)]
    [InlineData("\"stopPrice\":\"abc\"", "INVALID_STOP_PRICE", HttpStatusCode.UnprocessableEntity)]
    [InlineData("\"trailingDelta\":0", "INVALID_TRAILING", HttpStatusCode.UnprocessableEntity)]
    [InlineData("\"trailingDelta\":10000", "INVALID_TRAILING", HttpStatusCode.UnprocessableEntity)]
    [InlineData("\"trailingDelta\":1.5", "INVALID_TRAILING", HttpStatusCode.UnprocessableEntity)]
    [InlineData("\"type\":\"STOP\"", "INVALID_FIELD", HttpStatusCode.BadRequest)]
    [InlineData("\"stopprice\":\"1\"", "UNKNOWN_FIELD", HttpStatusCode.BadRequest)]
    public async Task A_malformed_condition_is_refused_and_asks_nobody(string field, string code, HttpStatusCode status)
    {
        var caller = host.Caller();

        var answer = await caller.Post("/api/v1/order", $$"""{"market":"BTC_USDT","side":"sell","quantity":"1",{{field}}}""");

        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Empty(caller.Portfolio.Calls);
    }

    [Theory]
    [InlineData(Reason.WouldTriggerImmediately, "WOULD_TRIGGER_IMMEDIATELY", HttpStatusCode.Conflict)]
    [InlineData(Reason.FilterMaxArmedOrders, "FILTER_MAX_ARMED_ORDERS", HttpStatusCode.UnprocessableEntity)]
    [InlineData(Reason.InvalidStopPrice, "INVALID_STOP_PRICE", HttpStatusCode.UnprocessableEntity)]
    public async Task What_the_exchange_says_about_a_condition_has_a_code(Reason reason, string code, HttpStatusCode status)
    {
        var caller = host.Caller();
        caller.Portfolio.OnPlace = _ => new PlaceReply(reason, null, [], 0, 0);

        var answer = await caller.Post("/api/v1/order", """{"market":"BTC_USDT","side":"sell","type":"STOP_LOSS","quantity":"1","stopPrice":"5"}""");

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_pair_reaches_the_portfolio_with_its_profit_and_its_stop()
    {
        var caller = host.Caller();

        var answer = await caller.Post("/api/v1/order/oco", Pair);

        var profit = new PlaceOrder(
            "up", "BTC_USDT", Side.Sell, OrderType.LimitMaker, TimeInForce.GoodTillCancelled, 70_000, 0.25m, 0, 0, SelfTradePrevention.None);
        var stop = new PlaceOrder(
            "", "BTC_USDT", Side.Sell, OrderType.StopLossLimit, TimeInForce.ImmediateOrCancel, 59_900, 0.25m, 0, 0, SelfTradePrevention.None, 60_000);
        Assert.Equal([new PlacePair("my-pair", profit, stop)], caller.Portfolio.Calls);
        Assert.StartsWith(
            """
            {"orderListId":"4294967297","listClientOrderId":"my-pair","symbol":"BTC_USDT","contingencyType":"OCO","listStatus":"EXECUTING",
            "orders":[{"orderId":"4294967297",
            """.ReplaceLineEndings(""),
            answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_buys_wins_below_the_market()
    {
        var caller = host.Caller();

        await caller.Post("/api/v1/order/oco",
            """
            {"symbol":"BTC_USDT","side":"BUY","quantity":"1","aboveType":"STOP_LOSS","aboveTrailingDelta":"100","belowType":"TAKE_PROFIT",
            "belowStopPrice":"50000"}
            """);

        var pair = Assert.IsType<PlacePair>(Assert.Single(caller.Portfolio.Calls));
        Assert.Equal((OrderType.TakeProfit, 50_000m), (pair.Profit.Type, pair.Profit.StopPrice));
        Assert.Equal((OrderType.StopLoss, 100), (pair.Stop.Type, pair.Stop.TrailingBps));
        Assert.Matches("^x-[0-9a-v]{20}$", pair.ClientListId);
    }

    [Theory]
    [InlineData("market")]
    [InlineData("side")]
    [InlineData("quantity")]
    [InlineData("aboveType")]
    [InlineData("belowType")]
    public async Task A_pair_lacks_nothing(string field)
    {
        var fields = new Dictionary<string, string>
        {
            ["market"] = "BTC_USDT", ["side"] = "sell", ["quantity"] = "1", ["aboveType"] = "LIMIT_MAKER", ["belowType"] = "STOP_LOSS",
        };
        fields.Remove(field);
        var caller = host.Caller();

        var answer = await caller.Post("/api/v1/order/oco", System.Text.Json.JsonSerializer.Serialize(fields));

        Assert.Equal((HttpStatusCode.BadRequest, "MISSING_FIELD"), (answer.Status, answer.Code));
        Assert.Contains($"\"{field}\"", answer.Body, StringComparison.Ordinal);
        Assert.Empty(caller.Portfolio.Calls);
    }

    [Fact]
    public async Task A_refused_pair_says_why_and_which()
    {
        var caller = host.Caller();
        caller.Portfolio.OnPlacePair = pair => FakePortfolio.Paired(
            pair.ClientListId, pair.Profit, pair.Stop) with { Reason = Reason.WouldTakeLiquidity };
        var rejected = await caller.Post("/api/v1/order/oco", Pair);
        caller.Portfolio.OnPlacePair = _ => PairReply.Refused(Reason.InsufficientBalance) with { Required = 0.25m, Available = 0.1m };
        var poor = await caller.Post("/api/v1/order/oco", Pair);
        caller.Portfolio.OnPlacePair = _ => throw new StateUnavailableException("starting over");
        var lost = await caller.Post("/api/v1/order/oco", Pair);

        Assert.Equal((HttpStatusCode.Conflict, "WOULD_TAKE_LIQUIDITY"), (rejected.Status, rejected.Code));
        Assert.Contains("\"orderListId\":\"4294967297\"", rejected.Body, StringComparison.Ordinal);
        Assert.Contains("\"required\":\"0.25\",\"available\":\"0.1\"", poor.Body, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "UNAVAILABLE"), (lost.Status, lost.Code));
        Assert.Contains("\"listClientOrderId\":\"my-pair\"", lost.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_of_somebody_else_s_account_is_refused()
    {
        var caller = host.Caller();

        var answer = await caller.Post("/api/v1/order/oco", Pair.Replace("{", "{\"userId\":\"999999\",", StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.Forbidden, "NOT_YOUR_ACCOUNT"), (answer.Status, answer.Code));
        Assert.Empty(caller.Portfolio.Calls);
    }

    [Fact]
    public async Task A_pair_is_cancelled_by_either_of_its_ids()
    {
        var caller = host.Caller();
        caller.Portfolio.OnPair = _ => Ended();

        var byId = await caller.Delete("/api/v1/order/oco?orderListId=4294967297&market=btc_usdt");
        await caller.Delete("/api/v1/order/oco?listClientOrderId=my-pair");

        Assert.Contains("\"listStatus\":\"ALL_DONE\"", byId.Body, StringComparison.Ordinal);
        Assert.Equal([new PairReference(4294967297, "", "BTC_USDT"), new PairReference(0, "my-pair", "")], caller.Portfolio.Calls);
        Assert.Equal("INVALID_REQUEST", (await caller.Delete("/api/v1/order/oco")).Code);
        Assert.Equal("INVALID_REQUEST", (await caller.Delete("/api/v1/order/oco?orderListId=1&listClientOrderId=a")).Code);
    }

    [Fact]
    public async Task Cancelling_all_lists_both_of_a_pair_though_the_first_took_the_other_with_it()
    {
        var caller = host.Caller();
        var pair = Ended().Orders;
        caller.Portfolio.Open = pair;
        caller.Portfolio.OnCancel = cancel => new CancelOrderReply(
            cancel.OrderId == pair[0].OrderId ? Reason.None : Reason.OrderAlreadyDone, pair.Single(order => order.OrderId == cancel.OrderId));

        var answer = await caller.Delete("/api/v1/openOrders");

        Assert.Equal(
            pair.Select(order => order.OrderId.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Wire.Orders(answer.Body).Select(order => order.OrderId));
    }

    [Fact]
    public async Task A_pair_that_is_only_history_is_found_there()
    {
        var caller = host.Caller();
        var id = (caller.Account << 32) + 1;
        host.History.Orders.Add(Row(caller.Account, id, id + 1, OrderType.LimitMaker, OrderStatus.Filled));
        host.History.Orders.Add(Row(caller.Account, id + 1, id, OrderType.StopLoss, OrderStatus.Expired));

        var byName = await caller.Get($"/api/v1/order/oco?listClientOrderId=l{id}");
        var byId = await caller.Get($"/api/v1/order/oco?orderListId={id}");

        Assert.Equal(HttpStatusCode.OK, byName.Status);
        Assert.Contains($"\"orderListId\":\"{id}\"", byName.Body, StringComparison.Ordinal);
        Assert.Equal(byName.Body, byId.Body);
        Assert.Equal("UNKNOWN_ORDER_LIST", (await caller.Get("/api/v1/order/oco?listClientOrderId=nobody")).Code);
    }

    [Fact]
    public async Task Triggers_are_all_that_waits_for_a_price()
    {
        var caller = host.Caller();

        var answer = await caller.Get("/api/v1/triggers");
        var elsewhere = await caller.Get("/api/v1/triggers?market=TATA_INR");

        Assert.Equal(
            """
            [{"kind":"ORDER","orderId":"4294967299","positionId":null,"clientId":"sl-1","symbol":"BTC_USDT","type":"STOP_LOSS_LIMIT",
            "side":"SELL","watches":"BID","direction":"FALLING","triggerPrice":"60000","trailingDelta":null,"follows":false},
            {"kind":"POSITION","orderId":null,"positionId":"4294967298","clientId":"p-1","symbol":"BTC_USDT","type":"LIQUIDATION",
            "side":"BUY","watches":"MARK","direction":"RISING","triggerPrice":"238.3095","trailingDelta":null,"follows":false},
            {"kind":"POSITION","orderId":null,"positionId":"4294967298","clientId":"p-1","symbol":"BTC_USDT","type":"STOP_LOSS",
            "side":"BUY","watches":"ASK","direction":"RISING","triggerPrice":"237.5","trailingDelta":null,"follows":false},
            {"kind":"POSITION","orderId":null,"positionId":"4294967298","clientId":"p-1","symbol":"BTC_USDT","type":"TRAILING_STOP",
            "side":"BUY","watches":"ASK","direction":"RISING","triggerPrice":"237.1","trailingDelta":150,"follows":true}]
            """.ReplaceLineEndings(""),
            answer.Body);
        Assert.Equal("[]", elsewhere.Body);
    }

    [Fact]
    public async Task Executed_triggers_are_the_orders_whose_price_was_reached()
    {
        var caller = host.Caller();
        var id = caller.Account << 32;
        host.History.Orders.Add(Row(caller.Account, id + 1, 0, OrderType.StopLoss, OrderStatus.Filled) with { TriggeredAtMs = 7 });
        host.History.Orders.Add(Row(caller.Account, id + 2, 0, OrderType.StopLoss, OrderStatus.New));

        var answer = await caller.Get("/api/v1/triggers/executed?limit=10");

        Assert.Contains($"\"orderId\":\"{id + 1}\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"triggeredAt\":7", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"orderId\":\"{id + 2}\"", answer.Body, StringComparison.Ordinal);
        Assert.Equal("INVALID_FIELD", (await caller.Get("/api/v1/triggers/executed?limit=0")).Code);
    }

    [Theory]
    [InlineData("/api/v1/triggers")]
    [InlineData("/api/v1/triggers/executed")]
    [InlineData("/api/v1/order/oco?orderListId=1")]
    public async Task Strangers_see_nothing(string path) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Stranger().Get(path)).Status);

    private static PairReply Ended()
    {
        var order = new PlaceOrder(
            "a", "BTC_USDT", Side.Sell, OrderType.LimitMaker, TimeInForce.GoodTillCancelled, 70_000, 0.25m, 0, 0, SelfTradePrevention.None);
        var pair = FakePortfolio.Paired("my-pair", order, order with { Type = OrderType.StopLoss, Price = 0, StopPrice = 60_000 });
        return pair with { Orders = [.. pair.Orders.Select(leg => leg with { Status = OrderStatus.Cancelled })] };
    }

    private static OrderRow Row(long account, long id, long pairId, OrderType type, OrderStatus status) => new(
        id, account, "BTC_USDT", $"c{id}", Side.Sell, type, TimeInForce.GoodTillCancelled, 0, 1, 0, 0, SelfTradePrevention.None, status,
        Reason.None, 0, 0, 5, 6, 60_000, 0, pairId, pairId == 0 ? "" : $"l{Math.Min(id, pairId)}");
}
