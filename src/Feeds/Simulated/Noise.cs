namespace Exchange.Feeds.Simulated;

/// <summary>
/// Repeatable randomness without state: the same key and place give the same draw on every machine. Only additions,
/// multiplications and square roots of doubles are used, whose results IEEE 754 fixes to the last bit.
/// </summary>
internal static class Noise
{
    /// <summary>Standard deviation of the sum of four uniform 16-bit draws: 65536 / sqrt(3).</summary>
    private const double SumDeviation = 37837.22;
    private const double SumMean = 4 * 65535 / 2.0;

    public static ulong Key(ulong seed, string name)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in name)
            hash = unchecked((hash ^ letter) * 1099511628211);
        return Mix(seed ^ Mix(hash));
    }

    public static ulong Hash(ulong key, long place) => Mix(unchecked(key + (ulong)place * 0x9E3779B97F4A7C15));

    public static ulong Hash(ulong key, long place, long detail) => Hash(Hash(key, place), detail);

    /// <summary>Uniform in [0, 1).</summary>
    public static double Uniform(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    /// <summary>Nearly normal, mean 0, deviation 1, never beyond 3.5.</summary>
    public static double Normal(ulong hash)
    {
        ulong sum = (hash & 0xFFFF) + (hash >> 16 & 0xFFFF) + (hash >> 32 & 0xFFFF) + (hash >> 48);
        return (sum - SumMean) / SumDeviation;
    }

    /// <summary>The exponential function for moderate x; Math.Exp may differ in the last bit between platforms.</summary>
    public static double Exp(double x)
    {
        double part = x / 32;
        double term = 1;
        double sum = 1;
        for (int n = 1; n <= 10; n++)
        {
            term *= part / n;
            sum += term;
        }
        for (int doubling = 0; doubling < 5; doubling++)
            sum *= sum;
        return sum;
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value ^= value >> 30;
            value *= 0xBF58476D1CE4E5B9;
            value ^= value >> 27;
            value *= 0x94D049BB133111EB;
            return value ^ value >> 31;
        }
    }
}
