namespace Exchange.Storage.Journal;

internal sealed class StreamWriter(SqlJournal journal, string stream) : IStreamWriter
{
    /// <summary>The current flush refused one of its appends. Only for the thread that flushes.</summary>
    public bool Refused { get; set; }

    /// <summary>One of its appends has failed. Guarded by the queue.</summary>
    public bool Failed { get; set; }

    public Task AppendAsync(long expectedSequence, ReadOnlyMemory<byte> payload) =>
        journal.Append(new PendingAppend(stream, expectedSequence, payload, this));
}
