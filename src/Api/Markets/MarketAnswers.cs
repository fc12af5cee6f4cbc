using System.Text.Json.Serialization;

namespace Exchange.Api.Markets;

public sealed record ServerTime([property: JsonPropertyName("serverTime")] long Now);

public sealed record ExchangeInfo(string Timezone, long ServerTime, IReadOnlyList<AssetInfo> Assets, IReadOnlyList<MarketInfo> Symbols);

public sealed record AssetInfo(string Asset, int Precision);

public sealed record MarketInfo(
    string Symbol,
    string Status,
    string BaseAsset,
    string QuoteAsset,
    int BaseAssetPrecision,
    int QuoteAssetPrecision,
    IReadOnlyList<string> OrderTypes,
    IReadOnlyList<string> TimeInForces,
    IReadOnlyList<string> SelfTradePreventions,
    int MakerFeeBps,
    int TakerFeeBps,
    int MaxLeverage,
    string? Venue,
    string? VenueSymbol,
    IReadOnlyList<MarketFilter> Filters,
    MarketPositions Positions);

/// <summary>
/// What the market asks of positions with leverage: a position is liquidated when no more than the maintenance part of its value
/// is left.
/// </summary>
public sealed record MarketPositions(decimal MarginMin, int MaintenanceBps, int EntryFeeBps, int ExitFeeBps, int SlippageBps);

/// <summary>One rule that orders of a market must obey; only the fields of its kind are present.</summary>
public sealed record MarketFilter(string FilterType)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? MinPrice { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? MaxPrice { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? TickSize { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? MinQuantity { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? MaxQuantity { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? StepSize { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? MinNotional { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxOpenOrders { get; init; }

    /// <summary>Orders and positions that wait for a price.</summary>
    public int? MaxArmedOrders { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? BandBps { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? BidMultiplierUp { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? BidMultiplierDown { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? AskMultiplierUp { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? AskMultiplierDown { get; init; }
}

/// <param name="LastUpdateId">The symbol's sequence number that this view includes.</param>
/// <param name="Bids">Pairs of price and quantity, the best first.</param>
/// <param name="Asks">Pairs of price and quantity, the best first.</param>
public sealed record Depth(string Symbol, long LastUpdateId, decimal[][] Bids, decimal[][] Asks);

public sealed record Trade(string TradeId, decimal Price, decimal Quantity, decimal QuoteQuantity, string TakerSide, long Time);

public sealed record Candle(
    long OpenTime,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Close,
    decimal Volume,
    long CloseTime,
    decimal QuoteVolume,
    long Trades);

public sealed record Ticker(
    string Symbol,
    decimal PriceChange,
    decimal PriceChangePercent,
    decimal WeightedAveragePrice,
    decimal OpenPrice,
    decimal HighPrice,
    decimal LowPrice,
    decimal LastPrice,
    decimal Volume,
    decimal QuoteVolume,
    decimal BidPrice,
    decimal BidQuantity,
    decimal AskPrice,
    decimal AskQuantity,
    long OpenTime,
    long CloseTime,
    long Trades,
    decimal? MarkPrice,
    FeedInfo Feed);

/// <param name="State">live, stale, resynchronising or down; none where only users meet; asleep among the tickers where nobody
/// uses the market.</param>
/// <param name="AgeMs">How long ago the venue was last heard.</param>
/// <param name="Reason">Why the feed is not live.</param>
public sealed record FeedInfo(string State, long? AgeMs, string? Reason);

/// <summary>Pairs of price and quantity; null where there is none.</summary>
/// <param name="LocalBid">The highest buy order of the exchange's own users.</param>
/// <param name="LocalAsk">The lowest sell order of the exchange's own users.</param>
/// <param name="VenueBid">The venue's best bid, without what users took of it.</param>
/// <param name="VenueAsk">The venue's best ask, without what users took of it.</param>
/// <param name="MarkPrice">What positions are valued at.</param>
public sealed record BestPrices(
    string Symbol,
    decimal[]? LocalBid,
    decimal[]? LocalAsk,
    decimal[]? VenueBid,
    decimal[]? VenueAsk,
    decimal? MarkPrice,
    decimal? LastPrice,
    FeedInfo Feed);
