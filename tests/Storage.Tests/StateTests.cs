using System.Text;
using System.Text.RegularExpressions;
using Exchange.Storage.Snapshots;
using Exchange.Storage.Sql;
using Exchange.Storage.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Storage.Tests;

public sealed class StateTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly JournalRig _rig;
    private readonly StateSession _session;
    private readonly SnapshotStore _snapshots;
    private readonly GrainStateStore _grains;

    public StateTests()
    {
        _rig = new JournalRig(_database);
        _session = new StateSession(_rig.Dialect);
        _snapshots = new SnapshotStore(_session, _rig.Reader, new StorageOptions(), NullLogger.Instance);
        _grains = new GrainStateStore(_session);
    }

    public void Dispose()
    {
        _session.Dispose();
        _rig.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task The_newest_snapshot_is_loaded()
    {
        Grow("a", 20);
        await _snapshots.SaveAsync("a", 10, "ten"u8.ToArray());
        await _snapshots.SaveAsync("a", 20, "twenty"u8.ToArray());
        Assert.Equal("20:twenty", await Load("a"));
        Assert.Null(await Load("b"));
    }

    [Fact]
    public async Task A_snapshot_comes_back_as_it_was_whatever_its_size()
    {
        Grow("a", 3);
        var large = new byte[3_000_000];
        new Random(1).NextBytes(large.AsSpan(0, 1_000_000));
        foreach (byte[] payload in new byte[][] { [], [42], large })
        {
            await _snapshots.SaveAsync("a", 3, payload);
            Assert.Equal(payload, (await _snapshots.LoadAsync("a"))!.Value.Payload.ToArray());
        }
    }

    [Fact]
    public async Task Only_the_last_ten_are_kept()
    {
        Grow("a", 12);
        for (int sequence = 1; sequence <= 12; sequence++)
        {
            await _snapshots.SaveAsync("a", sequence, "x"u8.ToArray());
        }

        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10, 11, 12], Sequences());
    }

    [Theory]
    [InlineData("UPDATE snapshots SET payload = {00} WHERE sequence = 2")]
    [InlineData("UPDATE snapshots SET sha256 = {0000} WHERE sequence = 2")]
    [InlineData("UPDATE snapshots SET length = 2 WHERE sequence = 2")]
    [InlineData("UPDATE snapshots SET length = -1 WHERE sequence = 2")]
    public async Task A_damaged_snapshot_is_skipped_for_the_one_before(string damage)
    {
        Grow("a", 2);
        await _snapshots.SaveAsync("a", 1, "good"u8.ToArray());
        await _snapshots.SaveAsync("a", 2, "spoilt"u8.ToArray());
        using (ISqlSession session = _rig.Dialect.OpenWriter(StorePurpose.State))
        {
            session.Execute(Regex.Replace(damage, "{(.*)}", match => TestDatabase.Bytes(match.Groups[1].Value)));
        }

        Assert.Equal("1:good", await Load("a"));
    }

    [Fact]
    public async Task A_snapshot_ahead_of_the_journal_is_not_used()
    {
        Grow("a", 5);
        await _snapshots.SaveAsync("a", 5, "true"u8.ToArray());
        await _snapshots.SaveAsync("a", 6, "from a journal that is no more"u8.ToArray());
        Assert.Equal("5:true", await Load("a"));
    }

    [Fact]
    public async Task A_state_is_written_only_over_the_version_that_was_read()
    {
        Assert.Equal(new StoredState(null, null), await _grains.ReadAsync("s", "g"));
        string first = await _grains.WriteAsync("s", "g", null, "one"u8.ToArray());
        string second = await _grains.WriteAsync("s", "g", first, "two"u8.ToArray());

        var conflict = await Assert.ThrowsAsync<GrainStateConflictException>(() => _grains.WriteAsync("s", "g", first, "three"u8.ToArray()));
        Assert.Equal(second, conflict.StoredETag);
        await Assert.ThrowsAsync<GrainStateConflictException>(() => _grains.WriteAsync("s", "g", null, "three"u8.ToArray()));
        StoredState stored = await _grains.ReadAsync("s", "g");
        Assert.Equal((second, "two"), (stored.ETag, Encoding.UTF8.GetString(stored.Payload!.Value.Span)));
    }

    [Fact]
    public async Task A_cleared_state_does_not_accept_the_etag_from_before()
    {
        string written = await _grains.WriteAsync("s", "g", null, "one"u8.ToArray());
        string cleared = await _grains.ClearAsync("s", "g", written);

        await Assert.ThrowsAsync<GrainStateConflictException>(() => _grains.WriteAsync("s", "g", written, "two"u8.ToArray()));
        Assert.Equal(new StoredState(cleared, null), await _grains.ReadAsync("s", "g"));
        await _grains.WriteAsync("s", "g", cleared, "two"u8.ToArray());
    }

    private void Grow(string stream, int records)
    {
        for (int sequence = 0; sequence < records; sequence++)
        {
            _ = _rig.Append(stream, sequence, "x");
        }

        _rig.Flush();
    }

    private async Task<string?> Load(string stream) =>
        await _snapshots.LoadAsync(stream) is { } snapshot ? $"{snapshot.Sequence}:{Encoding.UTF8.GetString(snapshot.Payload.Span)}" : null;

    private List<long> Sequences()
    {
        using ISqlSession session = _rig.Dialect.OpenReader(StorePurpose.State);
        ISqlStatement query = session.Prepare("SELECT sequence FROM snapshots ORDER BY sequence");
        var sequences = new List<long>();
        while (query.Read())
        {
            sequences.Add(query.Int64(0));
        }

        return sequences;
    }
}
