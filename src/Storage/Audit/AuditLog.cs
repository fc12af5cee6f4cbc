using Exchange.Storage.Sql;
using Exchange.Storage.State;

namespace Exchange.Storage.Audit;

internal sealed class AuditLog(StateSession session, TimeProvider time) : IAuditLog
{
    public Task AddAsync(string actor, string action, string detail, string address) => session.Run(state =>
        state["INSERT INTO audit_log (at_ms, actor, action, detail, address) VALUES ($1, $2, $3, $4, $5)"]
            .Bind(1, time.GetUtcNow().ToUnixTimeMilliseconds()).Bind(2, actor).Bind(3, action).Bind(4, detail).Bind(5, address).Run());

    public Task<IReadOnlyList<AuditEntry>> ListAsync(long beforeId, int limit, CancellationToken cancellation) =>
        session.Run<IReadOnlyList<AuditEntry>>(
            state =>
            {
                ISqlStatement query = state["SELECT id, at_ms, actor, action, detail, address FROM audit_log WHERE id < $1 ORDER BY id DESC "
                    + "LIMIT $2"];
                query.Bind(1, beforeId).Bind(2, Paging.Cap(limit));
                var entries = new List<AuditEntry>();
                while (query.Read())
                {
                    entries.Add(new AuditEntry(
                        query.Int64(0), query.Int64(1), query.Text(2), query.Text(3), query.Text(4), query.Text(5)));
                }

                return entries;
            },
            cancellation);
}
