namespace Exchange.Storage.DeadLetters;

public enum DeadLetterState
{
    Waiting = 0,

    /// <summary>It was delivered after all.</summary>
    Delivered = 1,

    /// <summary>An operator gave it up.</summary>
    GivenUp = 2,
}

/// <summary>A message that its receiver refused. Source and target name grains; the payload is the sender's own format.</summary>
public sealed record DeadLetter(
    long Id, string Source, string Target, string Reason, ReadOnlyMemory<byte> Payload, long AddedAtMs, int Retries, long RetriedAtMs,
    DeadLetterState State = DeadLetterState.Waiting);

/// <summary>Settlements that could not be delivered, kept until an operator decides. Every change is durable when its task completes.</summary>
public interface IDeadLetters
{
    Task<long> AddAsync(string source, string target, string reason, ReadOnlyMemory<byte> payload);

    /// <summary>Those that wait, oldest first, after the given id; at most 1,000 at a time.</summary>
    Task<IReadOnlyList<DeadLetter>> ListAsync(long afterId = 0, int limit = 100, CancellationToken cancellation = default);

    /// <summary>Those that were decided about, newest first, before the given id. Only so many are kept as the settings say.</summary>
    Task<IReadOnlyList<DeadLetter>> PastAsync(long beforeId = long.MaxValue, int limit = 100, CancellationToken cancellation = default);

    /// <summary>Null unless it waits.</summary>
    Task<DeadLetter?> FindAsync(long id, CancellationToken cancellation = default);

    /// <summary>Notes that it was delivered again; false when there is no such letter.</summary>
    Task<bool> MarkRetriedAsync(long id);

    /// <summary>It has been delivered; false when no such letter waits.</summary>
    Task<bool> CompleteAsync(long id);

    /// <summary>It is given up; false when no such letter waits.</summary>
    Task<bool> DropAsync(long id);

    /// <summary>How many wait.</summary>
    Task<long> CountAsync(CancellationToken cancellation = default);
}
