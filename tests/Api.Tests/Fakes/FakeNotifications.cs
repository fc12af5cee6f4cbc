using Exchange.Storage.Notifications;

namespace Exchange.Api.Tests.Fakes;

public sealed class FakeNotifications : INotifications
{
    private readonly List<Notification> _notifications = [];

    public Task<long> AddAsync(long account, string kind, string body)
    {
        lock (_notifications)
        {
            _notifications.Add(new Notification(_notifications.Count + 1, account, kind, body, 7, false));
            return Task.FromResult((long)_notifications.Count);
        }
    }

    public Task<IReadOnlyList<Notification>> ListAsync(
        long account, long beforeId = long.MaxValue, int limit = 100, bool unreadOnly = false, CancellationToken cancellation = default)
    {
        lock (_notifications)
        {
            return Task.FromResult<IReadOnlyList<Notification>>(
            [
                .. _notifications
                    .Where(known => known.Account == account && known.Id < beforeId && !(unreadOnly && known.IsRead))
                    .OrderByDescending(known => known.Id)
                    .Take(limit),
            ]);
        }
    }

    public Task<long> CountUnreadAsync(long account, CancellationToken cancellation = default)
    {
        lock (_notifications)
            return Task.FromResult(_notifications.LongCount(known => known.Account == account && !known.IsRead));
    }

    public Task<int> MarkReadAsync(long account, long upToId)
    {
        lock (_notifications)
        {
            var marked = 0;
            for (var i = 0; i < _notifications.Count; i++)
            {
                if (_notifications[i] is not { IsRead: false } known || known.Account != account || known.Id > upToId)
                    continue;
                _notifications[i] = known with { IsRead = true };
                marked++;
            }

            return Task.FromResult(marked);
        }
    }
}
