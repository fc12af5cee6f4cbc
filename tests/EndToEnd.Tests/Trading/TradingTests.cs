using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Trading;

public sealed class TradingTests : IAsyncLifetime
{
    private RunningExchange _exchange = null!;

    public async Task InitializeAsync() => _exchange = await RunningExchange.StartAsync();

    public Task DisposeAsync()
    {
        _exchange.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Two_users_trade_and_both_balances_tell_it()
    {
        var seller = await Trader.SignUpAsync(_exchange, "seller", ("TATA", 10));
        var buyer = await Trader.SignUpAsync(_exchange, "buyer", ("INR", 2_000));

        var resting = await seller.PlaceAsync(NewOrder.Limit("TATA_INR", "sell", 100.50m, 10, "ask"));
        var taking = await buyer.PlaceAsync(NewOrder.Limit("TATA_INR", "buy", 101m, 4, "bid"));

        Assert.Equal("NEW", resting.Status);
        Assert.Equal(("FILLED", 4m, 402m), (taking.Status, taking.ExecutedQuantity, taking.ExecutedQuote));
        await HasAsync(buyer, "INR", 1_598, 0);
        await HasAsync(buyer, "TATA", 4, 0);
        await HasAsync(seller, "INR", 402, 0);
        await HasAsync(seller, "TATA", 0, 6);
    }

    [Fact]
    public async Task What_a_cancelled_order_held_is_free_again()
    {
        var seller = await Trader.SignUpAsync(_exchange, "seller", ("TATA", 10));
        await seller.PlaceAsync(NewOrder.Limit("TATA_INR", "sell", 100.50m, 10, "ask"));
        await HasAsync(seller, "TATA", 0, 10);

        var cancelled = await seller.CancelAsync("TATA_INR", "ask");

        Assert.Equal("CANCELED", cancelled.Status);
        await HasAsync(seller, "TATA", 10, 0);
        Assert.Empty(await seller.OpenOrdersAsync());
    }

    [Fact]
    public async Task A_market_order_fills_against_the_venue()
    {
        var buyer = await Trader.SignUpAsync(_exchange, "buyer", ("USDT", 100_000));
        await _exchange.MiddleAsync("BTC_USDT");

        var order = await buyer.PlaceAsync(NewOrder.AtMarket("BTC_USDT", "buy", 0.01m, "now"));

        Assert.Equal(("FILLED", 0.01m), (order.Status, order.ExecutedQuantity));
        Assert.Equal(0.01m, order.Fills!.Sum(fill => fill.Quantity));
        Assert.Equal(order.ExecutedQuote, order.Fills!.Sum(fill => fill.Price * fill.Quantity));
        await HasAsync(buyer, "BTC", 0.01m - order.Fills!.Sum(fill => fill.Fee), 0);
        await HasAsync(buyer, "USDT", 100_000 - order.ExecutedQuote, 0);
    }

    [Fact]
    public async Task Trades_and_balances_outlive_the_process()
    {
        var seller = await Trader.SignUpAsync(_exchange, "seller", ("TATA", 10));
        var buyer = await Trader.SignUpAsync(_exchange, "buyer", ("INR", 2_000));
        var ask = NewOrder.Limit("TATA_INR", "sell", 100m, 10, "ask");
        await seller.PlaceAsync(ask);
        await buyer.PlaceAsync(NewOrder.Limit("TATA_INR", "buy", 100m, 4, "bid"));

        Assert.Equal(0, await _exchange.StopAsync(TimeSpan.FromSeconds(10)));
        await OfflineAudit.PassesAsync(_exchange.DataFolder);
        await _exchange.StartAgainAsync();

        var found = await seller.FindAsync(ask);
        Assert.Equal(("PARTIALLY_FILLED", 4m), (found?.Status, found?.ExecutedQuantity));
        await HasAsync(buyer, "TATA", 4, 0);
        await HasAsync(buyer, "INR", 1_600, 0);
        await HasAsync(seller, "TATA", 0, 6);
        await HasAsync(seller, "INR", 400, 0);
    }

    private static Task HasAsync(Trader trader, string asset, decimal available, decimal locked) =>
        Eventually.HoldsAsync(async () =>
        {
            var balance = await trader.BalanceAsync(asset);
            Assert.Equal((available, locked), (balance.Available, balance.Locked));
        });
}
