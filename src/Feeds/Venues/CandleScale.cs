using Exchange.Domain.Markets;

namespace Exchange.Feeds.Venues;

/// <summary>The scales a market's candles are read with.</summary>
internal sealed record CandleScale(UnitScale Ticks, UnitScale Lots, UnitScale TickLots)
{
    public static CandleScale Of(Market market, decimal venueUnit = 1) => new(
        new UnitScale(market.TickSize), new UnitScale(market.LotSize / venueUnit), new UnitScale(market.TickSize * market.LotSize));

    /// <summary>Null for a minute without a trade, and for numbers that cannot be a candle's.</summary>
    public VenueCandle? Read(
        long openTimeMs,
        ReadOnlySpan<byte> open,
        ReadOnlySpan<byte> high,
        ReadOnlySpan<byte> low,
        ReadOnlySpan<byte> close,
        ReadOnlySpan<byte> volume,
        ReadOnlySpan<byte> turnover,
        int trades)
    {
        bool isNumeric = Ticks.TryParse(open, out long first, out _) & Ticks.TryParseUp(high, out long highest)
            & Ticks.TryParse(low, out long lowest, out _) & Ticks.TryParse(close, out long last, out _)
            & Lots.TryParse(volume, out long lots, out _);
        if (!isNumeric || lots == 0 || lowest <= 0 || highest < Math.Max(first, last) || lowest > Math.Min(first, last))
            return null;
        Int128 tickLots = TickLots.TryParse(turnover, out long quote, out _) ? quote : (Int128)last * lots;
        return new VenueCandle(openTimeMs, first, highest, lowest, last, lots, tickLots, trades);
    }
}
