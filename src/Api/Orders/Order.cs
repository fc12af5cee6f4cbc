namespace Exchange.Api.Orders;

/// <summary>An order as the API shows it.</summary>
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
    long UpdatedAt);

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
    IReadOnlyList<Fill> Fills)
    : Order(OrderId, ClientOrderId, Symbol, Side, Type, TimeInForce, Price, Quantity, QuoteAmount, ExecutedQuantity, ExecutedQuote, Status, Reason, CreatedAt, UpdatedAt);

public sealed record Fill(string TradeId, decimal Price, decimal Quantity, decimal Fee, string FeeAsset);

/// <summary>What came of one order of a batch: the order, or why it was refused.</summary>
public sealed record PlaceOutcome(PlacedOrder? Order, PlaceError? Error);

public sealed record PlaceError(string Code, string Message, Dictionary<string, string>? Details);
