using System.Net;
using Exchange.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace Exchange.EndToEnd.Tests.Crashes;

public sealed class DatabaseLossTests(ITestOutputHelper output)
{
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(20);

    [PostgresFact]
    public async Task Connections_that_are_killed_and_a_server_that_crashes_lose_nothing_and_need_no_restart_of_the_exchange()
    {
        using var exchange = await RunningExchange.StartAsync();
        var traders = await LoadedExchange.SignUpAsync(exchange);
        var load = new OrderLoad(traders, await LoadedExchange.MarketsAsync(exchange), "d", seed: 1);
        var running = load.RunAsync();
        foreach (var crash in new[] { false, false, true, true })
        {
            await LoadedExchange.AcknowledgedAsync(load, running, load.Acknowledged + 200);
            if (crash)
                await PostgresServer.CrashAndRestartAsync();
            else
                PostgresServer.TerminateConnections(exchange.Database!);
        }

        await LoadedExchange.AcknowledgedAsync(load, running, load.Acknowledged + 200);
        load.Stop();
        await running;
        output.WriteLine($"{load.Sent.Count} orders sent, {load.Acknowledged} acknowledged");

        await Eventually.HoldsAsync(async () => Assert.Equal(HttpStatusCode.OK, (await exchange.Client.GetAsync("/health/ready")).StatusCode));
        await Witness.ConfirmsAsync(load.Sent);
        await Witness.SeesResendsMakeNoSecondOrderAsync(load.Sent);
        await Witness.SeesOnlyOpenOrdersLockMoneyAsync(traders);
        await Witness.SeesDepositsAddUpAsync(traders, "TATA", "INR");
        await TradeHistory.ExplainsBalancesAsync(traders, [.. load.Sent]);
        Assert.Equal(0, await exchange.StopAsync(StopMax));
        await exchange.PassesAuditAsync();
    }

    [PostgresFact]
    public async Task A_second_exchange_on_the_same_database_is_told_so()
    {
        using var first = await RunningExchange.StartAsync();
        var (code, told) = await first.StartSecondAsync();

        Assert.NotEqual(0, code);
        Assert.Contains("in use by another process", told, StringComparison.Ordinal);
        var trader = await Trader.SignUpAsync(first, "trader", ("TATA", 10));
        Assert.Equal("NEW", (await trader.PlaceAsync(NewOrder.Limit("TATA_INR", "sell", 100m, 10, "ask"))).Status);
    }
}
