using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Venues;

internal enum DiffOutcome : byte
{
    Applied,

    /// <summary>Kept until there is a snapshot.</summary>
    Buffered,

    /// <summary>Buffered, and older ones were forgotten for it.</summary>
    Overflowed,

    /// <summary>Nothing in it is new.</summary>
    Duplicate,

    /// <summary>Something before it is missing.</summary>
    Gap,

    /// <summary>It makes the best bid meet the best ask.</summary>
    Crossed,

    /// <summary>A snapshot from before the first buffered diff.</summary>
    TooOld,

    /// <summary>A snapshot that cannot be a book.</summary>
    Absurd,
}

/// <summary>
/// The procedure by which venues want their book mirrored: buffer the diffs, take a snapshot, drop what it already
/// contains, go on from there, start over when an update is missing.
/// </summary>
internal sealed class DiffBook
{
    /// <summary>So many in a row and for so long with nothing new: the venue counts anew, and the book would stand still.</summary>
    internal const int DuplicatesMax = 20;
    internal const long DuplicatesMaxMs = 5_000;

    private readonly DiffBuffer _buffer = new();
    private int _duplicates;
    private long _appliedAtMs;
    private DepthChange[] _ordered = new DepthChange[256];
    private int _orderedCount;
    private long _lastId;

    public VenueDepth Book { get; } = new();
    /// <summary>Between the venue's prices and our ticks, where the former are finer.</summary>
    public TickBuckets? Buckets { get; set; }

    public bool IsSynchronised { get; private set; }
    public long LastId => _lastId;

    /// <summary>What the last applied diff changed, deletions first: in this order the book is never crossed in between.</summary>
    public ReadOnlySpan<DepthChange> Applied => _ordered.AsSpan(0, _orderedCount);

    public void Restart()
    {
        IsSynchronised = false;
        _buffer.Clear();
    }

    public DiffOutcome Offer(long first, long last, ReadOnlySpan<DepthChange> changes, long atMs)
    {
        if (!IsSynchronised)
            return _buffer.Add(first, last, changes) ? DiffOutcome.Buffered : DiffOutcome.Overflowed;
        return Apply(first, last, changes, atMs);
    }

    /// <summary>Anything but Applied leaves the book waiting for another snapshot; the buffer is kept.</summary>
    public DiffOutcome Begin(long lastId, DepthScratch levels, long atMs)
    {
        if (_buffer.Count > 0 && lastId + 1 < _buffer.FirstId)
            return DiffOutcome.TooOld;
        Buckets?.Clear();
        Buckets?.Translate(levels);
        if (Book.ApplySnapshot(levels.Book(Side.Buy), levels.Book(Side.Sell), atMs) != DepthRefusal.None)
            return DiffOutcome.Absurd;
        _lastId = lastId;
        (_duplicates, _appliedAtMs) = (0, atMs);
        for (int i = 0; i < _buffer.Count; i++)
        {
            var changes = _buffer.Diff(i, out long first, out long last);
            var outcome = Apply(first, last, changes, atMs);
            if (outcome is DiffOutcome.Gap or DiffOutcome.Crossed)
            {
                Restart();
                return outcome;
            }
        }
        IsSynchronised = true;
        _buffer.Clear();
        return DiffOutcome.Applied;
    }

    private DiffOutcome Apply(long first, long last, ReadOnlySpan<DepthChange> changes, long atMs)
    {
        if (last <= _lastId)
            return CountsAnew(atMs) ? DiffOutcome.Gap : DiffOutcome.Duplicate;
        if (first > _lastId + 1)
            return DiffOutcome.Gap;
        Order(Buckets is null ? changes : Buckets.Translate(changes));
        long displaced = Book.Displaced;
        Book.Apply(Applied, atMs);
        _lastId = last;
        (_duplicates, _appliedAtMs) = (0, atMs);
        return Book.Displaced == displaced ? DiffOutcome.Applied : DiffOutcome.Crossed;
    }

    private bool CountsAnew(long atMs) =>
        IsSynchronised && ++_duplicates > DuplicatesMax && atMs - _appliedAtMs > DuplicatesMaxMs;

    private void Order(ReadOnlySpan<DepthChange> changes)
    {
        if (_ordered.Length < changes.Length)
            _ordered = new DepthChange[Math.Max(changes.Length, _ordered.Length * 2)];
        int count = 0;
        foreach (ref readonly var change in changes)
        {
            if (change.Lots == 0)
                _ordered[count++] = change;
        }
        foreach (ref readonly var change in changes)
        {
            if (change.Lots != 0)
                _ordered[count++] = change;
        }
        _orderedCount = count;
    }
}
