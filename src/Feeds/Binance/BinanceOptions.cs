namespace Exchange.Feeds.Binance;

/// <summary>Bound to the section Feed:Binance. The default addresses carry market data only and need no account.</summary>
public sealed class BinanceOptions
{
    public Uri RestBase { get; set; } = new("https://data-api.binance.vision");
    public Uri StreamBase { get; set; } = new("wss://data-stream.binance.vision");

    /// <summary>Levels per side that a snapshot asks for.</summary>
    public int SnapshotLevels { get; set; } = 1000;

    /// <summary>Each depth request of 1000 levels weighs 50 of the 6000 that Binance allows per minute.</summary>
    public int RestRequestsPerMinute { get; set; } = 100;
}
