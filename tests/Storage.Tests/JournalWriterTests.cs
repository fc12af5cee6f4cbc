using Exchange.Storage.Journal;

namespace Exchange.Storage.Tests;

public sealed class JournalWriterTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly JournalRig _rig;

    public JournalWriterTests() => _rig = new JournalRig(_database);

    public void Dispose()
    {
        _rig.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task One_flush_serves_all_streams()
    {
        Task[] appends = [_rig.Append("a", 0, "a1"), _rig.Append("b", 0, "b1"), _rig.Append("c", 0, "c1")];
        Assert.DoesNotContain(appends, append => append.IsCompleted);

        Assert.True(_rig.Flush());

        await Task.WhenAll(appends);
        Assert.Equal(1, _rig.Store.Flushes);
        Assert.Equal(["1:b1"], await _rig.Read("b"));
        Assert.False(_rig.Flush());
    }

    [Fact]
    public async Task Appends_of_a_stream_may_be_pipelined_within_a_flush_and_across_flushes()
    {
        Task[] first = [_rig.Append("a", 0, "one"), _rig.Append("a", 1, "two")];
        _rig.Flush();
        Task third = _rig.Append("a", 2, "three");
        _rig.Flush();

        await Task.WhenAll([.. first, third]);
        Assert.Equal(["1:one", "2:two", "3:three"], await _rig.Read("a"));
        Assert.Equal(["3:three"], await _rig.Read("a", after: 2));
        Assert.Empty(await _rig.Read("a", after: 3));
    }

    [Fact]
    public async Task A_stale_append_is_refused_and_the_others_of_its_flush_go_through()
    {
        Task first = _rig.Append("a", 0, "one");
        Task stale = _rig.Append("a", 0, "uno");
        Task other = _rig.Append("b", 0, "b1");
        _rig.Flush();

        await Task.WhenAll(first, other);
        var conflict = await Assert.ThrowsAsync<JournalConflictException>(() => stale);
        Assert.Equal("a", conflict.Stream);
        Assert.Equal(["1:one"], await _rig.Read("a"));
        Assert.Equal(["1:b1"], await _rig.Read("b"));
    }

    [Fact]
    public async Task What_follows_a_refused_append_is_refused_too_even_where_its_number_would_fit()
    {
        Task first = _rig.Append("a", 0, "one");
        Task stale = _rig.Append("a", 0, "uno");
        Task afterStale = _rig.Append("a", 1, "due");
        _rig.Flush();

        await first;
        await Assert.ThrowsAsync<JournalConflictException>(() => stale);
        await Assert.ThrowsAsync<JournalConflictException>(() => afterStale);
        Assert.Equal(["1:one"], await _rig.Read("a"));
    }

    [Fact]
    public async Task What_waits_for_a_later_flush_behind_a_refused_append_is_refused_with_it()
    {
        using var database = new TestDatabase();
        using var rig = new JournalRig(database, new StorageOptions { FlushMaxAppends = 2 });
        Task first = rig.Append("a", 0, "one");
        Task stale = rig.Append("a", 0, "uno");
        Task afterStale = rig.Append("a", 1, "due");
        Task other = rig.Append("b", 0, "b1");

        rig.Flush();
        Assert.True(afterStale.IsFaulted);
        rig.Flush();

        await Task.WhenAll(first, other);
        await Assert.ThrowsAsync<JournalConflictException>(() => stale);
        await Assert.ThrowsAsync<JournalConflictException>(() => afterStale);
        Assert.Equal(["1:one"], await rig.Read("a"));
    }

    [Fact]
    public async Task A_writer_whose_append_was_refused_is_never_accepted_again()
    {
        IStreamWriter stale = _rig.Journal.OpenWriter("a"), fresh = _rig.Journal.OpenWriter("a");
        Task first = fresh.AppendAsync(0, "one"u8.ToArray());
        Task refused = stale.AppendAsync(0, "uno"u8.ToArray());
        _rig.Flush();
        await first;

        await Assert.ThrowsAsync<JournalUnavailableException>(() => stale.AppendAsync(1, "due"u8.ToArray()));
        Task second = fresh.AppendAsync(1, "two"u8.ToArray());
        _rig.Flush();
        await second;
        await Assert.ThrowsAsync<JournalConflictException>(() => refused);
        Assert.Equal(["1:one", "2:two"], await _rig.Read("a"));
    }

    [Fact]
    public async Task A_refusal_meets_its_writer_and_not_another_one_of_the_same_stream()
    {
        IStreamWriter stale = _rig.Journal.OpenWriter("a"), fresh = _rig.Journal.OpenWriter("a");
        Task[] accepted = [fresh.AppendAsync(0, "one"u8.ToArray())];
        Task[] refused = [stale.AppendAsync(0, "uno"u8.ToArray()), stale.AppendAsync(1, "due"u8.ToArray())];
        accepted = [.. accepted, fresh.AppendAsync(1, "two"u8.ToArray())];
        _rig.Flush();

        await Task.WhenAll(accepted);
        Assert.All(refused, append => Assert.IsType<JournalConflictException>(append.Exception!.InnerException));
        Assert.Equal(["1:one", "2:two"], await _rig.Read("a"));
    }

    [Fact]
    public async Task A_writer_that_met_a_failing_flush_is_never_accepted_again()
    {
        IStreamWriter writer = _rig.Journal.OpenWriter("a");
        _rig.Store.FailAfter = true;
        Task uncertain = writer.AppendAsync(0, "one"u8.ToArray());
        _rig.Flush();

        await Assert.ThrowsAsync<JournalUnavailableException>(() => uncertain);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => writer.AppendAsync(1, "two"u8.ToArray()));
        Assert.False(_rig.Flush());
    }

    [Fact]
    public async Task An_append_that_leaves_a_gap_is_refused()
    {
        Task early = _rig.Append("a", 1, "two");
        _rig.Flush();
        await Assert.ThrowsAsync<JournalConflictException>(() => early);
        Assert.Equal(0, await _rig.Reader.ReadHeadAsync("a"));
    }

    [Fact]
    public async Task After_a_refusal_the_stream_goes_on_from_what_is_stored()
    {
        Task first = _rig.Append("a", 0, "one");
        Task stale = _rig.Append("a", 0, "uno");
        _rig.Flush();
        Task second = _rig.Append("a", 1, "two");
        _rig.Flush();

        await Task.WhenAll(first, second);
        Assert.True(stale.IsFaulted);
        Assert.Equal(["1:one", "2:two"], await _rig.Read("a"));
    }

    [Fact]
    public async Task The_database_has_the_last_word_when_another_writer_moved_the_stream()
    {
        using var other = new JournalRig(_database);
        Task first = _rig.Append("a", 0, "one");
        _rig.Flush();
        Task theirs = other.Append("a", 1, "theirs");
        other.Flush();

        Task mine = _rig.Append("a", 1, "mine");
        Task unrelated = _rig.Append("b", 0, "b1");
        _rig.Flush();

        await Task.WhenAll(first, theirs, unrelated);
        await Assert.ThrowsAsync<JournalConflictException>(() => mine);
        Assert.Equal(["1:one", "2:theirs"], await _rig.Read("a"));
        Task next = _rig.Append("a", 2, "three");
        _rig.Flush();
        await next;
        Assert.Equal(["1:one", "2:theirs", "3:three"], await _rig.Read("a"));
    }

    [Fact]
    public async Task Two_writers_that_create_the_same_stream_do_not_both_win()
    {
        using var other = new JournalRig(_database);
        Task refusedFirst = _rig.Append("a", 7, "to make this writer remember that the stream is empty");
        _rig.Flush();
        Task theirs = other.Append("a", 0, "theirs");
        other.Flush();
        Task mine = _rig.Append("a", 0, "mine");
        _rig.Flush();

        await theirs;
        Assert.True(refusedFirst.IsFaulted);
        await Assert.ThrowsAsync<JournalConflictException>(() => mine);
        Assert.Equal(["1:theirs"], await _rig.Read("a"));
    }

    [Fact]
    public async Task A_flush_that_fails_fails_all_of_it_and_leaves_nothing()
    {
        Task before = _rig.Append("a", 0, "one");
        _rig.Flush();
        _rig.Store.FailBefore = true;
        Task[] lost = [_rig.Append("a", 1, "two"), _rig.Append("b", 0, "b1")];
        _rig.Flush();

        await before;
        foreach (Task append in lost)
        {
            var failure = await Assert.ThrowsAsync<JournalUnavailableException>(() => append);
            Assert.Equal("The disk is gone.", failure.InnerException!.Message);
        }

        Assert.Equal(1, await _rig.Reader.ReadHeadAsync("a"));
        Task again = _rig.Append("a", 1, "two again");
        _rig.Flush();
        await again;
        Assert.Equal(["1:one", "2:two again"], await _rig.Read("a"));
    }

    [Fact]
    public async Task A_flush_whose_answer_is_lost_counts_as_failed_and_the_stream_goes_on_after_what_it_wrote()
    {
        _rig.Store.FailAfter = true;
        Task uncertain = _rig.Append("a", 0, "one");
        _rig.Flush();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => uncertain);

        Task fromMemory = _rig.Append("a", 0, "one");
        _rig.Flush();
        await Assert.ThrowsAsync<JournalConflictException>(() => fromMemory);

        Assert.Equal(1, await _rig.Reader.ReadHeadAsync("a"));
        Task second = _rig.Append("a", 1, "two");
        _rig.Flush();
        await second;
        Assert.Equal(["1:one", "2:two"], await _rig.Read("a"));
    }

    [Fact]
    public async Task Nothing_slips_in_behind_a_flush_with_unknown_outcome()
    {
        using var database = new TestDatabase();
        using var rig = new JournalRig(database, new StorageOptions { FlushMaxAppends = 1 });
        rig.Store.FailAfter = true;
        Task uncertain = rig.Append("a", 0, "one");
        Task pipelined = rig.Append("a", 1, "two");
        rig.Flush();

        await Assert.ThrowsAsync<JournalUnavailableException>(() => uncertain);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => pipelined);
        Assert.False(rig.Flush());
        Assert.Equal(["1:one"], await rig.Read("a"));
    }

    [Fact]
    public async Task An_overfull_queue_refuses_at_once_and_takes_on_again_when_it_has_been_flushed()
    {
        using var database = new TestDatabase();
        using var rig = new JournalRig(database, new StorageOptions { QueueMaxAppends = 2 });
        Task[] accepted = [rig.Append("a", 0, "one"), rig.Append("a", 1, "two")];
        var refusal = await Assert.ThrowsAsync<JournalUnavailableException>(() => rig.Append("a", 2, "three"));
        Assert.StartsWith("Overloaded: 2 appends", refusal.Message, StringComparison.Ordinal);

        rig.Flush();
        await Task.WhenAll(accepted);
        Task again = rig.Append("a", 2, "three");
        rig.Flush();
        await again;
    }

    [Fact]
    public async Task A_queue_says_when_it_fills_long_before_it_refuses()
    {
        using var database = new TestDatabase();
        using var rig = new JournalRig(database, new StorageOptions { QueueMaxAppends = 8, QueueMaxBytes = 16 });
        var loads = new List<JournalLoad>();
        var appends = new List<Task>();
        for (int i = 0; i < 8; i++)
        {
            loads.Add(rig.Journal.Load);
            appends.Add(rig.Append("a", i, "x"));
        }

        Assert.Equal(
            [.. Enumerable.Repeat(JournalLoad.Normal, 4), .. Enumerable.Repeat(JournalLoad.Busy, 2), .. Enumerable.Repeat(JournalLoad.Full, 2)],
            loads);
        rig.Flush();
        await Task.WhenAll(appends);
        Assert.Equal(JournalLoad.Normal, rig.Journal.Load);

        Task large = rig.Append("a", 8, "12345678");
        Assert.Equal(JournalLoad.Busy, rig.Journal.Load);
        rig.Flush();
        await large;
    }

    [Fact]
    public async Task A_queue_is_bounded_in_bytes_too()
    {
        using var database = new TestDatabase();
        using var rig = new JournalRig(database, new StorageOptions { QueueMaxBytes = 10 });
        Task accepted = rig.Append("a", 0, "12345678");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => rig.Append("a", 1, "123"));
        rig.Flush();
        await accepted;
    }

    [Fact]
    public async Task The_feed_tells_what_became_durable_and_nothing_else()
    {
        var records = new List<DurableRecord>();
        Assert.False(_rig.Feed.Take(ref records));
        Task first = _rig.Append("a", 0, "one");
        Task stale = _rig.Append("a", 0, "uno");
        _rig.Flush();
        _rig.Store.FailAfter = true;
        Task uncertain = _rig.Append("b", 0, "b1");
        _rig.Flush();

        Assert.True(_rig.Feed.Take(ref records));
        DurableRecord record = Assert.Single(records);
        Assert.Equal(("a", 1L, "one"), (record.Stream, record.Sequence, System.Text.Encoding.UTF8.GetString(record.Payload.Span)));
        await first;
        Assert.True(stale.IsFaulted && uncertain.IsFaulted);
    }

    [Fact]
    public async Task A_feed_that_nobody_empties_says_that_it_missed_something()
    {
        var records = new List<DurableRecord>();
        _rig.Feed.Take(ref records);
        var appends = new List<Task>();
        for (int sequence = 0; sequence < 101; sequence++)
        {
            appends.Add(_rig.Append("a", sequence, "x"));
        }

        _rig.Flush();
        await Task.WhenAll(appends);
        Assert.False(_rig.Feed.Take(ref records));
        Assert.Empty(records);
        Assert.True(_rig.Feed.Take(ref records));
    }
}
