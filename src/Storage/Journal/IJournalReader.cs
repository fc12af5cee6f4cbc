namespace Exchange.Storage.Journal;

public readonly record struct StreamHead(string Stream, long Sequence);

public readonly record struct StreamRecord(string Stream, long Sequence, ReadOnlyMemory<byte> Payload);

/// <summary>The journal as a whole, for those who look after it: supervisor, auditor, read model.</summary>
public interface IJournalReader
{
    /// <summary>0 for a stream that has never been written.</summary>
    ValueTask<long> ReadHeadAsync(string stream, CancellationToken cancellation = default);

    /// <summary>All streams whose name starts with the prefix, in the order of their names.</summary>
    IAsyncEnumerable<StreamHead> ReadHeadsAsync(string prefix, CancellationToken cancellation = default);

    /// <summary>Every record there is, in the order in which it became durable.</summary>
    IAsyncEnumerable<StreamRecord> ReadAllAsync(CancellationToken cancellation = default);
}
