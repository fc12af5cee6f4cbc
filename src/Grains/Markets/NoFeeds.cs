using Exchange.Grains.Interfaces.Markets;

namespace Exchange.Grains.Markets;

/// <summary>Of a process in which no symbol lives.</summary>
internal sealed class NoFeeds : IFeedStates
{
    public IReadOnlyList<MarketFeedState> States => [];
}
