using System.Text;
using Exchange.Storage.DeadLetters;
using Exchange.Storage.Notifications;
using Exchange.Storage.State;

namespace Exchange.Storage.Tests;

public sealed class DeadLetterTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly JournalRig _rig;
    private readonly StateSession _session;
    private readonly DeadLetterStore _letters;
    private readonly NotificationStore _notifications;

    public DeadLetterTests()
    {
        _rig = new JournalRig(_database);
        _session = new StateSession(_rig.Dialect);
        _letters = new DeadLetterStore(_session, new StorageOptions(), TimeProvider.System);
        _notifications = new NotificationStore(_session, TimeProvider.System);
    }

    public void Dispose()
    {
        _session.Dispose();
        _rig.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task A_letter_is_kept_until_it_is_dropped()
    {
        long id = await _letters.AddAsync("symbol/BTC_USDT", "portfolio/7", "400", "payload"u8.ToArray());
        DeadLetter letter = (await _letters.FindAsync(id, default))!;
        Assert.Equal(("symbol/BTC_USDT", "portfolio/7", "400", 0), (letter.Source, letter.Target, letter.Reason, letter.Retries));
        Assert.Equal("payload", Encoding.UTF8.GetString(letter.Payload.Span));

        Assert.True(await _letters.MarkRetriedAsync(id));
        Assert.Equal(1, (await _letters.FindAsync(id, default))!.Retries);
        Assert.True(await _letters.DropAsync(id));
        Assert.False(await _letters.DropAsync(id));
        Assert.False(await _letters.MarkRetriedAsync(id));
        Assert.Null(await _letters.FindAsync(id, default));
    }

    [Fact]
    public async Task Letters_are_listed_page_by_page()
    {
        for (int letter = 0; letter < 5; letter++)
        {
            await _letters.AddAsync("a", "b", $"{letter}", default);
        }

        IReadOnlyList<DeadLetter> first = await _letters.ListAsync(0, 3, default);
        IReadOnlyList<DeadLetter> second = await _letters.ListAsync(first[^1].Id, 3, default);
        Assert.Equal(["0", "1", "2", "3", "4"], first.Concat(second).Select(letter => letter.Reason));
        Assert.Equal(5, await _letters.CountAsync(default));
    }

    [Fact]
    public async Task Notifications_belong_to_their_account_and_are_read_once()
    {
        await _notifications.AddAsync(1, "order", "first");
        long second = await _notifications.AddAsync(1, "order", "second");
        await _notifications.AddAsync(2, "order", "somebody else's");

        IReadOnlyList<Notification> page = await _notifications.ListAsync(1, long.MaxValue, 10, false, default);
        Assert.Equal(["second", "first"], page.Select(notification => notification.Body));
        Assert.Equal(["first"], (await _notifications.ListAsync(1, second, 10, false, default)).Select(notification => notification.Body));
        Assert.Equal(2, await _notifications.MarkReadAsync(1, second));
        Assert.Equal(0, await _notifications.MarkReadAsync(1, second));
        Assert.All(await _notifications.ListAsync(1, long.MaxValue, 10, false, default), notification => Assert.True(notification.IsRead));
    }
}
