using Exchange.Domain.Matching;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Venue;

/// <summary>
/// A mirror of the venue's book for one market. What users took from a level stays taken until the venue refreshes
/// that level: by an update for its price, or by a snapshot that shows other lots there. A snapshot that repeats the
/// lots shows the same orders again, so it gives nothing back.
/// </summary>
public sealed class VenueDepth(int capacity = VenueDepth.DefaultCapacity) : IVenueLiquidity
{
    public const int DefaultCapacity = 1000;

    /// <summary>Larger prices and lots are refused; the sum of a whole side still fits in 64 bits.</summary>
    public const long MaxValue = 1L << 52;

    private readonly VenueSide _bids = new(1, capacity);
    private readonly VenueSide _asks = new(-1, capacity);
    private readonly List<(Side Side, long Price)> _takenAt = [];
    private Dictionary<(Side Side, long Price), TakenLevel>? _remembered;

    public FeedState State { get; private set; }

    /// <summary>When the venue was last heard.</summary>
    public long UpdatedAtMs { get; private set; }

    /// <summary>How many levels gave way to a newer one of the other side that they would have crossed.</summary>
    public long Displaced { get; private set; }

    public int Levels(Side side) => Of(side).Count;

    /// <summary>The best price that has lots left, 0 where there is none.</summary>
    public long BestPrice(Side side) => Of(side).BestPrice;

    public long BestLots(Side side) => Of(side).BestLots;

    /// <summary>The lots that are left at a price.</summary>
    public long LotsAt(Side side, long price) => Of(side).LotsAt(price);

    /// <summary>The lots that the venue shows at a price, whatever users took.</summary>
    public long ShownAt(Side side, long price) => Of(side).ShownAt(price);

    public bool IsUsable(long nowMs, long maxAgeMs) => State == FeedState.Live && nowMs - UpdatedAtMs <= maxAgeMs;

    public void SetState(FeedState state, long atMs)
    {
        State = state;
        if (state == FeedState.Live)
            UpdatedAtMs = Math.Max(UpdatedAtMs, atMs);
    }

    public DepthRefusal ApplySnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs)
    {
        var refusal = Check(bids, descending: true);
        if (refusal == DepthRefusal.None)
            refusal = Check(asks, descending: false);
        if (refusal == DepthRefusal.None && bids.Length > 0 && asks.Length > 0 && bids[0].Price >= asks[0].Price)
            refusal = DepthRefusal.Crossed;
        if (refusal != DepthRefusal.None)
            return refusal;
        RecallTaken();
        _bids.Replace(bids);
        _asks.Replace(asks);
        UpdatedAtMs = atMs;
        return DepthRefusal.None;
    }

    /// <summary>
    /// Sets the lots at one price, 0 to delete it. Between the changes of one update a venue's book may seem crossed,
    /// so the newer level wins and what it crosses goes: after the whole update that is the venue's own book.
    /// </summary>
    public DepthRefusal Apply(Side side, long price, long lots, long atMs)
    {
        if (price <= 0 || price > MaxValue)
            return DepthRefusal.AbsurdPrice;
        if (lots < 0 || lots > MaxValue)
            return DepthRefusal.AbsurdLots;
        var opposite = Of(side.Opposite());
        if (lots > 0 && opposite.Reaches(price))
            Displaced += opposite.DropFrom(price);
        Of(side).Set(price, lots);
        UpdatedAtMs = atMs;
        return DepthRefusal.None;
    }

    /// <summary>Applies changes in order; a refused one is skipped, and the first refusal is returned.</summary>
    public DepthRefusal Apply(ReadOnlySpan<DepthChange> changes, long atMs)
    {
        var first = DepthRefusal.None;
        foreach (ref readonly var change in changes)
        {
            var refusal = Apply(change.Side, change.Price, change.Lots, atMs);
            if (first == DepthRefusal.None)
                first = refusal;
        }
        return first;
    }

    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
    }

    /// <summary>Copies the best levels, best first, without what was taken, and returns how many there were.</summary>
    public int CopyTop(Side side, Span<DepthLevel> into) => Of(side).CopyTo(into);

    /// <summary>What a taker meets first. A feed that is not live offers nothing.</summary>
    public bool TryBest(Side takerSide, out long price, out long lots)
    {
        var side = Of(takerSide.Opposite());
        price = side.BestPrice;
        lots = side.BestLots;
        return State == FeedState.Live && lots > 0;
    }

    public void Take(Side takerSide, long price, long lots)
    {
        Of(takerSide.Opposite()).Take(price, lots);
        _takenAt.Add((takerSide.Opposite(), price));
    }

    /// <summary>The levels that users have taken from since it was last asked, as they are now, for the journal.</summary>
    public List<TakenLevel> TakeNews()
    {
        var news = new List<TakenLevel>(_takenAt.Count);
        foreach (var (side, price) in _takenAt)
        {
            if (Of(side).TakenAt(price) is { TakenLots: > 0 } level && !news.Contains(level))
                news.Add(level);
        }

        _takenAt.Clear();
        return news;
    }

    public bool HasNews => _takenAt.Count > 0;

    /// <summary>What an earlier activation took. It counts again where the venue's first snapshot still shows the same lots.</summary>
    public void Remember(in TakenLevel level) => (_remembered ??= [])[(level.Side, level.Price)] = level;

    /// <summary>Every level that users have taken from and the venue has not refreshed since.</summary>
    public IEnumerable<TakenLevel> Taken() => _remembered is { } remembered
        ? remembered.Values.OrderBy(level => (level.Side, level.Price))
        : _bids.Taken().Concat(_asks.Taken());

    /// <summary>How much of <paramref name="upToLots"/> can be had at the limit price or better.</summary>
    public long Available(Side takerSide, long limitPrice, long upToLots) =>
        State == FeedState.Live ? Of(takerSide.Opposite()).Available(limitPrice, upToLots) : 0;

    private void RecallTaken()
    {
        if (_remembered is null)
            return;
        Clear();
        foreach (var level in _remembered.Values)
            Of(level.Side).Recall(level);
        _remembered = null;
    }

    private VenueSide Of(Side side) => side == Side.Buy ? _bids : _asks;

    private static DepthRefusal Check(ReadOnlySpan<DepthLevel> levels, bool descending)
    {
        for (int i = 0; i < levels.Length; i++)
        {
            if (levels[i].Price <= 0 || levels[i].Price > MaxValue)
                return DepthRefusal.AbsurdPrice;
            if (levels[i].Lots <= 0 || levels[i].Lots > MaxValue)
                return DepthRefusal.AbsurdLots;
            if (i > 0 && (descending ? levels[i].Price >= levels[i - 1].Price : levels[i].Price <= levels[i - 1].Price))
                return DepthRefusal.OutOfOrder;
        }
        return DepthRefusal.None;
    }
}
