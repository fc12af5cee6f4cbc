using Exchange.Domain.Orders;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

public enum ConditionalType : byte
{
    StopLoss = 0,
    StopLossLimit = 1,
    TakeProfit = 2,
    TakeProfitLimit = 3,
}

public static class ConditionalTypes
{
    public static bool IsLimit(this ConditionalType type) => type is ConditionalType.StopLossLimit or ConditionalType.TakeProfitLimit;

    public static bool IsStopLoss(this ConditionalType type) => type is ConditionalType.StopLoss or ConditionalType.StopLossLimit;

    /// <summary>Above the market wait stops that buy and profits that sell, below it stops that sell and profits that buy.</summary>
    public static TriggerDirection Direction(this ConditionalType type, Side side) =>
        type.IsStopLoss() == (side == Side.Buy) ? TriggerDirection.Rising : TriggerDirection.Falling;

    /// <summary>Which way the price turns when a trailing order fires: a seller follows the high, a buyer the low.</summary>
    public static TriggerDirection TrailDirection(this Side side) =>
        side == Side.Sell ? TriggerDirection.Falling : TriggerDirection.Rising;

    /// <summary>The same numbers, without those that do not wait.</summary>
    public static ConditionalType ToConditional(this OrderType type) => type.IsConditional()
        ? (ConditionalType)(type - OrderType.StopLoss)
        : throw new ArgumentOutOfRangeException(nameof(type));

    public static OrderType ToOrderType(this ConditionalType type) => OrderType.StopLoss + (byte)type;

    /// <summary>What the order is once it fires.</summary>
    public static OrderType FiredType(this ConditionalType type) => type.IsLimit() ? OrderType.Limit : OrderType.Market;
}
