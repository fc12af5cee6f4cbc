namespace Exchange.Storage.Closures;

/// <summary>
/// Something that happened to an account and that its owner is told, once: the key names the durable event it comes from. The
/// body is what the owner reads, as JSON; action and detail are its line in the audit log.
/// </summary>
public sealed record Closure(string Key, long Account, string Kind, string Body, string Action, string Detail, long AtMs);

/// <summary>Tells owners what happened. Every change is durable when its task completes.</summary>
public interface IClosures
{
    /// <summary>
    /// Stores each closure's notification, audit row and record, all or nothing, and nothing of those that were stored before.
    /// Answers the ids of the notifications, in order; zero for one that has been read and cleaned up since.
    /// </summary>
    Task<IReadOnlyList<long>> FileAsync(IReadOnlyList<Closure> closures, int attempts);

    /// <summary>Puts what could not be filed on the dead-letter list, once, where it waits for <see cref="IClosureRecords.RetryAsync"/>.</summary>
    Task BuryAsync(Closure closure, int attempts, string reason);
}

public enum ClosureOutcome
{
    Completed = 0,

    /// <summary>It is among the dead letters and waits for an operator.</summary>
    Failed = 1,

    /// <summary>An operator gave it up.</summary>
    GivenUp = 2,
}

public sealed record ClosureRow(
    long Id, string Key, long Account, string Kind, ClosureOutcome Outcome, int Attempts, string Error, long AtMs, long FiledAtMs);

/// <summary>A closure that could not be filed, and why.</summary>
public sealed record ClosureLetter(long Id, Closure Closure, string Reason, long AddedAtMs);

/// <param name="Kind">As in <see cref="Closure.Kind"/>.</param>
public sealed record ClosureCount(string Kind, long Completed, long Failed);

/// <summary>What has been told and what has not, for operators. Only the newest rows are kept, the counts go back to the beginning.</summary>
public interface IClosureRecords
{
    /// <summary>Newest first, those before the given id; at most 1,000 at a time.</summary>
    Task<IReadOnlyList<ClosureRow>> ListAsync(long beforeId = long.MaxValue, int limit = 100, CancellationToken cancellation = default);

    Task<IReadOnlyList<ClosureCount>> CountAsync(CancellationToken cancellation = default);

    /// <summary>Those that wait for an operator, oldest first, after the given id; at most 1,000 at a time.</summary>
    Task<IReadOnlyList<ClosureLetter>> LettersAsync(long afterId = 0, int limit = 100, CancellationToken cancellation = default);

    /// <summary>Gives a dead letter up; false when it is not a closure's or does not wait.</summary>
    Task<bool> GiveUpAsync(long letterId);

    /// <summary>Files what a dead letter carries and completes the letter; false when it is not a closure's or does not wait.</summary>
    Task<bool> RetryAsync(long letterId);
}
