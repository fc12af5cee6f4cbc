using Exchange.Domain.Events;

namespace Exchange.Domain.Candles;

/// <summary>What traded in one interval, in ticks and lots.</summary>
public readonly record struct Candle(
    long OpenTimeMs,
    long OpenTicks,
    long HighTicks,
    long LowTicks,
    long CloseTicks,
    long Lots,
    decimal QuoteVolume,
    int Trades)
{
    public bool IsEmpty => Trades == 0;

    public static Candle OfTrade(long openTimeMs, long priceTicks, long lots, decimal quote) =>
        new(openTimeMs, priceTicks, priceTicks, priceTicks, priceTicks, lots, quote, 1);

    public static Candle Of(CandleClosed e) =>
        new(e.OpenTimeMs, e.OpenTicks, e.HighTicks, e.LowTicks, e.CloseTicks, e.Lots, e.QuoteVolume, e.Trades);

    public CandleClosed ToEvent() => new(OpenTimeMs, OpenTicks, HighTicks, LowTicks, CloseTicks, Lots, QuoteVolume, Trades);

    /// <summary>This candle followed by a later one, as one.</summary>
    public Candle Then(in Candle later) => this with
    {
        HighTicks = Math.Max(HighTicks, later.HighTicks),
        LowTicks = Math.Min(LowTicks, later.LowTicks),
        CloseTicks = later.CloseTicks,
        Lots = Lots + later.Lots,
        QuoteVolume = QuoteVolume + later.QuoteVolume,
        Trades = Trades + later.Trades,
    };
}
