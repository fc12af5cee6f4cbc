namespace Exchange.Domain.Positions;

/// <summary>
/// What a market asks of positions, beside its largest leverage. A position keeps the rates it was opened with. Without
/// settings there are no fees, no maintenance margin and no funding.
/// </summary>
public sealed record CfdTerms
{
    public static CfdTerms Default { get; } = new();

    /// <summary>A position is liquidated when no more than this part of its value is left of its margin.</summary>
    public int MaintenanceBps { get; init; }

    /// <summary>Of the notional, rounded up.</summary>
    public int EntryFeeBps { get; init; }
    public int ExitFeeBps { get; init; }
    public decimal MarginMin { get; init; } = 1;

    /// <summary>How far from the mark price a position may be entered, or left by its owner.</summary>
    public int SlippageBps { get; init; } = 500;

    /// <summary>The longest that a position with an expiry may run.</summary>
    public long LifetimeMaxMs { get; init; } = 30L * 24 * 3_600_000;

    /// <summary>When a position that was opened without an expiry closes by itself; zero is never.</summary>
    public long DefaultLifetimeMs { get; init; }

    /// <summary>Zero where there is no funding.</summary>
    public long FundingIntervalMs { get; init; }

    /// <summary>Of the notional, each interval; longs pay shorts when it is positive.</summary>
    public decimal FundingRate { get; init; }

    public PositionLevels WithLifetime(in PositionLevels levels, long nowMs) => levels.ExpiresAtMs != 0 || DefaultLifetimeMs <= 0
        ? levels
        : levels with { ExpiresAtMs = nowMs + Math.Min(DefaultLifetimeMs, LifetimeMaxMs) };

    /// <summary>The last time before now that funding fell due; zero where there is none.</summary>
    public long FundingDueMs(long nowMs) => FundingIntervalMs <= 0 ? 0 : nowMs / FundingIntervalMs * FundingIntervalMs;
}
