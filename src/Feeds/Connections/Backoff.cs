namespace Exchange.Feeds.Connections;

/// <summary>
/// Waits that double with every failure up to a bound. Each is cut by up to a half at random, so that many clients
/// that lost a venue together do not come back together.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Random jitter)
{
    private int _failures;

    public long NextMs()
    {
        double full = Math.Min(longest.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(_failures, 30)));
        _failures++;
        double cut;
        lock (jitter)
            cut = jitter.NextDouble() / 2;
        return (long)(full * (1 - cut));
    }

    public void Reset() => _failures = 0;
}
