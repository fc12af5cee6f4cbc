namespace Exchange.Feeds;

/// <summary>One minute of a venue's trades: prices in ticks, volume in lots, quote volume in ticks times lots.</summary>
public readonly record struct VenueCandle(
    long OpenTimeMs, long Open, long High, long Low, long Close, long Lots, Int128 TickLots, int Trades);
