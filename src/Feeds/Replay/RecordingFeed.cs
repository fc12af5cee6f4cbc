using Exchange.Domain.Markets;

namespace Exchange.Feeds.Replay;

/// <summary>A feed that writes down everything it tells.</summary>
public sealed class RecordingFeed(IMarketFeed inner, FeedRecorder recorder, FeedCounters counters) : IMarketFeed
{
    public string Venue => inner.Venue;

    public IAsyncDisposable Subscribe(Market market, IFeedListener listener) =>
        inner.Subscribe(market, new RecordingListener(market, inner.Venue, listener, recorder, counters));

    public ValueTask<IReadOnlyList<VenueCandle>> GetCandlesAsync(
        Market market, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        inner.GetCandlesAsync(market, from, to, cancellationToken);
}
