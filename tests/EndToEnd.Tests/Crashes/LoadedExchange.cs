using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Crashes;

/// <summary>An exchange with traders who have enough of everything.</summary>
internal static class LoadedExchange
{
    private const int Traders = 8;

    public static async Task<Trader[]> SignUpAsync(IReachable exchange)
    {
        var traders = new Trader[Traders];
        for (var i = 0; i < Traders; i++)
        {
            traders[i] = await Trader.SignUpAsync(exchange, $"trader-{i}",
                ("TATA", 100_000), ("INR", 10_000_000), ("BTC", 10), ("ETH", 100), ("USDT", 1_000_000));
        }

        return traders;
    }

    public static async Task<LoadMarket[]> MarketsAsync(IReachable exchange) =>
    [
        new("TATA_INR", 100, 0.05m, 1, HasVenue: false),
        new("BTC_USDT", await exchange.MiddleAsync("BTC_USDT"), 0.01m, 0.001m, HasVenue: true),
        new("ETH_USDT", await exchange.MiddleAsync("ETH_USDT"), 0.01m, 0.01m, HasVenue: true),
    ];

    public static async Task AcknowledgedAsync(OrderLoad load, Task running, int orders)
    {
        while (load.Acknowledged < orders && !running.IsCompleted)
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        Assert.True(load.Acknowledged >= orders, $"The load ended after {load.Acknowledged} acknowledged orders.");
    }
}
