using System.Numerics;

namespace Exchange.Bench.Orders;

/// <summary>Counts nanoseconds in log-linear buckets: exact below 128, then 64 buckets for every doubling, so within 1.6%.</summary>
public sealed class LatencyHistogram
{
    private const int LinearBits = 6;
    private const int Buckets = (64 - LinearBits) << LinearBits;

    private readonly long[] _counts = new long[Buckets];

    public long Count { get; private set; }
    public long Max { get; private set; }

    public void Record(long nanoseconds)
    {
        _counts[BucketOf(nanoseconds)]++;
        Count++;
        Max = Math.Max(Max, nanoseconds);
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < Buckets; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>The smallest bucket's upper end that at least this share of the values does not exceed.</summary>
    public long Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(share * Count);
        long seen = 0;
        for (var i = 0; i < Buckets; i++)
        {
            seen += _counts[i];
            if (seen >= wanted && seen > 0)
                return Math.Min(UpperEndOf(i), Max);
        }

        return 0;
    }

    private static int BucketOf(long value)
    {
        if (value < 2 << LinearBits)
            return (int)Math.Max(value, 0);
        var shift = BitOperations.Log2((ulong)value) - LinearBits;
        return (shift << LinearBits) + (int)(value >> shift);
    }

    private static long UpperEndOf(int bucket)
    {
        if (bucket < 2 << LinearBits)
            return bucket;
        var shift = (bucket >> LinearBits) - 1;
        var mantissa = bucket - (shift << LinearBits);
        return ((mantissa + 1L) << shift) - 1;
    }
}
