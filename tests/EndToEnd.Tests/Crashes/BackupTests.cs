using System.Diagnostics;
using Exchange.Bench.Harness;
using Exchange.EndToEnd.Tests.Harness;
using Npgsql;

namespace Exchange.EndToEnd.Tests.Crashes;

public sealed class BackupTests
{
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(20);

    [PostgresFact]
    public async Task A_backup_taken_under_load_is_an_exchange_that_passes_the_audit_and_goes_on()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "backup");
        using var exchange = await RunningExchange.StartAsync();
        var traders = await LoadedExchange.SignUpAsync(exchange);
        var load = new OrderLoad(traders, await LoadedExchange.MarketsAsync(exchange), "b", seed: 1);
        var running = load.RunAsync();
        await LoadedExchange.AcknowledgedAsync(load, running, 300);
        var before = load.Sent.Where(sent => sent.Acknowledged is not null).ToArray();
        await RunAsync(0, "backup.sh", file, exchange.Database!);
        await LoadedExchange.AcknowledgedAsync(load, running, load.Acknowledged + 100);
        load.Stop();
        await running;
        Assert.Equal(0, await exchange.StopAsync(StopMax));

        await exchange.MoveToNewDatabaseAsync(database => RunAsync(0, "restore.sh", file, database));
        await exchange.PassesAuditAsync();
        await exchange.StartAgainAsync();
        foreach (var sent in before)
            Assert.NotNull(await sent.Trader.FindAsync(sent.Order));
        await RunAsync(1, "restore.sh", file, exchange.Database!);
        Assert.Equal(0, await exchange.StopAsync(StopMax));
    }

    private static async Task RunAsync(int expected, string script, string file, string connection)
    {
        var database = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(Path.Combine(SiloBuild.RepositoryRoot(), "deploy", "postgres", script), [file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = database.Host,
                ["PGPORT"] = $"{database.Port}",
                ["PGUSER"] = database.Username,
                ["PGPASSWORD"] = database.Password,
                ["PGDATABASE"] = database.Database,
            },
        };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(expected == process.ExitCode, await said + await errors);
    }
}
