using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Interfaces.Markets;

/// <summary>How the feeds of the markets that this silo listens to are doing.</summary>
public interface IFeedStates
{
    IReadOnlyList<MarketFeedState> States { get; }
}

public sealed record MarketFeedState(string Symbol, string Venue, FeedView Feed);
