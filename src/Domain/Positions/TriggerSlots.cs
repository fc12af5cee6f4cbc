namespace Exchange.Domain.Positions;

/// <summary>What a trigger is for. A position or an order has at most one of each.</summary>
public static class TriggerSlots
{
    public const int Liquidation = 0;
    public const int StopLoss = 1;
    public const int TakeProfit = 2;
    public const int Trailing = 3;
    public const int Expiry = 4;
    public const int Conditional = 5;
    public const int Entry = 6;
}
