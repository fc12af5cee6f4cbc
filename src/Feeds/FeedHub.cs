using Exchange.Domain.Markets;
using Exchange.Domain.Venue;
using Microsoft.Extensions.Logging;

namespace Exchange.Feeds;

/// <summary>
/// The silo's one way to market data. Whoever listens to the same market here shares one subscription at the venue,
/// which begins with the first listener and ends with the last.
/// </summary>
public sealed class FeedHub : IDisposable
{
    private readonly Dictionary<string, IMarketFeed> _feeds = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<FeedKey, SharedSubscription> _shared = [];
    private readonly Lock _lock = new();
    private readonly ILogger<FeedHub> _logger;
    private readonly FeedRoutes? _routes;
    private readonly FeedGauges _gauges;

    public FeedHub(IEnumerable<IMarketFeed> feeds, ILogger<FeedHub> logger, FeedRoutes? routes = null)
    {
        (_logger, _routes) = (logger, routes);
        foreach (var feed in feeds)
            _feeds.Add(feed.Venue, feed);
        _gauges = new FeedGauges(() => Statuses);
    }

    public IReadOnlyCollection<string> Venues => _feeds.Keys;

    /// <summary>How many subscriptions the venues have from here.</summary>
    public int Subscriptions
    {
        get
        {
            lock (_lock)
                return _shared.Count;
        }
    }

    /// <summary>How each subscribed market's feed is doing, for health checks and operators.</summary>
    public IReadOnlyList<FeedStatus> Statuses
    {
        get
        {
            lock (_lock)
                return [.. _shared.Values.Select(shared => shared.Status).OrderBy(status => status.Symbol, StringComparer.Ordinal)];
        }
    }

    /// <summary>The market with the venue that backs it here, which configuration may have changed.</summary>
    public Market Route(Market market) => _routes?.Apply(market) ?? market;

    public RestingFill RestingFillOf(Market market) => _routes?.RestingFillOf(market) ?? RestingFill.Queue;

    public bool Serves(string venue) => _feeds.ContainsKey(venue);

    /// <summary>Listens to a market until the result is disposed. Throws for a venue that no feed serves.</summary>
    public IAsyncDisposable Subscribe(Market market, IFeedListener listener)
    {
        market = Route(market);
        var feed = FeedOf(market);
        var key = FeedKey.Of(market);
        SharedSubscription? shared;
        lock (_lock)
        {
            if (!_shared.TryGetValue(key, out shared))
                _shared.Add(key, shared = new SharedSubscription(market.Venue, market.Symbol, _logger));
            shared.Holders++;
        }
        var handle = new Handle(this, key, shared, listener);
        shared.Add(listener);
        try
        {
            // Outside the hub's lock: the feed may call back at once.
            shared.EnsureStarted(listener => feed.Subscribe(market, listener));
        }
        catch
        {
            handle.Leave();
            throw;
        }
        return handle;
    }

    public ValueTask<IReadOnlyList<VenueCandle>> GetCandlesAsync(
        Market market, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        FeedOf(Route(market)).GetCandlesAsync(Route(market), from, to, cancellationToken);

    public void Dispose() => _gauges.Dispose();

    private IMarketFeed FeedOf(Market market) =>
        _feeds.TryGetValue(market.Venue, out var feed)
            ? feed
            : throw new InvalidOperationException($"No feed serves venue '{market.Venue}' of {market.Symbol}.");

    private bool LeftLast(FeedKey key, SharedSubscription shared)
    {
        lock (_lock)
        {
            shared.Holders--;
            return shared.Holders == 0 && _shared.Remove(key);
        }
    }

    /// <summary>Two markets share a subscription only if they count in the same ticks and lots.</summary>
    private readonly record struct FeedKey(string Venue, string Symbol, decimal TickSize, decimal LotSize)
    {
        public static FeedKey Of(Market market) =>
            new(market.Venue.ToLowerInvariant(), FeedSymbol.Of(market), market.TickSize, market.LotSize);
    }

    private sealed class Handle(FeedHub hub, FeedKey key, SharedSubscription shared, IFeedListener listener) : IAsyncDisposable
    {
        private int _left;

        public bool Leave()
        {
            if (Interlocked.Exchange(ref _left, 1) != 0)
                return false;
            shared.Remove(listener);
            return hub.LeftLast(key, shared);
        }

        public ValueTask DisposeAsync() => Leave() ? shared.EndAsync() : default;
    }
}
