using System.Collections.Concurrent;
using Exchange.Storage.Snapshots;

namespace Exchange.Grains.Tests.Support;

public sealed class MemorySnapshots : ISnapshotStore
{
    private readonly ConcurrentDictionary<string, Snapshot> _snapshots = new();

    public int Count => _snapshots.Count;

    public Task SaveAsync(string stream, long sequence, ReadOnlyMemory<byte> payload)
    {
        _snapshots[stream] = new Snapshot(sequence, payload);
        return Task.CompletedTask;
    }

    public ValueTask<Snapshot?> LoadAsync(string stream, CancellationToken cancellation = default) =>
        new(_snapshots.TryGetValue(stream, out var snapshot) ? snapshot : null);
}
