namespace Exchange.Domain.Orders;

public enum OrderType : byte
{
    Limit = 0,
    Market = 1,
    LimitMaker = 2,

    /// <summary>From here on they wait for a price, and are a market or a limit order once it is reached.</summary>
    StopLoss = 3,
    StopLossLimit = 4,
    TakeProfit = 5,
    TakeProfitLimit = 6,
}

public static class OrderTypes
{
    public static bool IsConditional(this OrderType type) => type >= OrderType.StopLoss;

    public static bool IsStopLoss(this OrderType type) => type is OrderType.StopLoss or OrderType.StopLossLimit;

    /// <summary>What the order is when it meets the market.</summary>
    public static OrderType Working(this OrderType type) => type switch
    {
        OrderType.StopLoss or OrderType.TakeProfit => OrderType.Market,
        OrderType.StopLossLimit or OrderType.TakeProfitLimit => OrderType.Limit,
        _ => type,
    };
}

public enum TimeInForce : byte
{
    GoodTillCancelled = 0,
    ImmediateOrCancel = 1,
    FillOrKill = 2,
}

/// <summary>What happens when a taker meets an order of its own account; the taker's choice decides.</summary>
public enum SelfTradePrevention : byte
{
    None = 0,
    ExpireMaker = 1,
    ExpireTaker = 2,
    ExpireBoth = 3,
    Decrement = 4,
}
