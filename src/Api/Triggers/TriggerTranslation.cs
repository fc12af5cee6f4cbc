using Exchange.Api.Json;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Triggers;

internal static class TriggerTranslation
{
    public static readonly EnumNames<TriggerDirection> Directions = new("FALLING", "RISING");

    public static Trigger ToTrigger(this ArmedOrderView order) => new(
        "ORDER",
        JsonId.Text(order.OrderId),
        null,
        order.ClientOrderId,
        order.Symbol,
        WireNames.OrderTypes.Text(order.Type),
        WireNames.Sides.Text(order.Side),
        Watched(order.Side),
        Directions.Text(order.Direction),
        order.TriggerPrice,
        order.TrailingBps == 0 ? null : order.TrailingBps,
        order.Follows);

    /// <summary>A position that is closing waits for nothing any more.</summary>
    public static IEnumerable<Trigger> ToTriggers(this PositionView position)
    {
        if (position.State != PositionState.Open)
            yield break;
        var against = position.Side == PositionSide.Long ? TriggerDirection.Falling : TriggerDirection.Rising;
        var inFavour = position.Side == PositionSide.Long ? TriggerDirection.Rising : TriggerDirection.Falling;
        var exit = position.Side == PositionSide.Long ? Side.Sell : Side.Buy;
        if (position.LiquidationPrice > 0)
            yield return Of(position, "LIQUIDATION", exit, "MARK", against, position.LiquidationPrice);
        if (position.StopLoss > 0)
            yield return Of(position, "STOP_LOSS", exit, Watched(exit), against, position.StopLoss);
        if (position.TakeProfit > 0)
            yield return Of(position, "TAKE_PROFIT", exit, Watched(exit), inFavour, position.TakeProfit);
        if (position.TrailingLevel > 0)
        {
            yield return Of(position, "TRAILING_STOP", exit, Watched(exit), against, position.TrailingLevel) with
            {
                TrailingDelta = position.TrailBps == 0 ? null : position.TrailBps,
                Follows = true,
            };
        }
    }

    private static Trigger Of(PositionView position, string type, Side exit, string watches, TriggerDirection direction, decimal price) => new(
        "POSITION",
        null,
        JsonId.Text(position.PositionId),
        position.ClientPositionId,
        position.Symbol,
        type,
        WireNames.Sides.Text(exit),
        watches,
        Directions.Text(direction),
        price,
        null,
        false);

    private static string Watched(Side side) => side == Side.Sell ? "BID" : "ASK";
}
