using System.Collections.Concurrent;

namespace Exchange.Api.Limits;

/// <summary>
/// One token bucket for each subject. A bucket fills evenly; what it can hold is its burst. Buckets that nobody used for two
/// generations are forgotten, which is the same as full, so memory is bounded and each request costs the same.
/// </summary>
internal sealed class TokenBuckets(double perSecond, double burst, int generationSize = 50_000)
{
    private ConcurrentDictionary<UInt128, Bucket> young = new();
    private ConcurrentDictionary<UInt128, Bucket> old = new();
    private int youngCount;

    /// <summary>Zero where the tokens were there and are taken; else how long until they would be.</summary>
    public TimeSpan Take(UInt128 subject, double tokens, long nowMs, out double used)
    {
        var bucket = BucketOf(subject, nowMs);
        lock (bucket)
        {
            // A clock that was set back fills nothing, but does not stop the filling for good either.
            bucket.Tokens = Math.Min(burst, bucket.Tokens + (Math.Max(0, nowMs - bucket.FilledAtMs) * perSecond / 1000));
            bucket.FilledAtMs = nowMs;
            var wanted = Math.Min(tokens, burst);
            var missing = wanted - bucket.Tokens;
            if (missing <= 0)
                bucket.Tokens -= wanted;
            used = burst - bucket.Tokens;
            return missing <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(missing / perSecond);
        }
    }

    public int Count => young.Count + old.Count;

    private Bucket BucketOf(UInt128 subject, long nowMs)
    {
        if (young.TryGetValue(subject, out var bucket))
            return bucket;
        if (!old.TryGetValue(subject, out var known))
            known = new Bucket { Tokens = burst, FilledAtMs = nowMs };
        bucket = young.GetOrAdd(subject, known);
        if (!ReferenceEquals(bucket, known) || Interlocked.Increment(ref youngCount) != generationSize)
            return bucket;
        Interlocked.Exchange(ref youngCount, 0);
        old = young;
        young = new();
        return bucket;
    }

    private sealed class Bucket
    {
        public double Tokens;
        public long FilledAtMs;
    }
}
