using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Symbols;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Tests.Symbols;

/// <summary>A symbol with its journal: every record goes through the journal's own format.</summary>
internal sealed class SymbolRig
{
    private readonly OrderDesk _desk;
    private long _nextId = 1;

    public SymbolRig(Market market, RestingFill restingFill = RestingFill.Queue)
    {
        State = new SymbolState(market, restingFill);
        _desk = new OrderDesk(State);
    }

    public SymbolState State { get; }
    public List<byte[]> Journal { get; } = [];
    public VenueDepth Venue => State.Venue;
    public long NowMs { get; set; } = 1_800_000_000_000;

    public static Market Tata => DefaultMarkets.All.Single(market => market.Symbol == "TATA_INR");
    public static Market Btc => DefaultMarkets.All.Single(market => market.Symbol == "BTC_USDT");

    public IReadOnlyList<DomainEvent> Submit(
        long account,
        Side side,
        long price,
        long lots,
        OrderType type = OrderType.Limit,
        TimeInForce timeInForce = TimeInForce.GoodTillCancelled,
        long display = 0,
        decimal budget = 0,
        SelfTradePrevention selfTrade = SelfTradePrevention.None,
        bool meetsVenue = false)
    {
        var id = OrderIds.Create(account, _nextId++);
        var order = new OrderAccepted(id, account, $"c{id}", side, type, timeInForce, price, lots, 0, display, selfTrade);
        return Record(desk => desk.Submit(order, budget, meetsVenue ? new VenueOffer(Venue) : VenueOffer.None));
    }

    public IReadOnlyList<DomainEvent> Cancel(LiveOrder order) => Record(desk => desk.Cancel(order, Reason.CancelledByUser));

    /// <summary>The venue's book is replaced; what was told before it no longer counts.</summary>
    public IReadOnlyList<DomainEvent> Show((long Price, long Lots)[] bids, (long Price, long Lots)[] asks)
    {
        Venue.ApplySnapshot(Levels(bids), Levels(asks), NowMs);
        State.Queue.Show(Venue);
        return Live();
    }

    /// <summary>The venue's total at one price changes.</summary>
    public IReadOnlyList<DomainEvent> Show(Side side, long price, long lots)
    {
        Venue.Apply(side, price, lots, NowMs);
        State.Queue.Show(side, price, lots);
        return Live();
    }

    public IReadOnlyList<DomainEvent> VenueTrades(Side takerSide, long price, long lots, bool mayFill = true) =>
        Record(desk => desk.FillFromVenueTrade(takerSide, price, lots, mayFill));

    /// <summary>What the grain does each second.</summary>
    public IReadOnlyList<DomainEvent> PassSecond() => Record(desk => desk.FlushQueues());

    public IReadOnlyList<DomainEvent> Record(Action<OrderDesk> decision)
    {
        _desk.Begin(Journal.Count + 1, NowMs);
        decision(_desk);
        var events = _desk.End();
        if (events.Count > 0)
            Journal.Add(EventCodec.Encode(new EventBatch(NowMs, events)));
        return events;
    }

    public SymbolState Replayed()
    {
        var state = new SymbolState(State.Market);
        ReplayInto(state, from: 0);
        return state;
    }

    public SymbolState RestoredFrom(byte[] snapshot, int records)
    {
        var state = new SymbolState(State.Market);
        SymbolSnapshot.Read(snapshot, state);
        ReplayInto(state, records);
        return state;
    }

    private IReadOnlyList<DomainEvent> Live()
    {
        Venue.SetState(FeedState.Live, NowMs);
        return Record(desk =>
        {
            desk.PlaceThoseThatWaited();
            desk.FillFromVenue(new VenueOffer(Venue));
        });
    }

    private static DepthLevel[] Levels((long Price, long Lots)[] levels) =>
        Array.ConvertAll(levels, level => new DepthLevel(level.Price, level.Lots));

    private void ReplayInto(SymbolState state, int from)
    {
        for (var i = from; i < Journal.Count; i++)
            state.Replay(i + 1, EventCodec.Decode(Journal[i]));
    }
}
