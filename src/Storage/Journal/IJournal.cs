namespace Exchange.Storage.Journal;

public readonly record struct JournalRecord(long Sequence, ReadOnlyMemory<byte> Payload);

/// <summary>
/// How much waits to be written. Asked before something is decided that nobody relies on yet: refused then, it has changed
/// nothing.
/// </summary>
public enum JournalLoad
{
    Normal = 0,

    /// <summary>No new work is to be taken on.</summary>
    Busy = 1,

    /// <summary>What room is left is for what is owed already.</summary>
    Full = 2,
}

public interface IJournal
{
    JournalLoad Load { get; }

    /// <summary>
    /// Appends one record after <paramref name="expectedSequence"/> (0 for an empty stream) and completes when it is durable.
    /// Appends of one stream may be pipelined: the caller need not wait for one before it makes the next.
    /// </summary>
    /// <exception cref="JournalConflictException">The stream has moved on: the caller is a stale writer.</exception>
    /// <exception cref="JournalUnavailableException">Not accepted, or not known to be: the caller must start over from what is stored.</exception>
    Task AppendAsync(string stream, long expectedSequence, ReadOnlyMemory<byte> payload);

    /// <summary>
    /// For one activation that decides on the state of a stream. After its first append that fails, no later one is
    /// accepted: without that, an append decided on refused state could slip in where its number happens to fit.
    /// </summary>
    IStreamWriter OpenWriter(string stream);

    IAsyncEnumerable<JournalRecord> ReadAsync(string stream, long afterSequence, CancellationToken cancellation = default);
}

public interface IStreamWriter
{
    /// <inheritdoc cref="IJournal.AppendAsync"/>
    Task AppendAsync(long expectedSequence, ReadOnlyMemory<byte> payload);
}

public sealed class JournalConflictException(string stream, long expected)
    : Exception($"Stream '{stream}' is no longer at sequence {expected}.")
{
    public string Stream { get; } = stream;
}

public sealed class JournalUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
