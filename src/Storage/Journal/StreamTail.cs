namespace Exchange.Storage.Journal;

/// <summary>The end of a stream as the writer knows it, and what the current flush adds to it.</summary>
internal sealed class StreamTail(string name)
{
    /// <summary>A reader walks back at most this far; an entry counts its bytes and one page.</summary>
    private const long MarkDistance = 1 << 20;
    private const long EntryCost = 4096;

    public string Name { get; } = name;

    /// <summary>0 while the stream has never been written.</summary>
    public long Id { get; set; }

    public long Sequence { get; set; }

    public long LastEntry { get; set; }

    /// <summary>How much a reader would walk back through from here to the last mark.</summary>
    public long SinceMark { get; set; }

    public List<PendingAppend> Adding { get; } = [];

    /// <summary>An append of this flush did not fit: whatever follows it was decided on the same stale state.</summary>
    public bool Refused { get; set; }

    /// <summary>Counts the entry that comes next.</summary>
    /// <returns>Whether it is far enough from the last mark to be one itself.</returns>
    public bool Grow(int bytes)
    {
        long cost = EntryCost + bytes;
        bool mark = LastEntry != 0 && SinceMark + cost > MarkDistance;
        SinceMark = mark ? cost : SinceMark + cost;
        return mark;
    }
}
