using System.Text.Json.Serialization;
using Exchange.Api.Json;
using Exchange.Api.Orders;

namespace Exchange.Api.Triggers;

/// <summary>Something of the caller's that happens when a price is reached.</summary>
/// <param name="Kind">ORDER where an order goes to the market then, POSITION where a position closes, ENTRY where one opens.</param>
/// <param name="Type">An order's type; for positions LIQUIDATION, STOP_LOSS, TAKE_PROFIT or TRAILING_STOP, or OPEN_LONG or OPEN_SHORT.</param>
/// <param name="Side">The side of what is executed then.</param>
/// <param name="Watches">The price that decides: what sells watches the best BID, what buys the best ASK, liquidation the MARK price.</param>
/// <param name="Direction">Where that price has to go from here: RISING or FALLING.</param>
/// <param name="TriggerPrice">Where it fires as things stand; of what follows the market, where it has followed to.</param>
/// <param name="Follows">Follows the market; a trailing order with a stop price does so once that has been reached.</param>
public sealed record Trigger(
    string Kind,
    string? OrderId,
    string? PositionId,
    string ClientId,
    string Symbol,
    string Type,
    string Side,
    string Watches,
    string Direction,
    decimal TriggerPrice,
    int? TrailingDelta,
    bool Follows);

/// <summary>A position that was asked for at a price which was reached.</summary>
/// <param name="Status">OPENED, whatever became of it since, or REFUSED with the reason.</param>
public sealed record TriggeredPosition(
    string PositionId,
    string ClientPositionId,
    string Symbol,
    string Direction,
    decimal Margin,
    decimal Leverage,
    decimal TriggerPrice,
    decimal ReachedPrice,
    string Status,
    string? Reason,
    long CreatedAt,
    long TriggeredAt);

/// <summary>Orders and positions have ids of one kind: a page has the newest of both together.</summary>
/// <param name="NextCursor">Asks for the next page; null when this one was not full.</param>
public sealed record TriggeredPage(IReadOnlyList<Order> Orders, IReadOnlyList<TriggeredPosition> Positions, string? NextCursor);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(JsonDecimalConverter)])]
[JsonSerializable(typeof(Trigger[]))]
[JsonSerializable(typeof(TriggeredPosition))]
[JsonSerializable(typeof(TriggeredPage))]
internal sealed partial class TriggerJson : JsonSerializerContext;
