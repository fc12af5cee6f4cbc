using Exchange.Domain;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Tests.Venues;

/// <summary>
/// A market in a flood: what it hears goes to a mirror, update by update, and to a mailbox that is only drained at quiet
/// points, as that of a grain with no time. Quotes wander on a path of their own, which the mailbox must not have lost.
/// </summary>
internal sealed class FloodedMarket(string symbol) : IFeedListener
{
    private readonly FeedMailbox _mailbox = new(static () => { });
    private readonly VenueDepth _drained = new();
    private readonly Random _random = new(symbol[1] * 10 + symbol[2]);
    private PriceRange _quoted;
    private long _price = 10_000;
    private int _quotes;
    private int _heard;

    public string Symbol => symbol;
    public MirrorListener Mirror { get; } = new();
    public bool HasHeardAll => Volatile.Read(ref _heard) == _quotes;

    /// <summary>The next bid on the path, in ticks.</summary>
    public long NextBid()
    {
        _quotes++;
        _price = Math.Clamp(_price + _random.Next(-50, 51), 8_000, 12_000);
        _quoted.Add(_price);
        return _price;
    }

    /// <summary>Subscribing told a book and a quote that are not of the path.</summary>
    public void Begin()
    {
        Drain();
        Volatile.Write(ref _heard, 0);
    }

    public void IsRightAtAQuietPoint()
    {
        var batch = Drain();
        Assert.Equal((_quoted.Low, _quoted.High, _quoted.Last), (batch.Bid.Low, batch.Bid.High, batch.Bid.Last));
        Assert.Equal((_quoted.Low + 1, _quoted.High + 1), (batch.Ask.Low, batch.Ask.High));
        Assert.InRange(batch.Changes.Length, 0, FeedMailbox.DefaultChangeBound);
        Assert.Equal(Mirror.Bids, Books.Top(_drained, Domain.Orders.Side.Buy));
        Assert.Equal(Mirror.Asks, Books.Top(_drained, Domain.Orders.Side.Sell));
        _quoted = default;
    }

    public void OnDepthSnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs)
    {
        Mirror.OnDepthSnapshot(bids, asks, atMs);
        _mailbox.OnDepthSnapshot(bids, asks, atMs);
    }

    public void OnDepthChanges(ReadOnlySpan<DepthChange> changes, long atMs)
    {
        _mailbox.OnDepthChanges(changes, atMs);
        Mirror.OnDepthChanges(changes, atMs);
    }

    public void OnTrade(in VenueTrade trade) => _mailbox.OnTrade(trade);

    public void OnBest(in BestQuote best)
    {
        _mailbox.OnBest(best);
        Interlocked.Increment(ref _heard);
    }

    public void OnMark(long price, long atMs) => _mailbox.OnMark(price, atMs);

    public void OnState(FeedState state, string reason, long atMs)
    {
        _mailbox.OnState(state, reason, atMs);
        Mirror.OnState(state, reason, atMs);
    }

    private FeedBatch Drain()
    {
        var batch = _mailbox.Drain();
        if (batch.HasSnapshot)
            _drained.ApplySnapshot(batch.Bids, batch.Asks, batch.DepthAtMs);
        else
            _drained.Apply(batch.Changes, batch.DepthAtMs);
        return batch;
    }
}
