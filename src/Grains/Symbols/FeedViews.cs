using Exchange.Domain.Venue;
using Exchange.Feeds;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Symbols;
using Microsoft.Extensions.Options;

namespace Exchange.Grains.Symbols;

internal static class FeedViews
{
    /// <summary>A feed that calls itself live but was not heard for too long is stale.</summary>
    public static FeedView Of(FeedState state, string reason, long heardAtMs, long nowMs, TimeSpan maxAge)
    {
        var ageMs = heardAtMs == 0 ? 0 : Math.Max(0, nowMs - heardAtMs);
        return state switch
        {
            FeedState.Live when ageMs <= maxAge.TotalMilliseconds => new FeedView(FeedHealth.Live, ageMs, null),
            FeedState.Live => new FeedView(FeedHealth.Stale, ageMs, "nothing was heard"),
            FeedState.Stale => new FeedView(FeedHealth.Stale, ageMs, reason),
            FeedState.Resynchronising => new FeedView(FeedHealth.Resynchronising, ageMs, reason),
            _ => new FeedView(FeedHealth.Down, ageMs, reason),
        };
    }
}

/// <summary>The hub's subscriptions, judged as the symbols judge their own.</summary>
internal sealed class FeedStates(FeedHub hub, IOptions<SymbolOptions> options, TimeProvider time) : IFeedStates
{
    public IReadOnlyList<MarketFeedState> States
    {
        get
        {
            var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            return [.. hub.Statuses.Select(status => new MarketFeedState(
                status.Symbol,
                status.Venue,
                FeedViews.Of(status.State, status.Reason, status.HeardAtMs, nowMs, options.Value.MaxDepthAge)))];
        }
    }
}
