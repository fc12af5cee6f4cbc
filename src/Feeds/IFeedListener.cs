using Exchange.Domain;
using Exchange.Domain.Venue;

namespace Exchange.Feeds;

/// <summary>
/// What a feed tells about one market. The calls for one subscription never overlap, carry prices in ticks and
/// quantities in lots of the subscribed market, and lend their spans only for the length of the call. They come on
/// the feed's thread, so a listener notes what it needs and returns; <see cref="FeedMailbox"/> does just that.
/// </summary>
public interface IFeedListener
{
    /// <summary>The whole book, best price first on each side. It replaces whatever was known before.</summary>
    void OnDepthSnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs);

    /// <summary>Levels that changed together since the last snapshot or change.</summary>
    void OnDepthChanges(ReadOnlySpan<DepthChange> changes, long atMs);

    void OnTrade(in VenueTrade trade);

    /// <summary>Sent whenever the best bid or ask moved, which on some venues is faster than depth.</summary>
    void OnBest(in BestQuote best);

    /// <summary>The price by which the venue values positions. Venues without one never send it; the mid stands in.</summary>
    void OnMark(long price, long atMs);

    /// <summary>
    /// Sent on every change. A live feed whose market is quiet repeats <see cref="FeedState.Live"/> as a sign of life,
    /// so that the age of the last call is the age of the data.
    /// </summary>
    void OnState(FeedState state, string reason, long atMs);
}
