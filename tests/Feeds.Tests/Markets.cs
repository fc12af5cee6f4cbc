using Exchange.Domain.Markets;

namespace Exchange.Feeds.Tests;

internal static class Markets
{
    public static readonly Market BtcUsdt = Of("BTC", "USDT", 0.01m, 0.00001m);
    public static readonly Market EthUsdt = Of("ETH", "USDT", 0.01m, 0.0001m);
    public static readonly Market SolUsdt = Of("SOL", "USDT", 0.01m, 0.001m);
    public static readonly Market BtcUsdc = Of("BTC", "USDC", 0.01m, 0.00001m);
    public static readonly Market EthUsdc = Of("ETH", "USDC", 0.01m, 0.0001m);
    public static readonly Market SolUsdc = Of("SOL", "USDC", 0.01m, 0.001m);

    public static readonly Market[] All = [BtcUsdt, EthUsdt, SolUsdt, BtcUsdc, EthUsdc, SolUsdc];

    public static Market Of(string baseAsset, string quote, decimal tick, decimal lot, string venue = "simulated") => new()
    {
        Number = 1,
        Symbol = $"{baseAsset}_{quote}",
        Base = baseAsset,
        Quote = quote,
        BasePrecision = 8,
        QuotePrecision = 8,
        TickSize = tick,
        LotSize = lot,
        MaxPriceTicks = 100_000_000,
        MinLots = 1,
        MaxLots = 1_000_000_000,
        MaxMarketLots = 1_000_000_000,
        MinNotional = 5,
        MakerFeeBps = 10,
        TakerFeeBps = 10,
        MaxLeverage = 100,
        MaxOpenOrders = 200,
        PriceBandBps = 5000,
        Venue = venue,
    };
}
