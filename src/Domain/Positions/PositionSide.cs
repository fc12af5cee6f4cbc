using Exchange.Domain.Orders;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

public enum PositionSide : byte
{
    Long = 0,
    Short = 1,
}

public enum CloseCause : byte
{
    User = 0,
    StopLoss = 1,
    TakeProfit = 2,
    TrailingStop = 3,
    Liquidation = 4,
    Expiry = 5,

    /// <summary>The exchange closes it, for instance because the market goes.</summary>
    Operator = 6,
}

public enum PositionState : byte
{
    Open = 0,

    /// <summary>It is decided that it closes; it waits for the other side.</summary>
    Closing = 1,
    Closed = 2,
}

public static class PositionSides
{
    public static Side EntrySide(this PositionSide side) => side == PositionSide.Long ? Side.Buy : Side.Sell;

    public static Side ExitSide(this PositionSide side) => side.EntrySide().Opposite();

    /// <summary>The way the price goes when the position loses.</summary>
    public static TriggerDirection Against(this PositionSide side) =>
        side == PositionSide.Long ? TriggerDirection.Falling : TriggerDirection.Rising;

    public static TriggerDirection InFavour(this PositionSide side) =>
        side == PositionSide.Long ? TriggerDirection.Rising : TriggerDirection.Falling;

    /// <summary>Whether a price is as bad for the position as the level or worse.</summary>
    public static bool IsAtOrPast(this PositionSide side, long priceTicks, long levelTicks) =>
        side == PositionSide.Long ? priceTicks <= levelTicks : priceTicks >= levelTicks;
}
