namespace Exchange.Feeds;

/// <summary>One minute of a venue's trades, prices in ticks and volume in lots.</summary>
public readonly record struct VenueCandle(
    long OpenTimeMs, long Open, long High, long Low, long Close, long Lots, decimal QuoteVolume, int Trades);
