using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

namespace Exchange.Grains.Interfaces.Symbols;

[GenerateSerializer, Immutable, Alias("Exchange.PriceLevel")]
public readonly record struct PriceLevel(
    [property: Id(0)] decimal Price,
    [property: Id(1)] decimal Quantity);

/// <param name="Sequence">The symbol's journal sequence that this view includes.</param>
/// <param name="UpdateId">This state's number in the sequence that the depth streams publish.</param>
/// <param name="LocalBestBid">The best of the users' own orders, without the venue; zero where there is none.</param>
[GenerateSerializer, Immutable, Alias("Exchange.DepthView")]
public sealed record DepthView(
    [property: Id(0)] string Symbol,
    [property: Id(1)] long Sequence,
    [property: Id(2)] PriceLevel[] Bids,
    [property: Id(3)] PriceLevel[] Asks,
    [property: Id(4)] decimal LocalBestBid,
    [property: Id(5)] decimal LocalBestAsk,
    [property: Id(6)] long UpdateId = 0);

[GenerateSerializer, Immutable, Alias("Exchange.TradeView")]
public sealed record TradeView(
    [property: Id(0)] long TradeId,
    [property: Id(1)] decimal Price,
    [property: Id(2)] decimal Quantity,
    [property: Id(3)] Side TakerSide,
    [property: Id(4)] long AtMs);

[GenerateSerializer, Immutable, Alias("Exchange.TradesView")]
public sealed record TradesView([property: Id(0)] TradeView[] Trades);

[GenerateSerializer, Immutable, Alias("Exchange.TickerView")]
public sealed record TickerView(
    [property: Id(0)] string Symbol,
    [property: Id(1)] decimal OpenPrice,
    [property: Id(2)] decimal HighPrice,
    [property: Id(3)] decimal LowPrice,
    [property: Id(4)] decimal LastPrice,
    [property: Id(5)] decimal Volume,
    [property: Id(6)] decimal QuoteVolume,
    [property: Id(7)] long Trades,
    [property: Id(8)] decimal BidPrice,
    [property: Id(9)] decimal BidQuantity,
    [property: Id(10)] decimal AskPrice,
    [property: Id(11)] decimal AskQuantity,
    [property: Id(12)] long OpenTimeMs,
    [property: Id(13)] long CloseTimeMs,
    [property: Id(14)] decimal MarkPrice = 0,
    [property: Id(15)] FeedView Feed = default);

[GenerateSerializer, Immutable, Alias("Exchange.CandleView")]
public sealed record CandleView(
    [property: Id(0)] long OpenTimeMs,
    [property: Id(1)] decimal Open,
    [property: Id(2)] decimal High,
    [property: Id(3)] decimal Low,
    [property: Id(4)] decimal Close,
    [property: Id(5)] decimal Volume,
    [property: Id(6)] long CloseTimeMs,
    [property: Id(7)] decimal QuoteVolume,
    [property: Id(8)] long Trades);

[GenerateSerializer, Immutable, Alias("Exchange.CandlesView")]
public sealed record CandlesView([property: Id(0)] CandleView[] Candles);

public enum FeedHealth : byte
{
    None = 0,
    Live = 1,
    Stale = 2,
    Resynchronising = 3,
    Down = 4,
}

/// <param name="AgeMs">How long ago the venue was last heard; zero where it never was.</param>
/// <param name="Reason">Why the feed is not live.</param>
[GenerateSerializer, Immutable, Alias("Exchange.FeedView")]
public readonly record struct FeedView(
    [property: Id(0)] FeedHealth State,
    [property: Id(1)] long AgeMs,
    [property: Id(2)] string? Reason);

/// <summary>The best prices of users' own orders beside the venue's; a price of zero where there is none.</summary>
/// <param name="MarkPrice">What positions are valued at now; zero while nobody knows.</param>
[GenerateSerializer, Immutable, Alias("Exchange.BestPricesView")]
public sealed record BestPricesView(
    [property: Id(0)] string Symbol,
    [property: Id(1)] PriceLevel LocalBid,
    [property: Id(2)] PriceLevel LocalAsk,
    [property: Id(3)] PriceLevel VenueBid,
    [property: Id(4)] PriceLevel VenueAsk,
    [property: Id(5)] decimal MarkPrice,
    [property: Id(6)] decimal LastPrice,
    [property: Id(7)] FeedView Feed);

[GenerateSerializer, Immutable, Alias("Exchange.SymbolStatus")]
public sealed record SymbolStatus(
    [property: Id(0)] string Symbol,
    [property: Id(1)] MarketStatus Market,
    [property: Id(2)] FeedView Feed,
    [property: Id(3)] int OpenOrders,
    [property: Id(4)] int UnsettledItems,
    [property: Id(5)] long Sequence);
