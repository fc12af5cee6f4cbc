namespace Exchange.Api.Streams;

/// <summary>A bucket that holds one second's worth of messages. Used by one receive loop alone.</summary>
internal sealed class MessageRate(int perSecond, TimeProvider clock)
{
    private double _tokens = perSecond;
    private long _filledAt = clock.GetTimestamp();

    public bool TryTake()
    {
        if (perSecond <= 0)
            return true;
        var now = clock.GetTimestamp();
        _tokens = Math.Min(perSecond, _tokens + clock.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond);
        _filledAt = now;
        if (_tokens < 1)
            return false;
        _tokens--;
        return true;
    }
}
