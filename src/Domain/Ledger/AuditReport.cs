namespace Exchange.Domain.Ledger;

/// <summary>One asset over all accounts. What is in flight has traded, but its portfolio has not booked it yet.</summary>
public sealed record AssetAudit(string Asset, decimal Deposited, decimal Available, decimal Held, decimal InFlight, decimal InPositions = 0)
{
    /// <summary>Zero, or money was made or lost.</summary>
    public decimal Difference => Available + Held + InPositions + InFlight - Deposited;
}

public sealed record AuditReport(
    IReadOnlyList<AssetAudit> Assets,
    int Accounts,
    long Trades,
    long Settlements,
    long InFlight,
    long ProblemCount,
    IReadOnlyList<string> Problems)
{
    public bool IsClean => ProblemCount == 0;
}
