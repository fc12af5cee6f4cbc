using System.Collections.Concurrent;
using Exchange.Storage.Audit;

namespace Exchange.Api.Tests.Fakes;

public sealed class FakeAuditLog : IAuditLog
{
    public ConcurrentQueue<AuditEntry> Entries { get; } = new();

    public Task AddAsync(string actor, string action, string detail, string address)
    {
        Entries.Enqueue(new AuditEntry(Entries.Count + 1, 0, actor, action, detail, address));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditEntry>> ListAsync(long beforeId, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<AuditEntry>>([.. Entries.Where(entry => entry.Id < beforeId).Reverse().Take(limit)]);
}
