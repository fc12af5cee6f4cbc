namespace Exchange.Storage.Snapshots;

public readonly record struct Snapshot(long Sequence, ReadOnlyMemory<byte> Payload);

public interface ISnapshotStore
{
    /// <summary>Keeps the state as of a durable <paramref name="sequence"/>; compresses, checksums and forgets all but the last ten.</summary>
    Task SaveAsync(string stream, long sequence, ReadOnlyMemory<byte> payload);

    /// <summary>The newest snapshot that is whole; a damaged one is skipped with a warning for the one before it.</summary>
    ValueTask<Snapshot?> LoadAsync(string stream, CancellationToken cancellation = default);
}
