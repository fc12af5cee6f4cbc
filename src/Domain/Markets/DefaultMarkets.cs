namespace Exchange.Domain.Markets;

/// <summary>What a new exchange lists: steps and bounds as on real venues, and one market where only users meet.</summary>
public static class DefaultMarkets
{
    public const string SimulatedVenue = "simulated";

    /// <summary>
    /// TATA trades in whole shares and so takes no fee: the smallest fee in the bought asset would be a whole share.
    /// </summary>
    public static IReadOnlyList<Market> All { get; } =
    [
        Crypto(1, "BTC", "USDT", lotSize: 0.00001m, maxPrice: 1_000_000, maxQuantity: 9_000, maxMarketQuantity: 100),
        Crypto(2, "ETH", "USDT", lotSize: 0.0001m, maxPrice: 1_000_000, maxQuantity: 9_000, maxMarketQuantity: 2_000),
        Crypto(3, "SOL", "USDT", lotSize: 0.001m, maxPrice: 100_000, maxQuantity: 90_000, maxMarketQuantity: 30_000),
        Crypto(4, "BTC", "USDC", lotSize: 0.00001m, maxPrice: 1_000_000, maxQuantity: 9_000, maxMarketQuantity: 100),
        Crypto(5, "ETH", "USDC", lotSize: 0.0001m, maxPrice: 1_000_000, maxQuantity: 9_000, maxMarketQuantity: 2_000),
        Crypto(6, "SOL", "USDC", lotSize: 0.001m, maxPrice: 100_000, maxQuantity: 90_000, maxMarketQuantity: 30_000),
        new()
        {
            Number = 7,
            Symbol = "TATA_INR",
            Base = "TATA",
            Quote = "INR",
            BasePrecision = 0,
            QuotePrecision = 2,
            TickSize = 0.05m,
            LotSize = 1,
            MaxPriceTicks = 20_000_000,
            MinLots = 1,
            MaxLots = 1_000_000,
            MaxMarketLots = 100_000,
            MinNotional = 1,
            MakerFeeBps = 0,
            TakerFeeBps = 0,
            MaxLeverage = 1,
            MaxOpenOrders = 200,
            PriceBandBps = 2_000,
        },
    ];

    private static Market Crypto(
        int number, string baseAsset, string quoteAsset, decimal lotSize, int maxPrice, int maxQuantity, int maxMarketQuantity) => new()
        {
            Number = number,
            Symbol = new SymbolName(baseAsset, quoteAsset).ToString(),
            Base = baseAsset,
            Quote = quoteAsset,
            BasePrecision = 8,
            QuotePrecision = 8,
            TickSize = 0.01m,
            LotSize = lotSize,
            MaxPriceTicks = maxPrice * 100L,
            MinLots = 1,
            MaxLots = (long)(maxQuantity / lotSize),
            MaxMarketLots = (long)(maxMarketQuantity / lotSize),
            MinNotional = 5,
            MakerFeeBps = 10,
            TakerFeeBps = 10,
            MaxLeverage = MarketRules.LeverageMax,
            MaxOpenOrders = 200,
            PriceBandBps = 5_000,
            Venue = SimulatedVenue,
            VenueSymbol = baseAsset + quoteAsset,
        };
}
