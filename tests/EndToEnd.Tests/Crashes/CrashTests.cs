using Exchange.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace Exchange.EndToEnd.Tests.Crashes;

public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Kills = 10;

    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Ten_kills_under_load_lose_nothing_and_settle_nothing_twice()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EXCHANGE_TEST_SEED"), out var given) ? given : Environment.TickCount;
        output.WriteLine($"EXCHANGE_TEST_SEED={seed}");
        var random = new Random(seed);
        using var exchange = await RunningExchange.StartAsync();
        var traders = await LoadedExchange.SignUpAsync(exchange);
        var sent = new List<SentOrder>();

        for (var kill = 1; kill <= Kills; kill++)
        {
            var load = new OrderLoad(traders, await LoadedExchange.MarketsAsync(exchange), $"k{kill}", random.Next());
            var running = load.RunAsync();
            await KillAfterAsync(exchange, load, running, acknowledged: random.Next(100, 600), TimeSpan.FromMicroseconds(random.Next(20_000)));
            output.WriteLine($"kill {kill}: {load.Sent.Count} orders sent, {load.Acknowledged} acknowledged");
            sent.AddRange(load.Sent);

            await exchange.PassesAuditAsItIsAsync();
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
        await exchange.PassesAuditAsync();
    }

    [Fact]
    public async Task An_orderly_stop_under_load_loses_nothing_and_takes_less_than_ten_seconds()
    {
        using var exchange = await RunningExchange.StartAsync();
        var traders = await LoadedExchange.SignUpAsync(exchange);
        var load = new OrderLoad(traders, await LoadedExchange.MarketsAsync(exchange), "s", seed: 1);
        var running = load.RunAsync();
        await LoadedExchange.AcknowledgedAsync(load, running, 200);

        Assert.Equal(0, await exchange.StopAsync(StopMax));

        await running;
        await exchange.PassesAuditAsync();
        await exchange.StartAgainAsync();
        await Witness.ConfirmsAsync(load.Sent);
        await Witness.SeesOnlyOpenOrdersLockMoneyAsync(traders);
        await Witness.SeesDepositsAddUpAsync(traders, "TATA", "INR");
    }

    private static async Task KillAfterAsync(RunningExchange exchange, OrderLoad load, Task running, int acknowledged, TimeSpan andThen)
    {
        await LoadedExchange.AcknowledgedAsync(load, running, acknowledged);
        await Task.Delay(andThen);
        await exchange.KillAsync();
        await running;
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
}
