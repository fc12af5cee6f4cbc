using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Positions;
using Exchange.Domain.Symbols;
using Exchange.Domain.Triggers;
using Exchange.Domain.Venue;
using Exchange.Feeds;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Positions;

/// <summary>A symbol's positions between its grain and the domain. Decisions are made within the grain's records.</summary>
internal sealed class SymbolPositions(
    SymbolState state, OrderDesk orders, CfdTerms terms, Func<VenueDepth?> usableDepth, Func<bool> isOpen, Func<long> nowMs)
{
    private readonly PositionTrading _trading = new(state, orders, terms);
    private Quotes _last;
    private PriceRange _bid;
    private PriceRange _ask;
    private PriceRange _mark;
    private long _venueMark;

    private Market Market => state.Market;

    /// <summary>A venue that tells its own mark price is believed, as long as its depth may be traded against.</summary>
    public Quotes Quotes
    {
        get
        {
            var quotes = MarketQuotes.Now(state, usableDepth());
            return _venueMark > 0 && quotes.Mark > 0 ? quotes with { Mark = _venueMark } : quotes;
        }
    }

    public long MarkTicks => Quotes.Mark;

    /// <summary>A market that may not trade neither fires nor fills; what it missed fires when it trades again.</summary>
    private bool IsTrading => isOpen() && IsHeard;

    private bool IsHeard => !Market.HasVenue || usableDepth() is not null;

    public ConditionalTrading Conditionals => _trading.Conditionals;
    public EntryTrading Entries => _trading.Entries;

    public PositionReply? Known(long account, long requestId, long positionId)
    {
        if (Entries.IsWaiting(account, requestId))
            return new PositionReply(Reason.None, 0, null, null, WaitingView(requestId));
        if (state.Orders.TryFinished(account, requestId, out var finished))
            return new PositionReply(finished.Reason, finished.Sequence, View(positionId), null);
        return state.Orders.IsBelowFloor(account, requestId) ? new PositionReply(Reason.OrderAlreadyDone, 0, View(positionId), null) : null;
    }

    public void Open(OpenAtSymbol open, Reason refusal)
    {
        var request = new OpenPosition(
            open.PositionId, open.Account, open.ClientPositionId, open.Side, open.Margin, new Leverage(open.LeverageTenths), Levels(open.Levels),
            open.FeeMax);
        if (refusal == Reason.None && open.TriggerTicks != 0)
            Entries.Place(request, new EntryTrigger(open.TriggerTicks, open.Direction), Quotes, nowMs());
        else if (refusal == Reason.None)
            _trading.Open(request, Quotes, Offer, nowMs());
        else
            orders.Refuse(open.Account, open.PositionId, refusal);
    }

    public void AddMargin(AddMarginAtSymbol margin) =>
        _trading.AddMargin(margin.Account, margin.PositionId, margin.RequestId, margin.Amount);

    /// <summary>
    /// A venue that is not heard may have been past the new levels already, which the tick after the outage would take for
    /// reaching them. So nothing is known of its price until then.
    /// </summary>
    public Reason Change(ChangeAtSymbol change)
    {
        var quotes = IsHeard ? Quotes : default;
        var reason = _trading.Change(change.Account, change.PositionId, Levels(change.Levels), quotes, nowMs(), change.ClientRequestId);
        return reason == Reason.NoLiquidity && !IsHeard ? Reason.MarketDataStale : reason;
    }

    /// <param name="before">What the same request came to when it was made before.</param>
    public Reason Close(CloseAtSymbol close, out ExitView? before)
    {
        before = null;
        var lots = 0L;
        if (close.Quantity != 0 && !Market.TryLots(close.Quantity, out lots))
            return Reason.InvalidQuantity;
        var reason = _trading.ClosedBefore(close.Account, close.PositionId, lots, close.ClientRequestId, out var exit);
        if (exit is not null)
            before = reason == Reason.None ? ExitOf(close.PositionId, [exit]) : null;
        else if (Refusal is var refusal and not Reason.None)
            reason = refusal;
        else
            reason = _trading.Close(close.Account, close.PositionId, lots, Quotes, Offer, close.ClientRequestId);
        return reason;
    }

    /// <summary>Why nothing can be executed now.</summary>
    public Reason Refusal => !isOpen() ? Reason.MarketHalted : IsTrading ? Reason.None : Reason.MarketDataStale;

    /// <summary>Looks where prices have gone since the last time, and does what that asks for.</summary>
    /// <param name="bid">Where the venue's best bid has been; empty where nobody says.</param>
    /// <param name="mark">Where the venue's mark price has been.</param>
    public void Tick(in PriceRange bid = default, in PriceRange ask = default, in PriceRange mark = default)
    {
        if (!mark.IsEmpty)
            _venueMark = mark.Last;
        if (state.Positions.IsEmpty || !isOpen())
        {
            _bid = _ask = _mark = default;
            return;
        }

        // A venue that falls silent right after a price was reached: it counts with the first fresh tick.
        _bid.Add(bid);
        _ask.Add(ask);
        _mark.Add(mark);
        if (!IsTrading)
            return;
        var quotes = Quotes;
        var tick = new MarketTick(
            Path(_last.Bid, quotes.Bid, _bid), Path(_last.Ask, quotes.Ask, _ask), Path(_last.Mark, quotes.Mark, _mark));
        _last = quotes;
        _bid = _ask = _mark = default;
        _trading.Tick(tick, quotes, Offer, nowMs());
    }

    public void EverySecond()
    {
        if (state.Positions.IsEmpty)
            return;
        Tick();
        if (IsTrading)
            _trading.PayFunding(nowMs(), Quotes.Mark);
        _trading.FlushTrailing();
    }

    public PositionView? View(long positionId) =>
        state.Positions.TryGet(positionId, out var position) ? PositionViews.Of(position, state.Positions, Quotes.Mark) : null;

    public WaitingPositionView[] WaitingOf(long account) =>
    [
        .. state.Positions.Entries.Of(account).Select(entry => PositionViews.Of(entry, Market)),
    ];

    public PositionView[] ViewsOf(long account)
    {
        var mark = Quotes.Mark;
        return [.. state.Positions.Of(account).Select(position => PositionViews.Of(position, state.Positions, mark))];
    }

    public ExitView? ExitOf(long positionId, IReadOnlyList<DomainEvent> events)
    {
        foreach (var happened in events)
        {
            if (happened is PositionClosed closed && closed.PositionId == positionId)
                return PositionViews.Of(Market, closed.Exit, isClosed: true);
            if (happened is PositionReduced reduced && reduced.PositionId == positionId)
                return PositionViews.Of(Market, reduced.Exit, isClosed: false);
        }

        return null;
    }

    private WaitingPositionView? WaitingView(long positionId) =>
        state.Positions.Entries.TryGet(positionId, out var entry) ? PositionViews.Of(entry, Market) : null;

    private VenueOffer Offer => new(usableDepth());

    private static PositionLevels Levels(in LevelTicks levels) =>
        new(levels.StopLoss, levels.TakeProfit, levels.TrailUnit, levels.TrailDistance, levels.ExpiresAtMs);

    private static PricePath? Path(long from, long now, in PriceRange range)
    {
        if (now <= 0)
            return null;
        var (low, high) = range.IsEmpty ? (now, now) : (Math.Min(range.Low, now), Math.Max(range.High, now));
        return new PricePath(from > 0 ? from : now, low, high, now);
    }
}
