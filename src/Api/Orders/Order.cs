namespace Exchange.Api.Orders;

/// <summary>
/// An order as the API shows it. The last fields are there only where they mean something: stop price, trailing delta and when
/// the price was reached for conditional orders, the list for those of a pair.
/// </summary>
public record Order(
    string OrderId,
    string ClientOrderId,
    string Symbol,
    string Side,
    string Type,
    string TimeInForce,
    decimal? Price,
    decimal? Quantity,
    decimal? QuoteAmount,
    decimal ExecutedQuantity,
    decimal ExecutedQuote,
    string Status,
    string? Reason,
    long CreatedAt,
    long UpdatedAt,
    decimal? StopPrice = null,
    int? TrailingDelta = null,
    long? TriggeredAt = null,
    string? OrderListId = null);

/// <summary>An order that was just placed, with what it filled at once.</summary>
public sealed record PlacedOrder(
    string OrderId,
    string ClientOrderId,
    string Symbol,
    string Side,
    string Type,
    string TimeInForce,
    decimal? Price,
    decimal? Quantity,
    decimal? QuoteAmount,
    decimal ExecutedQuantity,
    decimal ExecutedQuote,
    string Status,
    string? Reason,
    long CreatedAt,
    long UpdatedAt,
    IReadOnlyList<Fill> Fills,
    decimal? StopPrice = null,
    int? TrailingDelta = null,
    long? TriggeredAt = null,
    string? OrderListId = null)
    : Order(
        OrderId, ClientOrderId, Symbol, Side, Type, TimeInForce, Price, Quantity, QuoteAmount, ExecutedQuantity, ExecutedQuote, Status, Reason,
        CreatedAt, UpdatedAt, StopPrice, TrailingDelta, TriggeredAt, OrderListId);

/// <summary>Two orders of which one cancels the other.</summary>
/// <param name="ListStatus">EXECUTING while one of them is open, then ALL_DONE.</param>
public sealed record OrderPair(
    string OrderListId, string ListClientOrderId, string Symbol, string ContingencyType, string ListStatus, IReadOnlyList<Order> Orders);

public sealed record Fill(string TradeId, decimal Price, decimal Quantity, decimal Fee, string FeeAsset);

/// <summary>What came of one order of a batch: the order, or why it was refused.</summary>
public sealed record PlaceOutcome(PlacedOrder? Order, PlaceError? Error);

public sealed record PlaceError(string Code, string Message, Dictionary<string, string>? Details);
