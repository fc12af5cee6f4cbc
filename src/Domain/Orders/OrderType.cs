namespace Exchange.Domain.Orders;

public enum OrderType : byte
{
    Limit = 0,
    Market = 1,
    LimitMaker = 2,
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
