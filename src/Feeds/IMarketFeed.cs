using Exchange.Domain.Markets;

namespace Exchange.Feeds;

/// <summary>A venue's market data. One instance serves every market that names its venue.</summary>
public interface IMarketFeed
{
    /// <summary>The name by which <see cref="Market.Venue"/> refers to this feed.</summary>
    string Venue { get; }

    /// <summary>
    /// Declares interest and returns at once: connecting is the feed's own business, and <see cref="IFeedListener.OnState"/>
    /// tells how it goes. The first calls to the listener may come before this returns. After the subscription was
    /// disposed, only a call that had already begun still arrives.
    /// </summary>
    IAsyncDisposable Subscribe(Market market, IFeedListener listener);

    /// <summary>
    /// The finished one-minute candles that opened in [from, to), oldest first; minutes without a trade are left out.
    /// A venue answers with a bounded number at once, so a caller that wants more goes on after the last one; the answer
    /// is empty where there is nothing, or no history at all.
    /// </summary>
    ValueTask<IReadOnlyList<VenueCandle>> GetCandlesAsync(
        Market market, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default);
}
