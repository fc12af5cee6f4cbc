using System.Runtime.InteropServices;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Portfolios;

/// <summary>
/// Decides a batch of settlement items as a whole: it follows each order through the batch in a sketch of its own and
/// leaves the portfolio as it is. One item that cannot be applied refuses the batch.
/// </summary>
internal sealed class SettlementRun(bool isHouse, OpenOrders orders, PositionAccount positions)
{
    private readonly PositionRun _positions = new(positions);
    private readonly Dictionary<long, Progress> _progress = [];

    /// <param name="late">Only where a record is taken up again: what to do about orders that have ended since.</param>
    public SettleDecision Decide(
        Market market, long mark, long upToSequence, ReadOnlySpan<SettlementItem> items, LateFills? late = null)
    {
        _progress.Clear();
        _positions.Clear();
        if (upToSequence <= mark)
            return SettleDecision.Journal([]);

        var events = new List<DomainEvent>(items.Length + 1);
        var applied = mark;
        for (var i = 0; i < items.Length; i++)
        {
            ref readonly var item = ref items[i];
            if (IsOutOfOrder(items, i) || item.Sequence > upToSequence)
                return SettleDecision.Refused(Reason.InvalidRequest, i);
            if (item.Sequence <= mark)
                continue;

            var reason = Decide(market, item, events, late);
            if (reason != Reason.None)
                return SettleDecision.Refused(reason, i);
            applied = item.Sequence;
        }

        if (applied < upToSequence)
            events.Add(new SettledUpTo(market.Symbol, upToSequence));
        return SettleDecision.Journal(events);
    }

    /// <summary>What was traded is positive, whole, and more than its fee.</summary>
    public static bool HasSoundAmounts(Market market, in SettlementItem item)
    {
        var buys = item.Side == Side.Buy;
        var received = buys ? item.BaseAmount : item.QuoteAmount;
        return item.BaseAmount > 0 && item.QuoteAmount > 0 && item.Fee >= 0 && item.Fee <= received && IsWhole(market, buys, item);
    }

    private Reason Decide(Market market, in SettlementItem item, List<DomainEvent> events, LateFills? late)
    {
        if (isHouse != (item.Kind == SettlementKind.House))
            return Reason.InvalidRequest;
        if (isHouse)
            return DecideHouse(market, item, events);

        if (_positions.Knows(item))
            return _positions.Decide(market, item, events);

        var order = orders.Find(item.OrderId);
        if (order is null)
            return late is not null && late.Knows(item) ? late.Decide(market, item, events) : Reason.UnknownOrder;
        if (order.Symbol != market.Symbol)
            return Reason.UnknownSymbol;

        ref var progress = ref ProgressOf(order);
        if (progress.HasEnded)
            return Reason.OrderAlreadyDone;

        return item.Kind switch
        {
            SettlementKind.Done => DecideDone(market, order, item, events),
            SettlementKind.Triggered => DecideTriggered(market, item, ref progress, events),
            _ when progress.IsArmed || PairOf(order) is not null => Reason.InvalidRequest,
            SettlementKind.Fill => DecideFill(market, order.Terms, item, ref progress, events),
            SettlementKind.Reduced => DecideReduced(market, order.Terms, item, ref progress, events),
            _ => Reason.InvalidRequest,
        };
    }

    /// <summary>To be used before the next one is asked for.</summary>
    private ref Progress ProgressOf(OpenOrder order)
    {
        ref var progress = ref CollectionsMarshal.GetValueRefOrAddDefault(_progress, order.OrderId, out var known);
        if (!known)
        {
            progress = new Progress
            {
                Held = order.Held,
                Left = order.Terms.Quantity - order.FilledBase - order.ReducedBy,
                IsArmed = order.IsArmed,
            };
        }

        return ref progress;
    }

    /// <summary>The other of a pair, if that is still open at this point of the batch. Of a pair nothing executes before one ends.</summary>
    private OpenOrder? PairOf(OpenOrder order) => orders.PairOf(order) is { } pair && !ProgressOf(pair).HasEnded ? pair : null;

    private static Reason DecideHouse(Market market, in SettlementItem item, List<DomainEvent> events)
    {
        if (!item.BaseAmount.IsWholeAt(market.BasePrecision) || !item.QuoteAmount.IsWholeAt(market.QuotePrecision))
            return Reason.InvalidAmount;
        events.Add(new FillSettled(
            market.Symbol, item.Sequence, item.Index, item.TradeId, 0,
            market.Base, item.BaseAmount, market.Quote, item.QuoteAmount, "", 0, 0));
        return Reason.None;
    }

    private static Reason DecideFill(
        Market market, OrderPlaced terms, in SettlementItem item, ref Progress progress, List<DomainEvent> events)
    {
        var buys = terms.Side == Side.Buy;
        var paid = buys ? item.QuoteAmount : item.BaseAmount;
        if (item.Side != terms.Side)
            return Reason.InvalidRequest;
        if (!HasSoundAmounts(market, item))
            return Reason.InvalidAmount;
        if (terms.Quantity > 0 && item.BaseAmount > progress.Left)
            return Reason.InvalidQuantity;
        if (paid > progress.Held)
            return Reason.InsufficientBalance;

        progress.Left -= item.BaseAmount;
        var released = Surplus(terms, progress.Held - paid, progress.Left);
        if (released < 0)
            return Reason.InsufficientBalance;

        progress.Held -= paid + released;
        events.Add(new FillSettled(
            market.Symbol, item.Sequence, item.Index, item.TradeId, terms.OrderId,
            market.Base, buys ? item.BaseAmount - item.Fee : -item.BaseAmount,
            market.Quote, buys ? -item.QuoteAmount : item.QuoteAmount - item.Fee,
            buys ? market.Base : market.Quote, item.Fee, released));
        return Reason.None;
    }

    private static Reason DecideReduced(
        Market market, OrderPlaced terms, in SettlementItem item, ref Progress progress, List<DomainEvent> events)
    {
        if (item.BaseAmount <= 0 || (terms.Quantity > 0 && item.BaseAmount > progress.Left))
            return Reason.InvalidQuantity;

        progress.Left -= item.BaseAmount;
        var released = Surplus(terms, progress.Held, progress.Left);
        if (released < 0)
            return Reason.InsufficientBalance;

        progress.Held -= released;
        events.Add(new OrderReduced(market.Symbol, item.Sequence, terms.OrderId, item.BaseAmount, released));
        return Reason.None;
    }

    private Reason DecideDone(Market market, OpenOrder order, in SettlementItem item, List<DomainEvent> events)
    {
        if (!item.Status.IsDone())
            return Reason.InvalidRequest;
        var held = ProgressOf(order).Held;
        var moved = 0m;
        if (PairOf(order) is { } pair)
        {
            ref var paired = ref ProgressOf(pair);
            moved = PairHolds.ToMove(pair.Terms, paired.Held, held);
            paired.Held += moved;
        }

        ProgressOf(order).HasEnded = true;
        events.Add(new OrderEnded(market.Symbol, item.Sequence, item.OrderId, item.Status, item.Reason, held - moved, moved));
        return Reason.None;
    }

    private static Reason DecideTriggered(Market market, in SettlementItem item, ref Progress progress, List<DomainEvent> events)
    {
        if (!progress.IsArmed)
            return Reason.InvalidRequest;
        progress.IsArmed = false;
        events.Add(new OrderTriggered(market.Symbol, item.Sequence, item.OrderId));
        return Reason.None;
    }

    /// <summary>What a limit order holds more than the rest of it can cost. A market order keeps its hold to the end.</summary>
    private static decimal Surplus(OrderPlaced terms, decimal held, decimal left)
    {
        if (terms.Type.Working() == OrderType.Market)
            return 0;
        return held - (terms.Side == Side.Buy ? terms.Price * left : left);
    }

    private static bool IsWhole(Market market, bool buys, in SettlementItem item) =>
        item.BaseAmount.IsWholeAt(market.BasePrecision)
        && item.QuoteAmount.IsWholeAt(market.QuotePrecision)
        && item.Fee.IsWholeAt(buys ? market.BasePrecision : market.QuotePrecision);

    /// <summary>Items ascend by place. Two may share a place, when an account traded with itself, but not for one order.</summary>
    private static bool IsOutOfOrder(ReadOnlySpan<SettlementItem> items, int i)
    {
        if (i == 0)
            return false;
        ref readonly var item = ref items[i];
        ref readonly var before = ref items[i - 1];
        if (item.Sequence != before.Sequence)
            return item.Sequence < before.Sequence;
        if (item.Index != before.Index)
            return item.Index < before.Index;
        return item.OrderId == before.OrderId || (i > 1 && items[i - 2].Sequence == item.Sequence && items[i - 2].Index == item.Index);
    }

    private struct Progress
    {
        public decimal Held;
        public decimal Left;
        public bool HasEnded;
        public bool IsArmed;
    }
}
