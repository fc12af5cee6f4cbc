namespace Exchange.Domain.Positions;

/// <summary>
/// What closing a position, or a part of it, comes to. The owner gets the margin and the profit back, less the fee, but
/// never less than nothing: a loss beyond the margin is the house's shortfall, and the fee is what is left to pay it from.
/// </summary>
public readonly record struct Exit(
    long Lots,
    decimal EntryNotional,
    decimal ExitNotional,
    decimal MarginReleased,
    decimal Profit,
    decimal Fee,
    decimal Payout,
    decimal Shortfall)
{
    /// <summary>What the house books. With the owner's payout it is exactly the margin that was released.</summary>
    public decimal HouseChange => MarginReleased - Payout;
}
