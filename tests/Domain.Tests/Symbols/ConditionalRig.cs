using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Symbols;
using Exchange.Domain.Triggers;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Tests.Symbols;

/// <summary>
/// A symbol with a venue of one level a side, which the test moves. After each record its journal is replayed and must give the
/// same.
/// </summary>
internal sealed class ConditionalRig
{
    public const long Ann = 1;
    public const long Bob = 2;

    private readonly OrderDesk _desk;
    private readonly PositionTrading _trading;
    private readonly VenueDepth _venue = new();
    private readonly SymbolState _replayed;
    private Quotes _last;
    private long _lastId;
    private long _sequence;

    public ConditionalRig(long bid = 50_000, long ask = 50_001, long lots = 1_000)
    {
        State = new SymbolState(Market);
        _replayed = new SymbolState(Market);
        _desk = new OrderDesk(State);
        _trading = new PositionTrading(State, _desk, CfdTerms.Default);
        _venue.SetState(FeedState.Live, 0);
        Set(bid, ask, lots);
        _last = Quotes;
    }

    public static Market Market { get; } = Samples.TataInr with { PriceBandBps = 1_000, MakerFeeBps = 0, TakerFeeBps = 0, MaxLeverage = 100 };

    public SymbolState State { get; }
    public Quotes Quotes => MarketQuotes.Now(State, _venue);

    public long NextId(long account = Ann) => OrderIds.Create(account, ++_lastId);

    public ConditionalArmed Order(ConditionalType type, Side side, long stop, long lots = 10, long price = 0, long account = Ann) => new(
        NextId(account), account, "mine", type, side, TimeInForce.GoodTillCancelled, stop, 0, 0, price, lots, 0, 0, SelfTradePrevention.None, 0);

    public OrderAccepted LimitMaker(Side side, long price, long lots = 10, long account = Ann)
    {
        var id = NextId(account);
        return new OrderAccepted(
            id, account, $"c{id}", side, OrderType.LimitMaker, TimeInForce.GoodTillCancelled, price, lots, 0, 0, SelfTradePrevention.None);
    }

    public List<DomainEvent> Place(ConditionalArmed order) => Record(() => _trading.Conditionals.Place(order, Quotes));

    public List<DomainEvent> PlacePair(OrderAccepted profit, ConditionalArmed stop) =>
        Record(() => _trading.Conditionals.PlacePair(profit, stop with { PairId = profit.OrderId }, Quotes, new VenueOffer(_venue)));

    public List<DomainEvent> PlacePair(ConditionalArmed profit, ConditionalArmed stop) => Record(() => _trading.Conditionals.PlacePair(
        profit with { PairId = stop.OrderId }, stop with { PairId = profit.OrderId }, Quotes));

    public CfdTerms Terms
    {
        get => _trading.Terms;
        set => _trading.Terms = value;
    }

    public OpenPosition Entry(PositionSide side, decimal margin = 1_000, int leverage = 10, PositionLevels levels = default) =>
        new(NextId(), Ann, "mine", side, margin, new Leverage(leverage * 10), levels, 0);

    public List<DomainEvent> PlaceEntry(OpenPosition request, long ticks, TriggerDirection? direction = null) =>
        Record(() => _trading.Entries.Place(request, new EntryTrigger(ticks, direction), Quotes, _sequence));

    public Reason CancelEntry(long positionId, long account = Ann)
    {
        var reason = Reason.None;
        Record(() => reason = _trading.Entries.Cancel(account, positionId));
        return reason;
    }

    public Reason CloseWaiting(long positionId) => _trading.Close(Ann, positionId, 0, Quotes, new VenueOffer(_venue));

    public List<DomainEvent> Submit(OrderAccepted order) => Record(() => _desk.Submit(order, 0, new VenueOffer(_venue)));

    public List<DomainEvent> CancelArmed(long orderId, long account = Ann) => Record(() => _trading.Conditionals.Cancel(account, orderId));

    public List<DomainEvent> CancelResting(long orderId) => Record(() =>
    {
        Assert.True(State.Orders.TryLive(orderId, out var live));
        _desk.Cancel(live, Reason.CancelledByUser);
    });

    public List<DomainEvent> VenueTrades(long price, long lots) => Record(() => _desk.FillFromVenueTrade(Side.Sell, price, lots));

    /// <summary>The market is there now, without having been anywhere else.</summary>
    public List<DomainEvent> Move(long bid, long ask, long lots = 1_000)
    {
        Set(bid, ask, lots);
        return Tick(PricePath.At(_last.Bid).To(Quotes.Bid), PricePath.At(_last.Ask).To(Quotes.Ask));
    }

    public List<DomainEvent> Tick(PricePath bid, PricePath ask)
    {
        _last = Quotes;
        return Record(() => _trading.Tick(new MarketTick(bid, ask, null), Quotes, new VenueOffer(_venue), _sequence));
    }

    private void Set(long bid, long ask, long lots) =>
        Assert.Equal(DepthRefusal.None, _venue.ApplySnapshot([new DepthLevel(bid, lots)], [new DepthLevel(ask, lots)], _sequence));

    private List<DomainEvent> Record(Action decision)
    {
        _desk.Begin(_sequence + 1, 0);
        decision();
        var events = _desk.End();
        State.Positions.Validate();
        State.Book.Validate();
        if (events.Count == 0)
            return events;
        var batch = EventCodec.Decode(EventCodec.Encode(new EventBatch(0, events)));
        _replayed.Replay(++_sequence, batch);
        AssertSame(_replayed);
        var restored = new SymbolState(Market);
        SymbolSnapshot.Read(SymbolSnapshot.Write(State), restored);
        AssertSame(restored);
        return [.. events.Where(happened => happened is not (CandleClosed or TrailingAdvanced))];
    }

    private void AssertSame(SymbolState other)
    {
        Assert.Equal(PositionBookSnapshot.Write(State.Positions), PositionBookSnapshot.Write(other.Positions));
        Assert.Equal(State.Book.StateHash(), other.Book.StateHash());
        Assert.Equal(Live(State), Live(other));
    }

    private static List<long> Live(SymbolState state) => [.. state.Orders.Live.Select(live => live.Order.OrderId).Order()];
}
