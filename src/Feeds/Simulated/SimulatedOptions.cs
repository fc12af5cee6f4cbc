namespace Exchange.Feeds.Simulated;

/// <summary>Bound to the section Feed:Simulated.</summary>
public sealed class SimulatedOptions
{
    /// <summary>Another seed is another history of all markets.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>How often the book moves; a divisor of a minute.</summary>
    public int IntervalMs { get; set; } = 100;

    /// <summary>Price levels on each side.</summary>
    public int Levels { get; set; } = 30;

    /// <summary>Average distance of levels behind the touch, in basis points of the base price.</summary>
    public double LevelSpacingBps { get; set; } = 0.5;

    public int MaxSpreadTicks { get; set; } = 3;

    /// <summary>Typical worth of what stands at the best price, in US dollars; deeper levels hold more.</summary>
    public double TouchValue { get; set; } = 25_000;

    public double TradesPerSecond { get; set; } = 4;

    /// <summary>Typical worth of one trade, in US dollars.</summary>
    public double TradeValue { get; set; } = 1_500;

    public Dictionary<string, SimulatedAsset> Assets { get; set; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["BTC"] = new() { UsdPrice = 60_000, Volatility = 0.60 },
        ["ETH"] = new() { UsdPrice = 3_000, Volatility = 0.75 },
        ["SOL"] = new() { UsdPrice = 236, Volatility = 0.95 },
        ["USDT"] = new() { UsdPrice = 1, Volatility = 0 },
        ["USDC"] = new() { UsdPrice = 1, Volatility = 0.0008 },
    };

    /// <summary>What is wrong with these settings, or null.</summary>
    public string? Problem()
    {
        if (IntervalMs < 10 || 60_000 % IntervalMs != 0)
            return "IntervalMs must be at least 10 and divide a minute.";
        if (Levels is < 1 or > 500)
            return "Levels must be between 1 and 500.";
        if (!(LevelSpacingBps is > 0 and <= 100) || MaxSpreadTicks is < 1 or > 1000)
            return "LevelSpacingBps must be above 0 and at most 100, MaxSpreadTicks between 1 and 1000.";
        if (!(TouchValue is > 0 and < 1e12) || !(TradeValue is > 0 and < 1e12))
            return "TouchValue and TradeValue must be positive.";
        if (!(TradesPerSecond is >= 0 and <= 100))
            return "TradesPerSecond must be between 0 and 100.";
        foreach (var (name, asset) in Assets)
        {
            if (!(asset.UsdPrice is > 0 and < 1e12) || !(asset.Volatility is >= 0 and <= 5))
                return $"{name} needs a positive UsdPrice and a Volatility between 0 and 5.";
        }
        return null;
    }
}

public sealed class SimulatedAsset
{
    public double UsdPrice { get; set; }

    /// <summary>Yearly, 0.6 for 60%.</summary>
    public double Volatility { get; set; }
}
