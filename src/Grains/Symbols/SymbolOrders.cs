using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Symbols;
using Exchange.Domain.Triggers;
using Exchange.Domain.Venue;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Positions;

namespace Exchange.Grains.Symbols;

/// <summary>
/// A symbol's orders between its grain and the domain: those in the market and those that wait for a price have one kind of id,
/// and are known, cancelled and answered for alike. Decisions are made within the grain's records.
/// </summary>
internal sealed class SymbolOrders(SymbolState state, OrderDesk desk, SymbolPositions positions, Func<VenueDepth?> usableDepth)
{
    private Market Market => state.Market;
    private ConditionalTrading Conditionals => positions.Conditionals;

    public SubmitReply? KnownReply(SubmitOrder order, long sequence)
    {
        if (state.Orders.TryLive(order.OrderId, out var live))
            return SymbolReplies.Alive(Market, live, sequence);
        if (Conditionals.IsArmed(order.Account, order.OrderId))
            return SymbolReplies.Armed(sequence);
        if (state.Orders.TryFinished(order.Account, order.OrderId, out var finished))
            return SymbolReplies.Finished(Market, finished);
        return state.Orders.IsBelowFloor(order.Account, order.OrderId) ? SymbolReplies.TooLate : null;
    }

    public bool HasArrived(long account, long orderId) =>
        state.Orders.TryLive(orderId, out _)
        || Conditionals.IsArmed(account, orderId)
        || state.Orders.TryFinished(account, orderId, out _)
        || state.Orders.IsBelowFloor(account, orderId);

    public bool NeverArrived(long account, long orderId) =>
        state.Orders.TryFinished(account, orderId, out var finished) && finished.Reason == Reason.NeverReachedMarket;

    public void Submit(SubmitOrder order, Reason refusal)
    {
        if (refusal != Reason.None)
            desk.Refuse(order.Account, order.OrderId, refusal);
        else if (order.Type.IsConditional())
            Conditionals.Place(ToArmed(order, pairId: 0), positions.Quotes);
        else
            desk.Submit(SymbolReplies.ToAccepted(order), order.BudgetQuote, Offer);
    }

    /// <summary>
    /// One of a pair is known and the other is not only where somebody asked about the one and was told that it will never
    /// arrive: then the other never does either.
    /// </summary>
    public void SubmitPair(SubmitPair pair, Reason refusal)
    {
        var (profit, stop) = (pair.Profit, pair.Stop);
        if (HasArrived(profit.Account, profit.OrderId))
            desk.Tombstone(stop.Account, stop.OrderId);
        else if (HasArrived(stop.Account, stop.OrderId))
            desk.Tombstone(profit.Account, profit.OrderId);
        else if (refusal != Reason.None)
            Conditionals.RefusePair(profit.Account, profit.OrderId, stop.OrderId, refusal);
        else if (profit.Type.IsConditional())
            Conditionals.PlacePair(ToArmed(profit, stop.OrderId), ToArmed(stop, profit.OrderId), positions.Quotes);
        else
            Conditionals.PlacePair(SymbolReplies.ToAccepted(profit), ToArmed(stop, profit.OrderId), positions.Quotes, Offer);
    }

    public bool IsOpen(CancelAtSymbol cancel) => Live(cancel) is not null || Conditionals.IsArmed(cancel.Account, cancel.OrderId);

    public CancelReply CancelledAt(CancelAtSymbol cancel, long sequence) => Live(cancel) is { } live
        ? SymbolReplies.Cancelled(Market, live, sequence)
        : new CancelReply(Reason.None, OrderStatus.Cancelled, sequence, 0, 0);

    public void Cancel(CancelAtSymbol cancel)
    {
        if (Live(cancel) is { } live)
            desk.Cancel(live, Reason.CancelledByUser);
        else
            Conditionals.Cancel(cancel.Account, cancel.OrderId);
    }

    public ArmedOrdersView Armed(ArmedRequest request)
    {
        var views = new List<ArmedOrderView>(request.OrderIds.Length);
        foreach (var id in request.OrderIds)
        {
            if (state.Positions.Conditionals.TryGet(id, out var order) && order.Armed.Account == request.Account)
                views.Add(View(order));
        }

        return new ArmedOrdersView([.. views]);
    }

    private VenueOffer Offer => new(usableDepth());

    private LiveOrder? Live(CancelAtSymbol cancel) =>
        state.Orders.TryLive(cancel.OrderId, out var live) && live.Order.Account == cancel.Account ? live : null;

    private ArmedOrderView View(ConditionalOrder order)
    {
        var armed = order.Armed;
        var follows = state.Positions.Watches.For(armed.Side).TryGet(armed.OrderId, TriggerSlots.Conditional, out TrailingStop trail);
        return new ArmedOrderView(
            armed.OrderId,
            armed.ClientOrderId,
            Market.Symbol,
            armed.Side,
            armed.Type.ToOrderType(),
            Market.PriceOf(follows ? trail.Level : armed.StopTicks),
            follows ? armed.Side.TrailDirection() : order.Direction,
            armed.TrailingBps,
            follows);
    }

    /// <summary>A sell that is to earn an amount goes by the lots that are held for it, and stops when it has earned that.</summary>
    private static ConditionalArmed ToArmed(SubmitOrder order, long pairId) => new(
        order.OrderId,
        order.Account,
        order.ClientOrderId,
        order.Type.ToConditional(),
        order.Side,
        order.TimeInForce,
        order.StopTicks,
        order.TrailingBps,
        0,
        order.LimitTicks,
        order.Lots,
        order.Lots > 0 ? 0 : order.QuoteAmount,
        order.DisplayLots,
        order.SelfTrade,
        pairId,
        order.BudgetQuote);
}
