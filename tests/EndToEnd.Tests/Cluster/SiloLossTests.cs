using Exchange.EndToEnd.Tests.Crashes;
using Exchange.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace Exchange.EndToEnd.Tests.Cluster;

/// <summary>The whole topology while parts of it die. Clients reach it through the proxy only.</summary>
public sealed class SiloLossTests(ITestOutputHelper output)
{
    private const int Rounds = 2;

    /// <summary>Much longer than anything should take, also on a busy machine.</summary>
    private static readonly TimeSpan RetryMax = TimeSpan.FromMinutes(1);

    /// <summary>No order may be refused for anything else that happens beneath.</summary>
    private static readonly string[] Expected = ["INSUFFICIENT_BALANCE", "MARKET_DATA_STALE", "NEVER_REACHED_MARKET"];

    [ClusterFact]
    public async Task Killed_silos_a_rolling_restart_and_a_crash_of_the_database_lose_no_order_and_settle_none_twice()
    {
        using var cluster = await LocalCluster.StartAsync();
        var traders = await LoadedExchange.SignUpAsync(cluster);
        var load = new PersistentLoad(traders, await LoadedExchange.MarketsAsync(cluster), seed: 1);
        var running = load.RunAsync();
        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var silo in cluster.Silos)
            {
                await GoesOnAsync(load, running);
                await cluster.KillAsync(silo);
                await cluster.PassesAuditAsync();
                if (cluster.Silos.Count > 1)
                    await GoesOnAsync(load, running);
                await cluster.StartAsync(silo);
                await GoesOnAsync(load, running);
                Tell(load, $"{silo} killed");
            }
        }

        await cluster.RollAsync();
        await GoesOnAsync(load, running);
        await cluster.PassesAuditAsync();
        Tell(load, "rolling restart");
        await cluster.KillAsync("postgres");
        await cluster.StartAsync("postgres");
        await GoesOnAsync(load, running);
        Tell(load, "postgres killed");
        if (cluster.HasRedis)
        {
            await cluster.KillAsync("redis");
            await GoesOnAsync(load, running);
            await cluster.StopAsync(cluster.Silos[^1]);
            await cluster.StartAsync("redis");
            await cluster.StartAsync(cluster.Silos[^1]);
            await GoesOnAsync(load, running);
            Tell(load, "redis killed, a silo stopped without it");
        }

        load.Stop();
        await running;
        output.WriteLine($"{load.Sent.Count} orders sent, {load.Acknowledged} acknowledged, refused: {string.Join(", ", load.Refusals)}");
        Assert.Empty(load.Refusals.Keys.Except(Expected));
        await Witness.ConfirmsAsync(load.Sent);
        await Witness.SeesResendsMakeNoSecondOrderAsync(load.Sent);
        await Witness.SeesOnlyOpenOrdersLockMoneyAsync(traders);
        await Witness.SeesDepositsAddUpAsync(traders, "TATA", "INR");
        await TradeHistory.ExplainsBalancesAsync(traders, [.. load.Sent]);
        await cluster.PassesAuditAsync();
    }

    [ClusterFact]
    public async Task Triggers_fire_and_streams_go_on_after_the_silo_that_had_them_died()
    {
        string[] markets = ["BTC_USDT", "ETH_USDT", "SOL_USDT", "BTC_USDC", "ETH_USDC", "SOL_USDC"];
        using var cluster = await LocalCluster.StartAsync();
        var trader = await Trader.SignUpAsync(cluster, "trader", ("BTC", 10), ("ETH", 100), ("SOL", 1_000), ("INR", 10_000));
        await using var stream = new ReconnectingStream(cluster.Address, trader);
        foreach (var silo in cluster.Silos)
        {
            foreach (var market in markets)
                await cluster.MiddleAsync(market);
            foreach (var market in markets)
                await trader.PlaceAsync(new NewOrder(market, "sell", "STOP_LOSS", null, 0.1m, $"{silo}-{market}") { TrailingDelta = 2 });
            await cluster.KillAsync(silo);
            var killedAt = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            if (cluster.Silos.Count == 1)
                await cluster.StartAsync(silo);

            // Nobody asks for a market meanwhile: they have to come alive by themselves.
            await Eventually.HoldsAsync(async () => Assert.Equal(markets.Length, await CountAsync(trader, silo)), RetryMax);
            var fired = (await trader.ExecutedTriggersAsync()).Where(
                order => order.ClientOrderId.StartsWith(silo, StringComparison.Ordinal)).ToArray();
            Assert.All(fired, order => Assert.Equal(("FILLED", 0.1m), (order.Status, order.ExecutedQuantity)));
            output.WriteLine(
                $"{silo} killed, triggers fired after ms: {string.Join(", ", fired.Select(order => order.TriggeredAt - killedAt).Order())}");
            var orders = await stream.HearsOfNewOrdersAsync(trader, RetryMax);
            output.WriteLine($"{silo} killed, the stream goes on after {orders} orders, {stream.Connections} connections so far");
            if (cluster.Silos.Count > 1)
                await cluster.StartAsync(silo);
        }

        await cluster.PassesAuditAsync();
    }

    private static async Task<int> CountAsync(Trader trader, string silo)
    {
        try
        {
            return (await trader.ExecutedTriggersAsync()).Count(order => order.ClientOrderId.StartsWith(silo, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is RefusedException { LeavesOutcomeOpen: true } or HttpRequestException or TaskCanceledException)
        {
            return -1;
        }
    }

    private static async Task GoesOnAsync(PersistentLoad load, Task running)
    {
        var enough = load.Acknowledged + 50;
        await Eventually.HoldsAsync(() =>
        {
            Assert.True(load.Acknowledged >= enough || running.IsFaulted, $"{load.Acknowledged} orders of {enough} are acknowledged.");
            return Task.CompletedTask;
        }, RetryMax);
        if (running.IsFaulted)
            await running;
    }

    private void Tell(PersistentLoad load, string what)
    {
        var longest = load.TakeLongestWait();
        output.WriteLine($"{what}: nobody waited for longer than {longest.TotalSeconds:F1} s, {load.Acknowledged} acknowledged so far");
        Assert.True(longest < RetryMax, $"{what}: somebody waited for {longest}.");
    }
}
