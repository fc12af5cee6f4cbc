using System.Diagnostics;

namespace Exchange.Storage.Journal;

/// <summary>An append on its way to the disk. Whoever waits for it never runs on the writer's thread.</summary>
internal sealed class PendingAppend(string stream, long expected, ReadOnlyMemory<byte> payload, StreamWriter? writer)
    : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public string Stream { get; } = stream;

    public long Expected { get; } = expected;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    /// <summary>Null for an append that stands for itself.</summary>
    public StreamWriter? Writer { get; } = writer;

    /// <summary>Null where nobody listens.</summary>
    public Activity? Trace { get; } = JournalActivities.StartAppend(stream);

    public bool Refused { get; set; }

    public void Conflict() => TrySetException(new JournalConflictException(Stream, Expected));
}
