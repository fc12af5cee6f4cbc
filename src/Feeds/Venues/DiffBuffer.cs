using Exchange.Domain.Venue;

namespace Exchange.Feeds.Venues;

/// <summary>The diffs that came before their snapshot. When it is full it starts over with the newest.</summary>
internal sealed class DiffBuffer
{
    public const int DiffsMax = 4_096;
    public const int ChangesMax = 65_536;

    private readonly List<(long First, long Last, int Start, int Count)> _diffs = [];
    private readonly List<DepthChange> _changes = [];

    public int Count => _diffs.Count;
    public long FirstId => _diffs[0].First;

    public void Clear()
    {
        _diffs.Clear();
        _changes.Clear();
    }

    /// <summary>False if there was no room and what came before is forgotten.</summary>
    public bool Add(long first, long last, ReadOnlySpan<DepthChange> changes)
    {
        bool fits = _diffs.Count < DiffsMax && _changes.Count + changes.Length <= ChangesMax;
        if (!fits)
            Clear();
        _diffs.Add((first, last, _changes.Count, changes.Length));
        _changes.AddRange(changes);
        return fits;
    }

    public ReadOnlySpan<DepthChange> Diff(int index, out long first, out long last)
    {
        (first, last, int start, int count) = _diffs[index];
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_changes).Slice(start, count);
    }
}
