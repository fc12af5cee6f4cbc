using Exchange.Domain.Venue;

namespace Exchange.Feeds;

/// <summary>Bound to the section Feed: which venue backs the markets.</summary>
public sealed class FeedOptions
{
    /// <summary>Where prices come from unless a market says otherwise: Simulated, Binance, Kucoin, KucoinFutures or Replay.</summary>
    public string Default { get; set; } = Simulated.SimulatedFeed.Name;

    /// <summary>When resting orders on venue-backed markets fill, unless a market says otherwise.</summary>
    public RestingFill RestingFill { get; set; } = RestingFill.Queue;

    /// <summary>Which of the default venue's markets a new exchange lists.</summary>
    public ListingOptions Listing { get; set; } = new();

    /// <summary>By our symbol, such as BTC_USDT.</summary>
    public Dictionary<string, MarketFeedOptions> Markets { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}

public sealed class ListingOptions
{
    /// <summary>Markets against these assets are listed, separated by commas.</summary>
    public string Quotes { get; set; } = "USDT,USDC";

    /// <summary>
    /// Markets of these assets are listed, separated by commas and in this order; * stands for every asset, in that of the
    /// alphabet.
    /// </summary>
    public string Bases { get; set; } =
        "BTC,ETH,SOL,BNB,XRP,DOGE,ADA,TRX,LINK,AVAX,LTC,BCH,DOT,UNI,AAVE,NEAR,ATOM,XLM,SUI,PEPE";

    /// <summary>No more markets are listed than these, the configured ones included.</summary>
    public int MarketsMax { get; set; } = 1_000;
}

public sealed class MarketFeedOptions
{
    /// <summary>As for the default, or None for a market where only users meet.</summary>
    public string Venue { get; set; } = "";

    /// <summary>The venue's name for the market, where it is not the usual one.</summary>
    public string VenueSymbol { get; set; } = "";

    public RestingFill? RestingFill { get; set; }
}
