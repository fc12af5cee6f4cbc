using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Trading;

public sealed class MarketMakerTests
{
    private const string Tata = "TATA_INR";

    [Fact]
    public async Task A_single_user_can_trade_at_once_and_a_crash_neither_doubles_nor_loses_the_quotes()
    {
        using var exchange = await RunningExchange.StartAsync("--MarketMaker:Enabled=true", "--MarketMaker:ReferencePrice=200");
        var middle = await exchange.MiddleAsync(Tata);
        Assert.InRange(middle, 185m, 215m);
        var user = await Trader.SignUpAsync(exchange, "alone", ("INR", 100_000));

        var bought = await user.PlaceAsync(NewOrder.AtMarket(Tata, "buy", 50, "first"));
        Assert.Equal(("FILLED", 50m), (bought.Status, bought.ExecutedQuantity));
        Assert.InRange(bought.ExecutedQuote / 50, middle, middle * 1.02m);

        await exchange.KillAsync();
        await exchange.StartAgainAsync();
        await Eventually.HoldsAsync(async () =>
        {
            var depth = await exchange.DepthAsync(Tata);
            Assert.Equal((10, 10), (depth.Bids.Length, depth.Asks.Length));
        });
        Assert.Equal(0, await exchange.StopAsync(TimeSpan.FromSeconds(30)));
        await OfflineAudit.PassesAsync(exchange.DataFolder);
    }
}
