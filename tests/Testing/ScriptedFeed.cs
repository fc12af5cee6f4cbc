using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;
using Exchange.Feeds;

namespace Exchange.Testing;

/// <summary>A venue that says exactly what a test tells it to say, when it tells it to.</summary>
public sealed class ScriptedFeed(string venue = "scripted") : IMarketFeed
{
    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];

    public string Venue { get; } = venue;

    /// <summary>What <see cref="GetCandlesAsync"/> draws from.</summary>
    public List<VenueCandle> Candles { get; } = [];

    /// <summary>How many subscriptions were ever made.</summary>
    public int Subscribed { get; private set; }

    public int ListenersOf(string symbol)
    {
        lock (_lock)
            return _subscriptions.Count(subscription => subscription.Market.Symbol == symbol);
    }

    public IAsyncDisposable Subscribe(Market market, IFeedListener listener)
    {
        var subscription = new Subscription(this, market, listener);
        lock (_lock)
        {
            Subscribed++;
            _subscriptions.Add(subscription);
        }
        return subscription;
    }

    public ValueTask<IReadOnlyList<VenueCandle>> GetCandlesAsync(
        Market market, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        new(Candles.FindAll(candle =>
            candle.OpenTimeMs >= from.ToUnixTimeMilliseconds() && candle.OpenTimeMs < to.ToUnixTimeMilliseconds()));

    /// <summary>A whole live book: the snapshot, its best quote and the state.</summary>
    public void Open(string symbol, (long Price, long Lots)[] bids, (long Price, long Lots)[] asks, long atMs)
    {
        Snapshot(symbol, bids, asks, atMs);
        Best(symbol, new BestQuote(
            bids.FirstOrDefault().Price, bids.FirstOrDefault().Lots, asks.FirstOrDefault().Price, asks.FirstOrDefault().Lots, atMs));
        State(symbol, FeedState.Live, "", atMs);
    }

    public void Snapshot(string symbol, (long Price, long Lots)[] bids, (long Price, long Lots)[] asks, long atMs) =>
        Tell(symbol, listener => listener.OnDepthSnapshot(Levels(bids), Levels(asks), atMs));

    public void Level(string symbol, Side side, long price, long lots, long atMs) =>
        Tell(symbol, listener => listener.OnDepthChanges([new DepthChange(side, price, lots)], atMs));

    public void Changes(string symbol, DepthChange[] changes, long atMs) =>
        Tell(symbol, listener => listener.OnDepthChanges(changes, atMs));

    public void Best(string symbol, BestQuote best) => Tell(symbol, listener => listener.OnBest(best));

    public void Trade(string symbol, long price, long lots, Side takerSide, long atMs) =>
        Tell(symbol, listener => listener.OnTrade(new VenueTrade(price, lots, takerSide, atMs)));

    public void Mark(string symbol, long price, long atMs) => Tell(symbol, listener => listener.OnMark(price, atMs));

    public void State(string symbol, FeedState state, string reason, long atMs) =>
        Tell(symbol, listener => listener.OnState(state, reason, atMs));

    private void Tell(string symbol, Action<IFeedListener> word)
    {
        Subscription[] addressed;
        lock (_lock)
            addressed = [.. _subscriptions.Where(subscription => subscription.Market.Symbol == symbol)];
        foreach (var subscription in addressed)
            word(subscription.Listener);
    }

    private static DepthLevel[] Levels((long Price, long Lots)[] levels) =>
        Array.ConvertAll(levels, level => new DepthLevel(level.Price, level.Lots));

    private sealed record Subscription(ScriptedFeed Feed, Market Market, IFeedListener Listener) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            lock (Feed._lock)
                Feed._subscriptions.RemoveAll(subscription => ReferenceEquals(subscription, this));
            return default;
        }
    }
}
