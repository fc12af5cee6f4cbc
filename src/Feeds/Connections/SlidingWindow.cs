namespace Exchange.Feeds.Connections;

/// <summary>Allows so many things in any stretch of time of a given length, as venues count messages and connections.</summary>
internal sealed class SlidingWindow(int limit, TimeSpan length)
{
    private readonly long[] _takenAtMs = new long[limit];
    private readonly long _lengthMs = (long)length.TotalMilliseconds;
    private int _oldest;
    private int _count;

    public bool TryTake(long nowMs)
    {
        if (_count == limit && WaitMs(nowMs) > 0)
            return false;
        if (_count == limit)
            _oldest = (_oldest + 1) % limit;
        else
            _count++;
        _takenAtMs[(_oldest + _count - 1) % limit] = nowMs;
        return true;
    }

    /// <summary>How long until one more is allowed.</summary>
    public long WaitMs(long nowMs) => _count < limit ? 0 : Math.Max(0, _takenAtMs[_oldest] + _lengthMs - nowMs);
}
