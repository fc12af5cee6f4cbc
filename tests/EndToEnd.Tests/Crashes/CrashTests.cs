using Exchange.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace Exchange.EndToEnd.Tests.Crashes;

public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Kills = 10;
    private const int Traders = 8;

    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Ten_kills_under_load_lose_nothing_and_settle_nothing_twice()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EXCHANGE_TEST_SEED"), out var given) ? given : Environment.TickCount;
        output.WriteLine($"EXCHANGE_TEST_SEED={seed}");
        var random = new Random(seed);
        using var exchange = await RunningExchange.StartAsync();
        var traders = await SignUpAsync(exchange);
        var sent = new List<SentOrder>();

        for (var kill = 1; kill <= Kills; kill++)
        {
            var load = new OrderLoad(traders, await MarketsAsync(exchange), $"k{kill}", random.Next());
            var running = load.RunAsync();
            await KillAfterAsync(exchange, load, running, acknowledged: random.Next(100, 600), TimeSpan.FromMicroseconds(random.Next(20_000)));
            output.WriteLine($"kill {kill}: {load.Sent.Count} orders sent, {load.Acknowledged} acknowledged");
            sent.AddRange(load.Sent);

            await OfflineAudit.PassesOnCopyAsync(exchange.DataFolder);
            await exchange.StartAgainAsync();
            await Witness.ConfirmsAsync(load.Sent);
            await Witness.SeesResendsMakeNoSecondOrderAsync(load.Sent);
            await Witness.SeesOnlyOpenOrdersLockMoneyAsync(traders);
            await Witness.SeesDepositsAddUpAsync(traders, "TATA", "INR");
        }

        await DrainAsync(traders);
        await Witness.ConfirmsAsync(sent);
        await TradeHistory.ExplainsBalancesAsync(traders, sent);
        Assert.Equal(0, await exchange.StopAsync(StopMax));
        await OfflineAudit.PassesAsync(exchange.DataFolder);
    }

    [Fact]
    public async Task An_orderly_stop_under_load_loses_nothing_and_takes_less_than_ten_seconds()
    {
        using var exchange = await RunningExchange.StartAsync();
        var traders = await SignUpAsync(exchange);
        var load = new OrderLoad(traders, await MarketsAsync(exchange), "s", seed: 1);
        var running = load.RunAsync();
        await AcknowledgedAsync(load, running, 200);

        Assert.Equal(0, await exchange.StopAsync(StopMax));

        await running;
        await OfflineAudit.PassesAsync(exchange.DataFolder);
        await exchange.StartAgainAsync();
        await Witness.ConfirmsAsync(load.Sent);
        await Witness.SeesOnlyOpenOrdersLockMoneyAsync(traders);
        await Witness.SeesDepositsAddUpAsync(traders, "TATA", "INR");
    }

    private static async Task KillAfterAsync(RunningExchange exchange, OrderLoad load, Task running, int acknowledged, TimeSpan andThen)
    {
        await AcknowledgedAsync(load, running, acknowledged);
        await Task.Delay(andThen);
        await exchange.KillAsync();
        await running;
    }

    private static async Task AcknowledgedAsync(OrderLoad load, Task running, int orders)
    {
        while (load.Acknowledged < orders && !running.IsCompleted)
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        Assert.True(load.Acknowledged >= orders, $"The load ended after {load.Acknowledged} acknowledged orders.");
    }

    private static async Task DrainAsync(IReadOnlyList<Trader> traders)
    {
        foreach (var trader in traders)
        {
            await trader.CancelAllAsync();
            await Eventually.HoldsAsync(async () =>
            {
                Assert.Empty(await trader.OpenOrdersAsync());
                Assert.All((await trader.BalancesAsync()).Values, balance => Assert.Equal(0, balance.Locked));
            });
        }
    }

    private static async Task<Trader[]> SignUpAsync(RunningExchange exchange)
    {
        var traders = new Trader[Traders];
        for (var i = 0; i < Traders; i++)
        {
            traders[i] = await Trader.SignUpAsync(exchange, $"trader-{i}",
                ("TATA", 100_000), ("INR", 10_000_000), ("BTC", 10), ("ETH", 100), ("USDT", 1_000_000));
        }

        return traders;
    }

    private static async Task<LoadMarket[]> MarketsAsync(RunningExchange exchange) =>
    [
        new("TATA_INR", 100, 0.05m, 1, HasVenue: false),
        new("BTC_USDT", await exchange.MiddleAsync("BTC_USDT"), 0.01m, 0.001m, HasVenue: true),
        new("ETH_USDT", await exchange.MiddleAsync("ETH_USDT"), 0.01m, 0.01m, HasVenue: true),
    ];
}
