namespace Exchange.Feeds.Simulated;

/// <summary>
/// The price of one asset as a pure function of time: a Brownian path, drawn by displacing midpoints on a dyadic grid,
/// so any instant costs the same few steps and needs no earlier one. Grid points 25 days apart are drawn around the
/// base price itself, which keeps the path near it for ever without changing how it moves from minute to minute.
/// </summary>
internal sealed class PricePath
{
    /// <summary>The coarsest grid, 2^31 ms or 24.9 days.</summary>
    private const int RootBits = 31;

    /// <summary>The finest grid, 2^6 or 64 ms; the path is straight in between.</summary>
    private const int LeafBits = 6;

    private const double YearMs = 365.25 * 24 * 3600 * 1000;

    private readonly ulong _key;
    private readonly double _basePrice;
    private readonly double _rootDeviation;
    private readonly double[] _midpointDeviation = new double[RootBits + 1];

    public PricePath(ulong seed, string asset, double basePrice, double yearlyVolatility)
    {
        _key = Noise.Key(seed, asset);
        _basePrice = basePrice;
        // Two independent root points then differ just as a Brownian path differs over their distance.
        _rootDeviation = yearlyVolatility * Math.Sqrt((1L << RootBits) / YearMs / 2);
        for (int bits = LeafBits + 1; bits <= RootBits; bits++)
            _midpointDeviation[bits] = yearlyVolatility * Math.Sqrt((1L << bits) / YearMs / 4);
    }

    public double PriceAt(long timeMs) => _basePrice * Noise.Exp(LogAt(timeMs));

    private double LogAt(long timeMs)
    {
        if (_rootDeviation == 0)
            return 0;
        long root = timeMs >> RootBits;
        double left = _rootDeviation * Draw(RootBits + 1, root);
        double right = _rootDeviation * Draw(RootBits + 1, root + 1);
        for (int bits = RootBits; bits > LeafBits; bits--)
        {
            double middle = (left + right) / 2 + _midpointDeviation[bits] * Draw(bits, timeMs >> bits);
            bool inRightHalf = (timeMs >> (bits - 1) & 1) != 0;
            if (inRightHalf)
                left = middle;
            else
                right = middle;
        }
        long into = timeMs & (1 << LeafBits) - 1;
        return left + (right - left) * into / (1 << LeafBits);
    }

    private double Draw(int bits, long cell) => Noise.Normal(Noise.Hash(_key + (ulong)bits, cell));
}
