namespace Exchange.Domain.Positions;

/// <summary>What has become of a position since it was opened, for a snapshot. Levels are told by a change of their own.</summary>
internal sealed record PositionParts
{
    public required PositionState State { get; init; }
    public required CloseCause Cause { get; init; }
    public required long CauseLevelTicks { get; init; }
    public required long CausePriceTicks { get; init; }
    public required long Lots { get; init; }
    public required decimal EntryNotional { get; init; }
    public required decimal Margin { get; init; }
    public required long UnwoundLots { get; init; }
    public required decimal UnwoundNotional { get; init; }
    public required decimal TotalProfit { get; init; }
    public required decimal TotalFees { get; init; }
    public required decimal TotalFunding { get; init; }
    public required decimal TotalPayout { get; init; }
    public required IReadOnlyList<long> MarginRequests { get; init; }
}
