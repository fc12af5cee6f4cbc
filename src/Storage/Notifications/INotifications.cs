namespace Exchange.Storage.Notifications;

public sealed record Notification(long Id, long Account, string Kind, string Body, long AddedAtMs, bool IsRead);

/// <summary>What users are told outside of their requests. Every change is durable when its task completes.</summary>
public interface INotifications
{
    Task<long> AddAsync(long account, string kind, string body);

    /// <summary>Newest first, those before the given id; at most 1,000 at a time.</summary>
    Task<IReadOnlyList<Notification>> ListAsync(
        long account, long beforeId = long.MaxValue, int limit = 100, bool unreadOnly = false, CancellationToken cancellation = default);

    Task<long> CountUnreadAsync(long account, CancellationToken cancellation = default);

    /// <summary>Answers how many were unread until now.</summary>
    Task<int> MarkReadAsync(long account, long upToId);
}
