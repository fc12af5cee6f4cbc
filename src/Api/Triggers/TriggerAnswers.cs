using System.Text.Json.Serialization;
using Exchange.Api.Json;

namespace Exchange.Api.Triggers;

/// <summary>Something of the caller's that happens when a price is reached.</summary>
/// <param name="Kind">ORDER where an order goes to the market then, POSITION where a position closes.</param>
/// <param name="Type">An order's type; for positions LIQUIDATION, STOP_LOSS, TAKE_PROFIT or TRAILING_STOP.</param>
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

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(JsonDecimalConverter)])]
[JsonSerializable(typeof(Trigger[]))]
internal sealed partial class TriggerJson : JsonSerializerContext;
