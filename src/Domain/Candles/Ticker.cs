using Exchange.Domain.Markets;
using Exchange.Domain.Money;

namespace Exchange.Domain.Candles;

/// <summary>The last 24 hours of a market. Where nothing traded in them, the prices are the last one known, and 0 before the first.</summary>
public readonly record struct Ticker(
    long OpenTimeMs,
    long CloseTimeMs,
    long OpenTicks,
    long HighTicks,
    long LowTicks,
    long LastTicks,
    long Lots,
    decimal QuoteVolume,
    long Trades)
{
    public long ChangeTicks => LastTicks - OpenTicks;

    /// <summary>With three decimals, as venues write it.</summary>
    public decimal ChangePercent => OpenTicks == 0 ? 0 : (ChangeTicks * 100m / OpenTicks).Round(3, Rounding.Down);

    public decimal WeightedAveragePrice(Market market) =>
        Lots == 0 ? 0 : (QuoteVolume / market.QuantityOf(Lots)).Round(market.QuotePrecision, Rounding.Down);
}
