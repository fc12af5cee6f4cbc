using Exchange.Storage.Snapshots;

namespace Exchange.Simulation.Tests.World;

/// <summary>One silo's way to the stored snapshots. Some are lost on the way there, some turn out to be damaged.</summary>
public sealed class SimSnapshots(SimStore store, TimeProvider clock, Chance chance) : ISnapshotStore
{
    public async Task SaveAsync(string stream, long sequence, ReadOnlyMemory<byte> payload)
    {
        await Task.Delay(chance.Ms(0, 20), clock);
        if (chance.Fault(chance.SnapshotLost))
            throw new IOException("The snapshot could not be written.");
        store.Save(stream, new Snapshot(sequence, payload.ToArray()));
    }

    public async ValueTask<Snapshot?> LoadAsync(string stream, CancellationToken cancellation = default)
    {
        await Task.Delay(chance.Ms(0, 3), clock, cancellation);
        return store.Load(stream, () => chance.Fault(chance.SnapshotDamaged));
    }
}
