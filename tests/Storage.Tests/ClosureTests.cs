using Exchange.Storage.Audit;
using Exchange.Storage.Closures;
using Exchange.Storage.DeadLetters;
using Exchange.Storage.Notifications;
using Exchange.Storage.State;

namespace Exchange.Storage.Tests;

public sealed class ClosureTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly JournalRig _rig;
    private readonly StateSession _session;
    private readonly StorageOptions _options = new()
    {
        ClosuresCompletedKept = 3,
        DeadLettersCompletedKept = 2,
        DeadLettersFailedKept = 1,
        NotificationsKept = 20,
    };
    private readonly ClosureStore _closures;
    private readonly NotificationStore _notifications;
    private readonly DeadLetterStore _letters;
    private readonly AuditLog _audit;

    public ClosureTests()
    {
        _rig = new JournalRig(_database);
        _session = new StateSession(_rig.Dialect);
        _closures = new ClosureStore(_session, _options, TimeProvider.System);
        _notifications = new NotificationStore(_session, TimeProvider.System);
        _letters = new DeadLetterStore(_session, _options, TimeProvider.System);
        _audit = new AuditLog(_session, TimeProvider.System);
    }

    public void Dispose()
    {
        _session.Dispose();
        _rig.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task A_closure_is_a_notification_an_audit_row_and_a_record()
    {
        long id = Assert.Single(await _closures.FileAsync([Closing("BTC:7:0")], attempts: 2));

        Notification told = Assert.Single(await _notifications.ListAsync(1, long.MaxValue, 10, false, default));
        Assert.Equal((id, "POSITION_CLOSED", "{\"n\":1}", 5L, false), (told.Id, told.Kind, told.Body, told.AddedAtMs, told.IsRead));
        AuditEntry row = Assert.Single(await _audit.ListAsync(long.MaxValue, 10, default));
        Assert.Equal(("account 1", "position closed", "detail"), (row.Actor, row.Action, row.Detail));
        ClosureRow record = Assert.Single(await _closures.ListAsync(long.MaxValue, 10, default));
        Assert.Equal(("BTC:7:0", ClosureOutcome.Completed, 2), (record.Key, record.Outcome, record.Attempts));
        Assert.Equal([new ClosureCount("POSITION_CLOSED", 1, 0)], await _closures.CountAsync(default));
    }

    [Fact]
    public async Task The_same_closure_again_changes_nothing_and_has_the_same_id()
    {
        long id = (await _closures.FileAsync([Closing("BTC:7:0")], 1))[0];
        await _notifications.MarkReadAsync(1, id);

        Assert.Equal([id], await _closures.FileAsync([Closing("BTC:7:0")], 1));

        Assert.True(Assert.Single(await _notifications.ListAsync(1, long.MaxValue, 10, false, default)).IsRead);
        Assert.Single(await _audit.ListAsync(long.MaxValue, 10, default));
    }

    [Fact]
    public async Task Many_accounts_at_once_are_each_told_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => _closures.FileAsync([Closing($"BTC:{n % 100}:0", account: n % 100)], 1)));

        for (int account = 0; account < 100; account++)
        {
            Assert.Single(await _notifications.ListAsync(account, long.MaxValue, 10, false, default));
        }
    }

    [Fact]
    public async Task A_closure_that_cannot_be_stored_does_not_take_others_with_it()
    {
        Task<IReadOnlyList<long>> sound = _closures.FileAsync([Closing("BTC:1:0")], 1);
        Task<IReadOnlyList<long>> broken = _closures.FileAsync([Closing("BTC:2:0") with { Body = null! }], 1);

        Assert.True((await sound)[0] > 0);
        await Assert.ThrowsAnyAsync<Exception>(() => broken);
        Assert.Single(await _notifications.ListAsync(1, long.MaxValue, 10, false, default));
    }

    [Fact]
    public async Task What_was_buried_is_told_once_an_operator_tries_again()
    {
        await _closures.BuryAsync(Closing("BTC:7:0"), 3, "no disk");
        await _closures.BuryAsync(Closing("BTC:7:0"), 3, "no disk");
        Assert.Single(await _closures.FileAsync([Closing("BTC:9:0")], 1));
        ClosureLetter letter = Assert.Single(await _closures.LettersAsync(0, 10, default));
        Assert.Equal(("BTC:7:0", "no disk"), (letter.Closure.Key, letter.Reason));
        Assert.Equal([new ClosureCount("POSITION_CLOSED", 1, 1)], await _closures.CountAsync(default));

        Assert.True(await _closures.RetryAsync(letter.Id));
        Assert.False(await _closures.RetryAsync(letter.Id));

        Assert.Equal(2, (await _notifications.ListAsync(1, long.MaxValue, 10, false, default)).Count);
        Assert.Empty(await _closures.LettersAsync(0, 10, default));
        Assert.Equal([new ClosureCount("POSITION_CLOSED", 2, 0)], await _closures.CountAsync(default));
    }

    [Fact]
    public async Task A_buried_closure_that_comes_again_stays_buried()
    {
        await _closures.BuryAsync(Closing("BTC:7:0"), 3, "no disk");
        Assert.Single(await _closures.LettersAsync(0, 10, default));

        await _closures.BuryAsync(Closing("BTC:7:0"), 3, "no disk");

        Assert.Single(await _closures.LettersAsync(0, 10, default));
    }

    [Fact]
    public async Task Only_so_many_of_what_is_over_are_kept_and_all_that_wait()
    {
        for (int n = 0; n < 10; n++)
        {
            await _closures.FileAsync([Closing($"BTC:{n}:0", account: 2)], 1);
        }

        for (int n = 10; n < 15; n++)
        {
            await _closures.BuryAsync(Closing($"BTC:{n}:0"), 3, "no disk");
        }

        Assert.Equal(3, (await _closures.ListAsync(long.MaxValue, 100, default)).Count(row => row.Outcome == ClosureOutcome.Completed));
        Assert.Equal(5, (await _closures.ListAsync(long.MaxValue, 100, default)).Count(row => row.Outcome == ClosureOutcome.Failed));
        var letters = await _closures.LettersAsync(0, 100, default);
        Assert.Equal(5, letters.Count);

        foreach (ClosureLetter letter in letters.Take(3))
        {
            await _closures.RetryAsync(letter.Id);
        }

        foreach (ClosureLetter letter in letters.Skip(3))
        {
            await _closures.GiveUpAsync(letter.Id);
        }

        Assert.Empty(await _closures.LettersAsync(0, 100, default));
        Assert.Empty(await _letters.ListAsync(0, 100, default));
        Assert.Equal(2, (await _closures.ListAsync(long.MaxValue, 100, default)).Count(row => row.Outcome == ClosureOutcome.GivenUp));
    }

    [Fact]
    public async Task An_account_has_about_as_many_notifications_as_are_to_be_kept()
    {
        for (int n = 0; n < 256; n++)
        {
            await _closures.FileAsync([Closing($"BTC:{n}:0")], 1);
        }

        Assert.InRange((await _notifications.ListAsync(1, long.MaxValue, 300, false, default)).Count, 20, 180);
        Assert.InRange(await _notifications.CountUnreadAsync(1, default), 20, 180);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(32)]
    public async Task Accounts_that_are_told_in_turns_are_trimmed_like_any_other(int accounts)
    {
        for (int n = 0; n < 256; n++)
        {
            await _closures.FileAsync([.. Enumerable.Range(1, accounts).Select(account => Closing($"BTC:{n}:{account}", account))], 1);
        }

        for (int account = 1; account <= accounts; account++)
        {
            Assert.InRange((await _notifications.ListAsync(account, long.MaxValue, 300, false, default)).Count, 20, 180);
        }
    }

    [Fact]
    public async Task Unread_notifications_are_counted_and_can_be_asked_for_alone()
    {
        var ids = await _closures.FileAsync([Closing("BTC:1:0"), Closing("BTC:2:0"), Closing("BTC:3:0")], 1);
        await _notifications.MarkReadAsync(1, ids[1]);

        Assert.Equal(1, await _notifications.CountUnreadAsync(1, default));
        Assert.Equal(ids[2], Assert.Single(await _notifications.ListAsync(1, long.MaxValue, 10, true, default)).Id);
        Assert.Equal(0, await _notifications.CountUnreadAsync(2, default));
    }

    private static Closure Closing(string key, long account = 1) =>
        new(key, account, "POSITION_CLOSED", "{\"n\":1}", "position closed", "detail", 5);
}
