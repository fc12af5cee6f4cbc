namespace Exchange.VenueSimulator;

/// <summary>How the venue misbehaves at the moment.</summary>
public sealed class Faults
{
    private volatile bool _silent;
    private volatile bool _losesPings;
    private int _skipDiffs;
    private int _duplicateDiffs;
    private int _oldSnapshots;
    private int _failingRequests;
    private int _refusedConnections;

    /// <summary>Connections stay open and nothing more comes over them.</summary>
    public bool Silent
    {
        get => _silent;
        set => _silent = value;
    }

    /// <summary>The client's pings, and its answers to the venue's, do not arrive; everything else does.</summary>
    public bool LosesPings
    {
        get => _losesPings;
        set => _losesPings = value;
    }

    public void SkipDiffs(int count) => Volatile.Write(ref _skipDiffs, count);

    public void DuplicateDiffs(int count) => Volatile.Write(ref _duplicateDiffs, count);

    public void OldSnapshots(int count) => Volatile.Write(ref _oldSnapshots, count);

    public void FailRequests(int count) => Volatile.Write(ref _failingRequests, count);

    public void RefuseConnections(int count) => Volatile.Write(ref _refusedConnections, count);

    /// <summary>From now on the venue behaves.</summary>
    public void Clear()
    {
        Silent = LosesPings = false;
        SkipDiffs(0);
        DuplicateDiffs(0);
        OldSnapshots(0);
        FailRequests(0);
        RefuseConnections(0);
    }

    internal bool SkipsDiff() => TakeOne(ref _skipDiffs);

    internal bool DuplicatesDiff() => TakeOne(ref _duplicateDiffs);

    internal bool GivesOldSnapshot() => TakeOne(ref _oldSnapshots);

    internal bool FailsRequest() => TakeOne(ref _failingRequests);

    internal bool RefusesConnection() => TakeOne(ref _refusedConnections);

    private static bool TakeOne(ref int left)
    {
        if (Interlocked.Decrement(ref left) >= 0)
            return true;
        Volatile.Write(ref left, 0);
        return false;
    }
}
