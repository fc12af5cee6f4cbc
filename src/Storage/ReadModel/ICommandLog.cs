using Exchange.Domain;

namespace Exchange.Storage.ReadModel;

/// <summary>The subject is what the command was about: an order, a deposit, a market.</summary>
public readonly record struct CommandEntry(
    long Account, string Kind, string Subject, Reason Outcome, long ReceivedAtMs, long LatencyMicroseconds);

public sealed record CommandRow(long Id, CommandEntry Command);

/// <summary>
/// What users asked for and how long it took. For looking at, not for accounting: entries are written some time later,
/// are dropped when they come too fast, and only the newest are kept.
/// </summary>
public interface ICommandLog
{
    void Record(in CommandEntry command);

    /// <summary>Newest first, of one account only where it is not null; at most 1,000 at a time.</summary>
    Task<IReadOnlyList<CommandRow>> ListAsync(
        long? account, long beforeId = long.MaxValue, int limit = 100, CancellationToken cancellation = default);
}
