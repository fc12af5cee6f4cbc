namespace Exchange.Domain.Markets;

public enum MarketStatus : byte
{
    Trading = 0,

    /// <summary>No new orders and no matching; cancels and reads go on.</summary>
    Halted = 1,
    Delisted = 2,
}

/// <summary>A market's definition. Prices are whole ticks and quantities whole lots inside the exchange.</summary>
public sealed record Market
{
    /// <summary>Numbered from 1 in the order of listing; the market's house account is its negative.</summary>
    public required int Number { get; init; }
    public required string Symbol { get; init; }
    public required string Base { get; init; }
    public required string Quote { get; init; }
    public required int BasePrecision { get; init; }
    public required int QuotePrecision { get; init; }
    public required decimal TickSize { get; init; }
    public required decimal LotSize { get; init; }
    public required long MaxPriceTicks { get; init; }
    public required long MinLots { get; init; }
    public required long MaxLots { get; init; }
    public required long MaxMarketLots { get; init; }
    public required decimal MinNotional { get; init; }
    public required int MakerFeeBps { get; init; }
    public required int TakerFeeBps { get; init; }
    public required int MaxLeverage { get; init; }
    public required int MaxOpenOrders { get; init; }

    /// <summary>How far from the reference price a market order may fill, in basis points.</summary>
    public required int PriceBandBps { get; init; }
    public PriceMultipliers PriceMultipliers { get; init; } = PriceMultipliers.Default;
    public MarketStatus Status { get; init; }

    /// <summary>The feed that backs this market, or empty where only users meet.</summary>
    public string Venue { get; init; } = "";
    public string VenueSymbol { get; init; } = "";

    public long HouseAccount => -Number;
    public bool HasVenue => Venue.Length > 0;

    public decimal PriceOf(long ticks) => ticks * TickSize;
    public decimal QuantityOf(long lots) => lots * LotSize;

    /// <summary>Exact: a definition is valid only if one tick times one lot is a whole number of quote units.</summary>
    public decimal NotionalOf(long ticks, long lots) => ticks * TickSize * (lots * LotSize);

    /// <summary>An amount in the unit of the smallest notional, one tick times one lot, rounded down.</summary>
    public Int128 TickLotsOf(decimal quoteAmount) => (Int128)(quoteAmount / (TickSize * LotSize));
}
