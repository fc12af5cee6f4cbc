namespace Exchange.Feeds.Kucoin;

/// <summary>Bound to the sections Feed:Kucoin and Feed:KucoinFutures. Where to connect to, the venue says itself.</summary>
public sealed class KucoinOptions
{
    public static readonly Uri Spot = new("https://api.kucoin.com");
    public static readonly Uri Futures = new("https://api-futures.kucoin.com");

    public Uri? RestBase { get; set; }
    public int RestRequestsPerMinute { get; set; } = 200;
}
