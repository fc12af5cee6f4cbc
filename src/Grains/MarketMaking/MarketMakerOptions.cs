using Exchange.Grains.Interfaces.MarketMaking;

namespace Exchange.Grains.MarketMaking;

/// <summary>The section MarketMaker of the configuration. Once an operator has changed a maker, his settings count for it.</summary>
public sealed class MarketMakerOptions
{
    /// <summary>False: no market has a maker, whatever an operator has switched on.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The markets whose makers are on until an operator decides otherwise; TATA_INR where nothing is said.</summary>
    public string[]? Symbols { get; set; }

    /// <summary>What a maker deposits into its account when it starts for the first time. The base funds are its target inventory.</summary>
    public decimal BaseFunds { get; set; } = 50_000;

    public decimal QuoteFunds { get; set; } = 10_000_000;

    /// <summary>The price that the default reference wanders about.</summary>
    public decimal ReferencePrice { get; set; } = 100;

    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Quotes are pulled when the reference price could not be learned anew for this long.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long nothing is placed after an order was refused.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(10);

    public MakerSettings DefaultsFor(string symbol) => new(
        IsOn: (Symbols ?? ["TATA_INR"]).Contains(symbol),
        Levels: 10,
        HalfSpreadBps: 10,
        StepBps: 10,
        SkewBps: 200,
        RequoteBps: 10,
        LevelQuantity: 100,
        GrowthPercent: 20,
        PositionMax: 10_000,
        ExposureMax: 1_000_000,
        new ReferenceSettings(ReferenceKind.Walk, ReferencePrice, RangeBps: 500, Symbol: "", Factor: 1));
}
