using Exchange.Domain.Book;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Matching;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Symbols;

/// <summary>
/// Decides: takes a command, changes the state in memory and hands out the events to journal. One record at a time;
/// the list of events belongs to the caller from <see cref="End"/> on.
/// </summary>
public sealed partial class OrderDesk(SymbolState state)
{
    private readonly FastBook _book = new(state.Book);
    private List<DomainEvent> _events = [];
    private long _sequence;
    private long _nowMs;

    private Market Market => state.Market;

    /// <summary>Starts the record that will have this sequence. A minute that is over is closed first.</summary>
    public void Begin(long sequence, long nowMs)
    {
        _sequence = sequence;
        _nowMs = nowMs;
        while (state.History.TryFinishMinute(nowMs, out var candle))
            Emit(candle.ToEvent());
    }

    public List<DomainEvent> End()
    {
        if (_events.Count == 0)
            return _events;
        if (state.Positions.Watches.TakeAdvance() is { } advance)
            Emit(advance);
        NoteVenue();
        state.EndRecord(_sequence, _events.Count);
        var events = _events;
        _events = [];
        return events;
    }

    /// <param name="budgetQuote">The most a market buy may spend, or what a market sell is to earn; zero where lots decide.</param>
    public void Submit(OrderAccepted accepted, decimal budgetQuote, VenueOffer venue)
    {
        Emit(accepted);
        var order = new Order
        {
            Id = accepted.OrderId,
            Account = accepted.Account,
            Side = accepted.Side,
            Type = accepted.Type,
            TimeInForce = accepted.TimeInForce,
            Price = accepted.PriceTicks,
            Lots = accepted.Lots,
            Display = accepted.DisplayLots,
            Budget = Market.TickLotsOf(budgetQuote),
            Prevention = accepted.SelfTrade,
        };
        var recorder = new Recorder(this, accepted);
        var outcome = Matcher.Execute(_book, order, ref venue, ref recorder);
        if (outcome.Status.IsDone())
            Finish(accepted, outcome.Status, outcome.Reason);
        else
            Rest(accepted, outcome.Remaining);
    }

    /// <summary>Minutes of the venue's past that passed while nobody listened.</summary>
    public void Backfill(CandleClosed candle) => Emit(candle);

    /// <summary>An order that may not even be tried.</summary>
    public void Refuse(long account, long orderId, Reason reason) =>
        Emit(new OrderDone(orderId, account, OrderStatus.Rejected, reason, 0, 0));

    public void Cancel(LiveOrder order, Reason reason) => EndResting(order, OrderStatus.Cancelled, reason);

    /// <summary>Takes an order that rests out of the book.</summary>
    internal void EndResting(LiveOrder order, OrderStatus status, Reason reason)
    {
        state.Book.Remove(order.Order.OrderId);
        Finish(order.Order, status, reason);
    }

    public void Tombstone(long account, long orderId) => Emit(new OrderTombstoned(orderId, account));

    /// <summary>
    /// Fills what a position needs. The house takes, for it is every position's other side: from users as from the venue.
    /// </summary>
    internal HouseFill TakeForHouse(in MarketOrder order, VenueOffer venue)
    {
        var taker = new Order
        {
            Account = Market.HouseAccount,
            Side = order.Side,
            Type = OrderType.Market,
            Price = order.ProtectionTicks,
            Lots = order.Lots,
            Budget = Market.TickLotsOf(order.QuoteAmount),
        };
        var recorder = new HouseRecorder(this, order.Side);
        var outcome = Matcher.Execute(_book, taker, ref venue, ref recorder);
        return new HouseFill(new MarketFill(recorder.Lots, recorder.Notional), outcome.Status != OrderStatus.Filled);
    }

    internal void Emit(DomainEvent happened)
    {
        state.Absorb(happened, _sequence, _events.Count, _nowMs);
        _events.Add(happened);
    }

    /// <summary>For everyone but the positions' book a conditional order that does not wait any more is an order that is done.</summary>
    internal void EmitEnd(ConditionalCancelled cancelled)
    {
        Emit(cancelled);
        var status = cancelled.Reason == Reason.PairDone ? OrderStatus.Expired : OrderStatus.Cancelled;
        Emit(new OrderDone(cancelled.OrderId, cancelled.Account, status, cancelled.Reason, 0, 0));
    }

    /// <summary>Before an order of a pair does anything, the one that waits for its price is over: only one may ever execute.</summary>
    private void EndPairOf(long orderId, Reason reason)
    {
        if (state.Positions.Conditionals.TryPairOf(orderId, out var pair))
            EmitEnd(new ConditionalCancelled(pair.Armed.OrderId, pair.Armed.Account, reason));
    }

    private void Finish(OrderAccepted order, OrderStatus status, Reason reason)
    {
        EndPairOf(order.OrderId, reason == Reason.CancelledByUser ? reason : Reason.PairDone);
        state.Orders.TryLive(order.OrderId, out var live);
        Emit(new OrderDone(order.OrderId, order.Account, status, reason, live?.FilledLots ?? 0, live?.FilledQuote ?? 0));
    }

    private void Trade(OrderAccepted? taker, Side takerSide, OrderAccepted? maker, long price, long lots)
    {
        if (maker is not null)
            EndPairOf(maker.OrderId, Reason.PairDone);
        Emit(new Traded(
            state.History.NextTradeId(_nowMs),
            takerSide,
            taker?.OrderId ?? 0,
            taker?.Account ?? Market.HouseAccount,
            maker?.OrderId ?? 0,
            maker?.Account ?? Market.HouseAccount,
            price,
            lots,
            taker is null ? 0 : Fees.Of(Market, takerSide, price, lots, Market.TakerFeeBps),
            maker is null ? 0 : Fees.Of(Market, takerSide.Opposite(), price, lots, Market.MakerFeeBps)));
    }

    private OrderAccepted MakerOf(long makerId) => state.Orders.TryLive(makerId, out var maker)
        ? maker.Order
        : throw new InvalidOperationException($"Order {makerId} traded but is not known to be alive.");

    private void FinishMaker(long makerId, OrderStatus status, Reason reason) => Finish(MakerOf(makerId), status, reason);

    /// <summary>Turns what matching reports into events. Without a taker it is the venue that takes.</summary>
    private readonly struct Recorder(OrderDesk desk, OrderAccepted? taker) : IMatchSink
    {
        public void Traded(long makerId, long makerAccount, long price, long lots, long makerRemaining)
        {
            var maker = desk.MakerOf(makerId);
            desk.Trade(taker, maker.Side.Opposite(), maker, price, lots);
            if (makerRemaining == 0)
                desk.FinishMaker(makerId, OrderStatus.Filled, Reason.None);
        }

        public void TradedWithVenue(long price, long lots) => desk.Trade(taker, taker!.Side, null, price, lots);

        public void MakerExpired(long makerId, long makerAccount, long lots) =>
            desk.FinishMaker(makerId, OrderStatus.ExpiredInMatch, Reason.SelfTrade);

        public void Decremented(long makerId, long makerAccount, long lots, long makerRemaining)
        {
            desk.EndPairOf(makerId, Reason.PairDone);
            desk.Emit(new OrderDecremented(makerId, lots));
            desk.Emit(new OrderDecremented(taker!.OrderId, lots));
            if (makerRemaining == 0)
                desk.FinishMaker(makerId, OrderStatus.ExpiredInMatch, Reason.SelfTrade);
        }
    }

    /// <summary>The house has no order of its own in a trade, as where it stands in for the venue.</summary>
    private struct HouseRecorder(OrderDesk desk, Side side) : IMatchSink
    {
        public long Lots { get; private set; }
        public decimal Notional { get; private set; }

        public void Traded(long makerId, long makerAccount, long price, long lots, long makerRemaining)
        {
            Count(price, lots);
            desk.Trade(null, side, desk.MakerOf(makerId), price, lots);
            if (makerRemaining == 0)
                desk.FinishMaker(makerId, OrderStatus.Filled, Reason.None);
        }

        public void TradedWithVenue(long price, long lots)
        {
            Count(price, lots);
            desk.Trade(null, side, null, price, lots);
        }

        public readonly void MakerExpired(long makerId, long makerAccount, long lots) => throw NoSelfTrade();

        public readonly void Decremented(long makerId, long makerAccount, long lots, long makerRemaining) => throw NoSelfTrade();

        private void Count(long price, long lots)
        {
            Lots += lots;
            Notional += desk.Market.NotionalOf(price, lots);
        }

        private static InvalidOperationException NoSelfTrade() => new("The house has no resting orders that it could meet.");
    }
}
