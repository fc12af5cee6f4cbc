using Exchange.Domain.Events;
using Exchange.Storage.Journal;
using Exchange.Storage.Snapshots;

namespace Exchange.Simulation.Tests.World;

/// <summary>What is on disk: it outlives silos, and every silo of a run shares it.</summary>
public sealed class SimStore
{
    private const int SnapshotsKept = 10;

    private readonly SortedDictionary<string, List<byte[]>> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Snapshot>> _snapshots = [];

    /// <summary>Told of each record the moment it is durable.</summary>
    public Action<string, long, EventBatch> OnDurable { get; set; } = (_, _, _) => { };

    /// <summary>Told of each snapshot that a grain saves.</summary>
    public Action<string, Snapshot> OnSnapshot { get; set; } = (_, _) => { };

    public IEnumerable<string> Streams => _streams.Keys;

    public IReadOnlyList<byte[]> Records(string stream) => _streams.TryGetValue(stream, out var records) ? records : [];

    public void Append(string stream, long expectedSequence, byte[] payload)
    {
        if (!_streams.TryGetValue(stream, out var records))
            _streams[stream] = records = [];
        if (records.Count != expectedSequence)
            throw new JournalConflictException(stream, expectedSequence);
        records.Add(payload);
        OnDurable(stream, records.Count, EventCodec.Decode(payload));
    }

    public void Save(string stream, Snapshot snapshot)
    {
        OnSnapshot(stream, snapshot);
        if (!_snapshots.TryGetValue(stream, out var kept))
            _snapshots[stream] = kept = [];
        kept.RemoveAll(other => other.Sequence == snapshot.Sequence);
        kept.Add(snapshot);
        kept.Sort((left, right) => left.Sequence.CompareTo(right.Sequence));
        if (kept.Count > SnapshotsKept)
            kept.RemoveAt(0);
    }

    /// <summary>The newest but for the damaged ones.</summary>
    public Snapshot? Load(string stream, Func<bool> isDamaged)
    {
        if (!_snapshots.TryGetValue(stream, out var kept))
            return null;
        for (var i = kept.Count - 1; i >= 0; i--)
        {
            if (!isDamaged())
                return kept[i];
        }

        return null;
    }
}
