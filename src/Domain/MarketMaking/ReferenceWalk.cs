namespace Exchange.Domain.MarketMaking;

/// <summary>
/// A price that wanders about a base price, for a market that no venue prices. It is a pure function of time: it goes on
/// over a restart as if nothing had been, and is the same on every machine. Waves of several lengths lie on each other,
/// each drawn through points of its own and as high as the root of its length, as a random walk's would be.
/// </summary>
public static class ReferenceWalk
{
    private const long MinuteMs = 60_000;

    private const int WeightSum = 79;

    /// <summary>Length in minutes and height: 79 parts in all.</summary>
    private static readonly (int Minutes, int Weight)[] Waves = [(1440, 38), (360, 19), (90, 10), (30, 6), (10, 3), (3, 2), (1, 1)];

    /// <param name="rangeBps">The farthest it gets from the base price, up or down.</param>
    public static long At(long baseTicks, int rangeBps, string name, long timeMs)
    {
        // A fraction of 2^16 * WeightSum, from -1 to 1.
        var height = 0L;
        for (var wave = 0; wave < Waves.Length; wave++)
        {
            var lengthMs = Waves[wave].Minutes * MinuteMs;
            var cell = timeMs / lengthMs;
            var key = Key(name, wave);
            var from = Draw(key, cell);
            var to = Draw(key, cell + 1);
            height += Waves[wave].Weight * (from + ((to - from) * (timeMs % lengthMs) / lengthMs));
        }

        var offset = (Int128)baseTicks * rangeBps * height / ((Int128)10_000 * WeightSum << 16);
        return Math.Max(1, (long)(baseTicks + offset));
    }

    private static long Draw(ulong key, long cell) =>
        (long)(Mix(unchecked(key + ((ulong)cell * 0x9E3779B97F4A7C15))) >> 47) - (1 << 16);

    private static ulong Key(string name, int wave)
    {
        var hash = 14695981039346656037;
        foreach (var letter in name)
            hash = unchecked((hash ^ letter) * 1099511628211);
        return Mix(unchecked(hash + (ulong)wave));
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
