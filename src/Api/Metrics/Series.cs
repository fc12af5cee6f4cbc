namespace Exchange.Api.Metrics;

/// <summary>Up to four tags of a measurement, compared by their values.</summary>
internal readonly record struct Tags(
    KeyValuePair<string, object?> First, KeyValuePair<string, object?> Second, KeyValuePair<string, object?> Third,
    KeyValuePair<string, object?> Fourth)
{
    /// <summary>By hand: comparing the pairs as they come goes through reflection, with every request.</summary>
    public bool Equals(Tags other) =>
        Same(First, other.First) && Same(Second, other.Second) && Same(Third, other.Third) && Same(Fourth, other.Fourth);

    public override int GetHashCode() => HashCode.Combine(First.Value, Second.Value, Third.Value, Fourth.Value);

    public static Tags Of(ReadOnlySpan<KeyValuePair<string, object?>> tags) => new(At(tags, 0), At(tags, 1), At(tags, 2), At(tags, 3));

    public IEnumerable<KeyValuePair<string, object?>> Given => new[] { First, Second, Third, Fourth }.Where(tag => tag.Key is not null);

    private static bool Same(in KeyValuePair<string, object?> left, in KeyValuePair<string, object?> right) =>
        string.Equals(left.Key, right.Key) && Equals(left.Value, right.Value);

    private static KeyValuePair<string, object?> At(ReadOnlySpan<KeyValuePair<string, object?>> tags, int index) =>
        index < tags.Length ? tags[index] : default;
}

internal readonly record struct Measured(double Sum, double Last, long Count);

/// <summary>One line, or for a histogram one set of lines, of the report.</summary>
internal sealed class Series
{
    public static readonly double[] Bounds = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1000, 5000];

    private readonly Lock gate = new();
    private readonly long[] buckets = new long[Bounds.Length];
    private double sum;
    private double last;
    private long count;

    public void Record(double value)
    {
        lock (gate)
        {
            sum += value;
            last = value;
            count++;
            for (var i = Bounds.Length - 1; i >= 0 && value <= Bounds[i]; i--)
                buckets[i]++;
        }
    }

    public (double Sum, double Last, long Count, long[] Buckets) Read()
    {
        lock (gate)
            return (sum, last, count, (long[])buckets.Clone());
    }
}
