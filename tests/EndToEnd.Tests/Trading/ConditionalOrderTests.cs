using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Trading;

public sealed class ConditionalOrderTests : IAsyncLifetime
{
    private RunningExchange _exchange = null!;

    public async Task InitializeAsync() => _exchange = await RunningExchange.StartAsync();

    public Task DisposeAsync()
    {
        _exchange.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_pair_outlives_a_crash_and_one_of_it_executes_once()
    {
        var seller = await Trader.SignUpAsync(_exchange, "seller", ("TATA", 30));
        var buyer = await Trader.SignUpAsync(_exchange, "buyer", ("INR", 10_000));
        await buyer.PlaceAsync(NewOrder.Limit("TATA_INR", "buy", 100m, 10, "first"));
        await buyer.PlaceAsync(NewOrder.Limit("TATA_INR", "buy", 95m, 20, "second"));
        var pair = await seller.PlacePairAsync(new NewPair(
            "TATA_INR", "sell", 20, "exit", "LIMIT_MAKER", "STOP_LOSS", AbovePrice: 110m, BelowStopPrice: 96m));
        Assert.Equal(["NEW", "NEW"], pair.Orders.Select(order => order.Status));
        Assert.Equal(new Balance("TATA", 10, 20), await seller.BalanceAsync("TATA"));

        await _exchange.KillAsync();
        await OfflineAudit.PassesAsync(_exchange.DataFolder);
        await _exchange.StartAgainAsync();
        var waiting = Assert.Single(await seller.TriggersAsync());
        Assert.Equal((pair.Orders[1].OrderId, "STOP_LOSS", "BID", "FALLING", 96m), (
            waiting.OrderId, waiting.Type, waiting.Watches, waiting.Direction, waiting.TriggerPrice));

        await seller.PlaceAsync(NewOrder.Limit("TATA_INR", "sell", 100m, 10, "drop"));
        await Eventually.HoldsAsync(async () => Assert.Equal("ALL_DONE", (await seller.FindPairAsync("exit")).ListStatus));

        var ended = await seller.FindPairAsync("exit");
        Assert.Equal(pair.OrderListId, ended.OrderListId);
        Assert.Equal([("EXPIRED", 0m), ("FILLED", 1_900m)], ended.Orders.Select(order => (order.Status, order.ExecutedQuote)));
        Assert.Empty(await seller.TriggersAsync());
        await Eventually.HoldsAsync(async () => Assert.Equal(new Balance("INR", 2_900, 0), await seller.BalanceAsync("INR")));
        await _exchange.KillAsync();
        await OfflineAudit.PassesAsync(_exchange.DataFolder);
        await _exchange.StartAgainAsync();

        var executed = Assert.Single(await seller.ExecutedTriggersAsync());
        Assert.Equal((pair.Orders[1].OrderId, "FILLED", pair.OrderListId), (executed.OrderId, executed.Status, executed.OrderListId));
        Assert.True(executed.TriggeredAt > 0);
        Assert.Equal("ALL_DONE", (await seller.FindPairAsync("exit")).ListStatus);
        Assert.Equal(new Balance("TATA", 0, 0), await seller.BalanceAsync("TATA"));
    }

    [Fact]
    public async Task A_trailing_stop_on_a_live_market_sells_when_the_market_turns()
    {
        var trader = await Trader.SignUpAsync(_exchange, "trader", ("BTC", 1));
        await _exchange.MiddleAsync("BTC_USDT");

        var placed = await trader.PlaceAsync(new NewOrder("BTC_USDT", "sell", "STOP_LOSS", null, 0.01m, "trail") { TrailingDelta = 1 });
        Assert.Equal("NEW", placed.Status);

        await Eventually.HoldsAsync(async () => Assert.Equal(placed.OrderId, Assert.Single(await trader.ExecutedTriggersAsync()).OrderId));
        var sold = Assert.Single(await trader.ExecutedTriggersAsync());
        Assert.Equal(("FILLED", 0.01m), (sold.Status, sold.ExecutedQuantity));
    }
}
