using Exchange.Domain.Markets;

namespace Exchange.Bench.Feed;

internal static class FeedMarkets
{
    public static Market Of(string symbol, decimal lotSize) => new()
    {
        Number = 1,
        Symbol = symbol,
        Base = symbol[..^4],
        Quote = symbol[^4..],
        BasePrecision = 8,
        QuotePrecision = 8,
        TickSize = 0.01m,
        LotSize = lotSize,
        MaxPriceTicks = 100_000_000,
        MinLots = 1,
        MaxLots = 1_000_000_000_000,
        MaxMarketLots = 1_000_000_000_000,
        MinNotional = 5,
        MakerFeeBps = 10,
        TakerFeeBps = 10,
        MaxLeverage = 1,
        MaxOpenOrders = 200,
        PriceBandBps = 5_000,
        Venue = "binance",
        VenueSymbol = symbol,
    };
}
