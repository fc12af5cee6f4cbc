namespace Exchange.Bench.Streaming;

/// <summary>Whole milliseconds between a message's own time and its arrival, counted by all readers at once.</summary>
public sealed class DelayCounts
{
    private const int LongestMs = 60_000;

    private readonly int[] _counts = new int[LongestMs + 1];
    private long _total;

    public long Total => Volatile.Read(ref _total);

    public void Record(long milliseconds)
    {
        Interlocked.Increment(ref _counts[Math.Clamp(milliseconds, 0, LongestMs)]);
        Interlocked.Increment(ref _total);
    }

    public int Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(share * Total);
        long seen = 0;
        for (var milliseconds = 0; milliseconds <= LongestMs; milliseconds++)
        {
            seen += _counts[milliseconds];
            if (seen >= wanted)
                return milliseconds;
        }

        return LongestMs;
    }
}
