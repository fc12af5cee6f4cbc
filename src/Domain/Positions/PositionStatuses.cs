namespace Exchange.Domain.Positions;

/// <summary>How a position's end is called, wherever it is told.</summary>
public static class PositionStatuses
{
    public const string Open = "OPEN";
    public const string Closing = "CLOSING";

    /// <summary>A position that its owner or the exchange closed is CLOSED, the others say by what.</summary>
    public static string Closed(CloseCause cause) => cause switch
    {
        CloseCause.StopLoss => "STOP_LOSS",
        CloseCause.TakeProfit => "TAKE_PROFIT",
        CloseCause.TrailingStop => "TRAILING_STOP",
        CloseCause.Liquidation => "LIQUIDATED",
        CloseCause.Expiry => "EXPIRED",
        _ => "CLOSED",
    };

    public static string Cause(CloseCause cause) => cause switch
    {
        CloseCause.User => "USER",
        CloseCause.Liquidation => "LIQUIDATION",
        CloseCause.Expiry => "EXPIRY",
        CloseCause.Operator => "OPERATOR",
        _ => Closed(cause),
    };
}
