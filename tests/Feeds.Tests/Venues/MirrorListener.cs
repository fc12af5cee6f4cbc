using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Tests.Venues;

/// <summary>What a market hears from a feed that calls on its own threads: the book it builds, trades, quotes, states.</summary>
internal sealed class MirrorListener : IFeedListener
{
    private readonly Lock _lock = new();
    private readonly VenueDepth _book = new();
    private readonly List<VenueTrade> _trades = [];
    private readonly List<BestQuote> _bests = [];
    private readonly List<long> _marks = [];
    private readonly List<(FeedState State, string Reason)> _states = [];

    public VenueTrade[] Trades => Get(() => _trades.ToArray());
    public BestQuote[] Bests => Get(() => _bests.ToArray());
    public long[] Marks => Get(() => _marks.ToArray());
    public (FeedState State, string Reason)[] States => Get(() => _states.ToArray());
    public FeedState State => Get(() => _book.State);
    public long HeardAtMs => Get(() => _book.UpdatedAtMs);
    public DepthLevel[] Bids => Get(() => Books.Top(_book, Side.Buy));
    public DepthLevel[] Asks => Get(() => Books.Top(_book, Side.Sell));
    public long Displaced => Get(() => _book.Displaced);
    public DepthRefusal Refusal { get; private set; }

    public void OnDepthSnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs)
    {
        lock (_lock)
            Note(_book.ApplySnapshot(bids, asks, atMs));
    }

    public void OnDepthChanges(ReadOnlySpan<DepthChange> changes, long atMs)
    {
        lock (_lock)
            Note(_book.Apply(changes, atMs));
    }

    public void OnTrade(in VenueTrade trade)
    {
        lock (_lock)
            _trades.Add(trade);
    }

    public void OnBest(in BestQuote best)
    {
        lock (_lock)
            _bests.Add(best);
    }

    public void OnMark(long price, long atMs)
    {
        lock (_lock)
            _marks.Add(price);
    }

    public void OnState(FeedState state, string reason, long atMs)
    {
        lock (_lock)
        {
            _states.Add((state, reason));
            _book.SetState(state, atMs);
        }
    }

    private void Note(DepthRefusal refusal)
    {
        if (refusal != DepthRefusal.None)
            Refusal = refusal;
    }

    private T Get<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }
}
