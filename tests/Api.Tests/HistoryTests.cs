using System.Net;
using Exchange.Api.History;
using Exchange.Api.Orders;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Storage.ReadModel;

namespace Exchange.Api.Tests;

public sealed class HistoryTests : IAsyncLifetime
{
    private readonly ApiHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Orders_come_page_by_page_from_the_newest_back()
    {
        var caller = host.Caller();
        for (var id = 1; id <= 5; id++)
            host.History.Orders.Add(Past(caller, id, "BTC_USDT"));
        host.History.Orders.Add(Past(host.Caller(), 6, "BTC_USDT"));

        var pages = new List<string>();
        string? cursor = null;
        do
        {
            var page = Wire.Read<OrderPage>((await caller.Get("/api/v1/orders?limit=2" + (cursor is null ? "" : "&cursor=" + cursor))).Body);
            pages.Add(string.Join(',', page.Orders.Select(order => order.OrderId)));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(["5,4", "3,2", "1"], pages);
    }

    [Fact]
    public async Task Orders_of_one_market_leave_out_the_others()
    {
        var caller = host.Caller();
        host.History.Orders.AddRange([Past(caller, 1, "BTC_USDT"), Past(caller, 2, "TATA_INR")]);

        var page = Wire.Read<OrderPage>((await caller.Get("/api/v1/orders?market=tata_inr")).Body);

        var order = Assert.Single(page.Orders);
        Assert.Equal(("2", "TATA_INR", "FILLED", 0.5m), (order.OrderId, order.Symbol, order.Status, order.ExecutedQuantity));
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task Own_trades_tell_side_role_and_fee()
    {
        var caller = host.Caller();
        host.History.Trades.Add((caller.Account, new OwnTradeRow("BTC_USDT", 9, 4, Side.Sell, true, 100.50m, 2m, 0.201m, "USDT", 77)));
        host.History.Trades.Add((caller.Account + 1, new OwnTradeRow("BTC_USDT", 10, 5, Side.Buy, false, 100.50m, 2m, 0.002m, "BTC", 77)));

        var answer = await caller.Get("/api/v1/myTrades?market=BTC_USDT&orderId=4");

        Assert.Equal(
            """{"trades":[{"tradeId":"9","orderId":"4","symbol":"BTC_USDT","side":"SELL","isMaker":true"""
                + ""","price":"100.5","quantity":"2","quoteQuantity":"201","fee":"0.201","feeAsset":"USDT","time":77}],"nextCursor":null}""",
            answer.Body);
    }

    [Fact]
    public async Task A_trade_with_oneself_is_never_parted_by_the_end_of_a_page()
    {
        var caller = host.Caller();
        host.History.Trades.Add((caller.Account, new OwnTradeRow("BTC_USDT", 9, 4, Side.Sell, true, 100m, 2m, 0.2m, "USDT", 77)));
        host.History.Trades.Add((caller.Account, new OwnTradeRow("BTC_USDT", 9, 5, Side.Buy, false, 100m, 2m, 0.002m, "BTC", 77)));
        host.History.Trades.Add((caller.Account, new OwnTradeRow("BTC_USDT", 8, 3, Side.Buy, false, 100m, 2m, 0.002m, "BTC", 76)));

        var first = Wire.Read<OwnTradePage>((await caller.Get("/api/v1/myTrades?market=BTC_USDT&limit=1")).Body);
        var second = Wire.Read<OwnTradePage>((await caller.Get($"/api/v1/myTrades?market=BTC_USDT&limit=1&cursor={first.NextCursor}")).Body);

        Assert.Equal(["4", "5"], first.Trades.Select(trade => trade.OrderId).Order());
        Assert.Equal(["3"], second.Trades.Select(trade => trade.OrderId));
    }

    [Fact]
    public async Task Deposits_come_with_a_cursor_too()
    {
        var caller = host.Caller();
        host.History.Deposits.Add((caller.Account, new DepositRow(1, "d-1", "USDT", 10.50m, 5)));
        host.History.Deposits.Add((caller.Account, new DepositRow(2, "d-2", "USDT", 20m, 6)));

        var answer = await caller.Get("/api/v1/deposits?limit=1");

        Assert.Equal("""{"deposits":[{"depositId":"d-2","asset":"USDT","amount":"20","time":6}],"nextCursor":"2"}""", answer.Body);
    }

    [Fact]
    public async Task An_order_that_the_portfolio_has_forgotten_is_found_in_history()
    {
        var caller = host.Caller();
        host.History.Orders.Add(Past(caller, 3, "BTC_USDT"));

        Assert.Equal("FILLED", Wire.Read<Order>((await caller.Get("/api/v1/order?orderId=3")).Body).Status);
        Assert.Equal("3", Wire.Read<Order>((await caller.Get("/api/v1/order?clientOrderId=c3")).Body).OrderId);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Caller().Get("/api/v1/order?orderId=3")).Status);
    }

    [Fact]
    public async Task A_repeated_order_that_ended_long_ago_is_shown_whole()
    {
        var caller = host.Caller();
        host.History.Orders.Add(Past(caller, 3, "BTC_USDT"));
        caller.Portfolio.OnPlace = order => new PlaceReply(
            Reason.None, Fakes.FakePortfolio.Accepted(order) with { OrderId = 3, PlacedAtMs = 0 }, [], 0, 0);

        var answer = await caller.Post(
            "/api/v1/order", """{"market":"BTC_USDT","side":"sell","price":"100","quantity":"0.5","clientOrderId":"c3"}""");

        var order = Wire.Read<PlacedOrder>(answer.Body);
        Assert.Equal(("BTC_USDT", "FILLED", 0.5m), (order.Symbol, order.Status, order.ExecutedQuantity));
    }

    [Theory]
    [InlineData("/api/v1/orders?cursor=abc", "INVALID_FIELD")]
    [InlineData("/api/v1/orders?cursor=-1", "INVALID_FIELD")]
    [InlineData("/api/v1/orders?limit=1001", "INVALID_FIELD")]
    [InlineData("/api/v1/myTrades", "MISSING_FIELD")]
    [InlineData("/api/v1/myTrades?market=BTC_USDT&orderId=x", "INVALID_FIELD")]
    public async Task A_bad_page_is_refused(string path, string code)
    {
        var answer = await host.Caller().Get(path);
        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, answer.Code));
    }

    private static OrderRow Past(ApiClient owner, long id, string symbol) => new(
        id, owner.Account, symbol, $"c{id}", Side.Sell, OrderType.Limit, TimeInForce.GoodTillCancelled, 100m, 0.5m, 0, 0,
        SelfTradePrevention.None, OrderStatus.Filled, Reason.None, 0.5m, 50m, 1, 2);
}
