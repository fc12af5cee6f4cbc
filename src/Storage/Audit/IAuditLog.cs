namespace Exchange.Storage.Audit;

public sealed record AuditEntry(long Id, long AtMs, string Actor, string Action, string Detail, string Address);

/// <summary>Who did what that matters for security. Nothing is ever changed or removed; an entry is durable when its task completes.</summary>
public interface IAuditLog
{
    Task AddAsync(string actor, string action, string detail, string address);

    /// <summary>Newest first, those before the given id; at most 1,000 at a time.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAsync(long beforeId = long.MaxValue, int limit = 100, CancellationToken cancellation = default);
}
