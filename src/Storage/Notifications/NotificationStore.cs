using Exchange.Storage.Sql;
using Exchange.Storage.State;

namespace Exchange.Storage.Notifications;

internal sealed class NotificationStore(StateSession session, TimeProvider time) : INotifications
{
    public Task<long> AddAsync(long account, string kind, string body) => session.Run(state =>
    {
        ISqlStatement insert = state["INSERT INTO notifications (account, kind, body, added_ms, is_read) VALUES ($1, $2, $3, $4, 0) RETURNING id"];
        insert.Bind(1, account).Bind(2, kind).Bind(3, body).Bind(4, time.GetUtcNow().ToUnixTimeMilliseconds()).Read();
        long id = insert.Int64(0);
        insert.Reset();
        return id;
    });

    public Task<IReadOnlyList<Notification>> ListAsync(long account, long beforeId, int limit, bool unreadOnly, CancellationToken cancellation) =>
        session.Run<IReadOnlyList<Notification>>(
            state =>
            {
                ISqlStatement query = state["SELECT id, kind, body, added_ms, is_read FROM notifications WHERE account = $1 AND id < $2 AND "
                    + "is_read <= $3 ORDER BY id DESC LIMIT $4"];
                query.Bind(1, account).Bind(2, beforeId).Bind(3, unreadOnly ? 0 : 1).Bind(4, Paging.Cap(limit));
                var notifications = new List<Notification>();
                while (query.Read())
                {
                    notifications.Add(new Notification(
                        query.Int64(0), account, query.Text(1), query.Text(2), query.Int64(3), query.Int64(4) != 0));
                }

                return notifications;
            },
            cancellation);

    public Task<long> CountUnreadAsync(long account, CancellationToken cancellation) => session.Run(
        state =>
        {
            ISqlStatement query = state["SELECT COUNT(*) FROM notifications WHERE account = $1 AND is_read = 0"];
            query.Bind(1, account).Read();
            long unread = query.Int64(0);
            query.Reset();
            return unread;
        },
        cancellation);

    public Task<int> MarkReadAsync(long account, long upToId) => session.Run(state =>
        state["UPDATE notifications SET is_read = 1 WHERE account = $1 AND id <= $2 AND is_read = 0"]
            .Bind(1, account).Bind(2, upToId).Run());
}
