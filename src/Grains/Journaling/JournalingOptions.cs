namespace Exchange.Grains.Journaling;

public sealed class JournalingOptions
{
    /// <summary>A symbol saves a snapshot after this many journal records.</summary>
    public int SymbolRecordsPerSnapshot { get; set; } = 20_000;

    /// <summary>A portfolio saves a snapshot after this many journal records.</summary>
    public int PortfolioRecordsPerSnapshot { get; set; } = 2_000;
}
