using System.Text.Json;
using System.Text.Json.Serialization;

namespace Exchange.EndToEnd.Tests.Harness;

/// <summary>The API's shapes as a client would write them down from its documentation; decimals are strings there.</summary>
internal static class Wire
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}

internal sealed record NewOrder(string Market, string Side, string Type, decimal? Price, decimal? Quantity, string ClientOrderId)
{
    public int? TrailingDelta { get; init; }

    public static NewOrder Limit(string market, string side, decimal price, decimal quantity, string clientOrderId) =>
        new(market, side, "limit", price, quantity, clientOrderId);

    public static NewOrder AtMarket(string market, string side, decimal quantity, string clientOrderId) =>
        new(market, side, "market", null, quantity, clientOrderId);
}

internal sealed record BestPrices(decimal[]? LocalBid, decimal[]? VenueBid, decimal[]? VenueAsk, decimal? MarkPrice, FeedState Feed);

internal sealed record FeedState(string State, long? AgeMs, string? Reason);

internal sealed record Market(string Symbol, string? Venue, string? VenueSymbol);

internal sealed record Order(
    string OrderId,
    string ClientOrderId,
    string Symbol,
    string Side,
    string Type,
    decimal? Price,
    decimal? Quantity,
    decimal ExecutedQuantity,
    decimal ExecutedQuote,
    string Status,
    string? Reason,
    Fill[]? Fills,
    long? TriggeredAt = null,
    string? OrderListId = null)
{
    public bool IsOpen => Status is "NEW" or "PARTIALLY_FILLED";
}

internal sealed record NewPair(
    string Market,
    string Side,
    decimal Quantity,
    string ListClientOrderId,
    string AboveType,
    string BelowType,
    decimal? AbovePrice = null,
    decimal? AboveStopPrice = null,
    decimal? BelowPrice = null,
    decimal? BelowStopPrice = null);

internal sealed record Pair(string OrderListId, string ListClientOrderId, string ListStatus, Order[] Orders);

internal sealed record Trigger(string Kind, string? OrderId, string Symbol, string Type, string Watches, string Direction, decimal TriggerPrice);

internal sealed record OrderPage(Order[] Orders, string? NextCursor);

internal sealed record Fill(string TradeId, decimal Price, decimal Quantity, decimal Fee, string FeeAsset);

internal sealed record OwnTradePage(OwnTrade[] Trades, string? NextCursor);

internal sealed record OwnTrade(
    string TradeId,
    string OrderId,
    string Symbol,
    string Side,
    decimal Price,
    decimal Quantity,
    decimal Fee,
    string FeeAsset);

internal sealed record Balance(string Asset, decimal Available, decimal Locked)
{
    public decimal Total => Available + Locked;
}

internal sealed record Depth(decimal[][] Bids, decimal[][] Asks);

internal sealed record SignedUp(string UserId, string Token);
