using System.Diagnostics.CodeAnalysis;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Markets;

namespace Exchange.Api.Tests.Fakes;

/// <summary>Terms that can be told apart from the default ones.</summary>
public sealed class FakeTerms : IPositionTerms
{
    public CfdTerms TermsOf(string symbol) => new() { MaintenanceBps = 50, EntryFeeBps = 6, MarginMin = 10 };
}

/// <summary>Two markets, known by their canonical names and in lower case.</summary>
public sealed class FakeCatalog : IMarketCatalog
{
    public IReadOnlyList<Market> Markets { get; } = [Named(1, "BTC", "USDT", "simulated"), Named(2, "TATA", "INR", "")];

    public TradingStop Stop { get; set; } = TradingStop.None;

    public IReadOnlyList<Asset> Assets { get; } =
    [
        new("BTC", 8, 100, 1_000), new("USDT", 8, 1_000_000, 10_000_000), new("TATA", 0, 1_000, 10_000), new("INR", 2, 1_000_000, 10_000_000),
    ];

    public bool TryGet(string canonicalSymbol, [NotNullWhen(true)] out Market? market)
    {
        market = Markets.FirstOrDefault(known => known.Symbol == canonicalSymbol);
        return market is not null;
    }

    public bool TryResolve(string name, [NotNullWhen(true)] out Market? market) => TryGet(name.ToUpperInvariant(), out market);

    private static Market Named(int number, string baseAsset, string quoteAsset, string venue) => new()
    {
        Number = number,
        Symbol = $"{baseAsset}_{quoteAsset}",
        Base = baseAsset,
        Quote = quoteAsset,
        BasePrecision = 8,
        QuotePrecision = 8,
        TickSize = 0.10m,
        LotSize = 0.001m,
        MaxPriceTicks = 10_000_000,
        MinLots = 1,
        MaxLots = 1_000_000,
        MaxMarketLots = 100_000,
        MinNotional = 5m,
        MakerFeeBps = 10,
        TakerFeeBps = 20,
        MaxLeverage = 100,
        MaxOpenOrders = 200,
        PriceBandBps = 5000,
        Venue = venue,
    };
}
