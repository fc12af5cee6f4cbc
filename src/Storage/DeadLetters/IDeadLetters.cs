namespace Exchange.Storage.DeadLetters;

/// <summary>A message that its receiver refused. Source and target name grains; the payload is the sender's own format.</summary>
public sealed record DeadLetter(
    long Id, string Source, string Target, string Reason, ReadOnlyMemory<byte> Payload, long AddedAtMs, int Retries, long RetriedAtMs);

/// <summary>What could not be delivered, kept until an operator decides. Every change is durable when its task completes.</summary>
public interface IDeadLetters
{
    Task<long> AddAsync(string source, string target, string reason, ReadOnlyMemory<byte> payload);

    /// <summary>Oldest first, those after the given id; at most 1,000 at a time.</summary>
    Task<IReadOnlyList<DeadLetter>> ListAsync(long afterId = 0, int limit = 100, CancellationToken cancellation = default);

    Task<DeadLetter?> FindAsync(long id, CancellationToken cancellation = default);

    /// <summary>Notes that it was delivered again; false when there is no such letter.</summary>
    Task<bool> MarkRetriedAsync(long id);

    /// <summary>False when there is no such letter.</summary>
    Task<bool> DropAsync(long id);

    Task<long> CountAsync(CancellationToken cancellation = default);
}
