namespace Exchange.Domain.Candles;

/// <summary>
/// The middle of the prices at which the last five seconds that traded at all ended. One odd trade, or one sweep through the
/// book, is one second's price and changes nothing until others agree with it. Before there are three such seconds, the oldest
/// of them counts.
/// </summary>
public sealed class SteadyPrice
{
    private const int Seconds = 5;
    private const long SecondMs = 1_000;

    private readonly long[] _prices = new long[Seconds];
    private long _second = -1;
    private int _count;

    public long Ticks { get; private set; }

    public void Add(in PublicTrade trade)
    {
        var second = trade.TimeMs / SecondMs;
        if (second > _second)
            Begin(second);
        _prices[_count - 1] = trade.PriceTicks;
        Ticks = Middle();
    }

    private void Begin(long second)
    {
        _second = second;
        if (_count == Seconds)
            Array.Copy(_prices, 1, _prices, 0, Seconds - 1);
        else
            _count++;
    }

    /// <summary>Of an odd number: where they are even, the newest has to wait.</summary>
    private long Middle()
    {
        Span<long> sorted = stackalloc long[Seconds];
        sorted = sorted[..(_count - 1 + _count % 2)];
        _prices.AsSpan(0, sorted.Length).CopyTo(sorted);
        sorted.Sort();
        return sorted[sorted.Length / 2];
    }
}
