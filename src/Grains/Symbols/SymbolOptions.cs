namespace Exchange.Grains.Symbols;

public sealed class SymbolOptions
{
    /// <summary>A symbol with nothing open, nothing to deliver and nobody asking ends its feed subscription after this time.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>No order executes against venue depth that is older than this.</summary>
    public TimeSpan MaxDepthAge { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the first order after a start waits for the venue's first depth.</summary>
    public TimeSpan FirstDepthWait { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long coming alive may wait for the venue's candles of the time missed.</summary>
    public TimeSpan VenuePastWait { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Settlements that may wait for their portfolios before new orders are refused.</summary>
    public int MaxUnsettled { get; set; } = 200_000;

    /// <summary>Settlements that may wait for one account before its own new orders are refused.</summary>
    public int MaxUnsettledPerAccount { get; set; } = 20_000;

    public int SettlementsPerBatch { get; set; } = 256;
    public TimeSpan SettlementRetryMin { get; set; } = TimeSpan.FromMilliseconds(500);
    public TimeSpan SettlementRetryMax { get; set; } = TimeSpan.FromSeconds(30);
}
