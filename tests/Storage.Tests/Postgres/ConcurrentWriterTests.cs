using System.Diagnostics;
using Exchange.Storage.Journal;
using Exchange.Storage.Sql;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Storage.Tests.Postgres;

/// <summary>Real threads and connections, so these wait for numbers of appends, never for time.</summary>
[Collection("alone on the server")]
public sealed class ConcurrentWriterTests : IDisposable
{
    private const int Streams = 8;
    private static readonly string? RestartCommand = Environment.GetEnvironmentVariable("EXCHANGE_TEST_POSTGRES_RESTART");

    private readonly TestDatabase _database = new();
    private readonly List<ExchangeStorage> _processes = [];

    public void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        _database.Dispose();
    }

    [PostgresFact]
    public async Task Of_writers_on_one_stream_only_one_gets_each_place()
    {
        ConcurrentAppends appends = Open(processes: 3);
        Task running = appends.RunAsync();
        await Reach(appends, 2_000, running);
        appends.Stop();
        await running;

        Assert.True(appends.Conflicts > 0);
        Assert.Equal(0, appends.Failures);
        await appends.AreAllStoredOnce();
    }

    [PostgresFact]
    public async Task Whoever_reads_in_order_of_entries_while_others_write_skips_nothing()
    {
        ConcurrentAppends appends = Open(processes: 3);
        Task running = appends.RunAsync();
        using ISqlDialect dialect = _database.Open();
        using var reads = new JournalReads(dialect.OpenReader(StorePurpose.Journal));
        var read = new List<StreamRecord>();
        long entry = 0;
        while (appends.Acknowledged < 2_000 && !running.IsFaulted)
        {
            entry = reads.All(entry, read);
        }

        appends.Stop();
        await running;
        while (reads.All(entry, read) is var next && next > entry)
        {
            entry = next;
        }

        var all = new List<StreamRecord>();
        for (long at = 0; reads.All(at, all) is var next && next > at;)
        {
            at = next;
        }

        Assert.Equal(all.Select(record => (record.Stream, record.Sequence)), read.Select(record => (record.Stream, record.Sequence)));
    }

    [PostgresFact]
    public async Task Connections_that_are_killed_under_load_fail_no_append()
    {
        ConcurrentAppends appends = Open(processes: 2);
        Task running = appends.RunAsync();
        for (int kill = 1; kill <= 20; kill++)
        {
            await Reach(appends, kill * 50, running);
            _database.TerminateConnections("Journal%");
            _database.TerminateConnections("journal%");
        }

        appends.Stop();
        await running;
        Assert.Equal(0, appends.Failures);
        await appends.AreAllStoredOnce();
    }

    [PostgresFact]
    public async Task A_server_that_crashes_and_comes_back_under_load_has_everything_that_was_acknowledged()
    {
        Assert.True(RestartCommand is not null, "EXCHANGE_TEST_POSTGRES_RESTART names no command.");
        ConcurrentAppends appends = Open(processes: 2);
        Task running = appends.RunAsync();
        for (int crash = 1; crash <= 2; crash++)
        {
            await Reach(appends, appends.Acknowledged + 300, running);
            using Process restart = Process.Start(new ProcessStartInfo("bash", ["-c", RestartCommand]) { RedirectStandardOutput = true })!;
            await restart.WaitForExitAsync();
            Assert.Equal(0, restart.ExitCode);
        }

        await Reach(appends, appends.Acknowledged + 300, running);
        appends.Stop();
        await running;
        await appends.AreAllStoredOnce();
        await _processes[1].ReadModel.CatchUpAsync();
        await _processes[0].Snapshots.SaveAsync("stream/0", 1, "state"u8.ToArray());
    }

    private ConcurrentAppends Open(int processes)
    {
        var options = new StorageOptions { Postgres = _database.ConnectionString, IsShared = true };
        for (int process = 0; process < processes; process++)
        {
            _processes.Add(ExchangeStorage.Open(options, TimeProvider.System, NullLogger.Instance));
        }

        return new ConcurrentAppends(_processes, Streams);
    }

    private static async Task Reach(ConcurrentAppends appends, int acknowledged, Task running)
    {
        while (appends.Acknowledged < acknowledged)
        {
            Assert.False(running.IsFaulted, running.Exception?.ToString());
            await Task.Delay(1);
        }
    }
}

[CollectionDefinition("alone on the server", DisableParallelization = true)]
public sealed class AloneOnTheServer;
