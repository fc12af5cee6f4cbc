using Exchange.Storage.Journal;
using Exchange.Storage.Sql;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exchange.Storage.Tests.Postgres;

public sealed class AppendTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly JournalRig? _rig;

    public AppendTests() => _rig = TestDatabase.IsPostgres ? new JournalRig(_database) : null;

    public void Dispose()
    {
        _rig?.Dispose();
        _database.Dispose();
    }

    [PostgresFact]
    public async Task A_flush_that_arrives_again_answers_as_before_and_changes_nothing()
    {
        Append(flush: 1, "a", expected: 0, previous: 0);
        string first = Append(flush: 2, "a", expected: 1, previous: 1);
        string again = Append(flush: 2, "a", expected: 1, previous: 1);
        string late = Append(flush: 1, "a", expected: 2, previous: 2);

        Assert.Equal("1 {}", first);
        Assert.Equal((first, first), (again, late));
        Assert.Equal(["1:x", "2:x"], await _rig!.Read("a"));
    }

    [PostgresFact]
    public async Task A_refused_flush_that_arrives_again_is_refused_again()
    {
        Append(flush: 1, "a", expected: 0, previous: 0);
        string refused = Append(flush: 2, "a", expected: 0, previous: 0);
        Assert.Equal("1 {1}", refused);
        Assert.Equal(refused, Append(flush: 2, "a", expected: 1, previous: 1));
        Assert.Equal(["1:x"], await _rig!.Read("a"));
    }

    [PostgresFact]
    public async Task A_connection_that_was_lost_between_flushes_is_no_failure()
    {
        Task first = _rig!.Append("a", 0, "one");
        _rig.Flush();
        Assert.True(_database.TerminateConnections() > 0);
        Task second = _rig.Append("a", 1, "two"), other = _rig.Append("b", 0, "b1");
        _rig.Flush();

        await Task.WhenAll(first, second, other);
        Assert.Equal(["1:one", "2:two"], await _rig.Read("a"));
    }

    [PostgresFact]
    public async Task A_reader_and_a_state_that_lost_their_connections_find_new_ones()
    {
        using ISqlDialect dialect = _database.Open();
        using var session = new Exchange.Storage.State.StateSession(dialect);
        var grains = new Exchange.Storage.State.GrainStateStore(session);
        string etag = await grains.WriteAsync("s", "g", null, "one"u8.ToArray());
        _ = await _rig!.Read("a");
        _database.TerminateConnections();

        Assert.Empty(await _rig.Read("a"));
        Assert.Equal("2", await grains.WriteAsync("s", "g", etag, "two"u8.ToArray()));
    }

    [PostgresFact]
    public async Task While_the_database_is_away_appends_and_health_say_so_and_afterwards_work_goes_on()
    {
        Task before = _rig!.Append("a", 0, "one");
        _rig.Flush();
        await before;
        Assert.Equal(HealthStatus.Healthy, await Health());

        _database.Close();
        Task lost = _rig.Append("a", 1, "two");
        _rig.Flush();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => lost);
        Assert.Equal(HealthStatus.Unhealthy, await Health());
        await Assert.ThrowsAsync<StorageException>(() => _rig.Read("a"));

        _database.Reopen();
        Task again = _rig.Append("a", 1, "two again");
        _rig.Flush();
        await again;
        Assert.Equal(["1:one", "2:two again"], await _rig.Read("a"));
        Assert.Equal(HealthStatus.Healthy, await Health());
    }

    private async Task<HealthStatus> Health() =>
        (await new StorageHealth(_rig!.Reader, TimeProvider.System).CheckHealthAsync(new HealthCheckContext())).Status;

    private string Append(long flush, string stream, long expected, long previous)
    {
        string payload = "'\\x0178'";
        uint checksum = Exchange.Storage.Journal.JournalEntry.Checksum([1, (byte)'x']);
        return (string)_database.Execute(
            $$"""
            SET search_path = exchange_journal;
            SELECT newest || ' ' || refused::text FROM append_1(
                'writer', {{flush}}, '{ {{stream}} }', '{ {{expected}} }', '{1}', '{ {{previous}} }', '{4096}', '{false}', '{ {{checksum}} }',
                ARRAY[{{payload}}::bytea])
            """)!;
    }
}
