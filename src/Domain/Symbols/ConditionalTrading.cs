using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Symbols;

/// <summary>
/// Conditional orders in a symbol's records. What fires goes to the market in the record in which it fires, so there is no
/// moment at which it has fired and not gone; what it is paired with ends before it executes.
/// To be called between the order desk's Begin and End.
/// </summary>
public sealed class ConditionalTrading
{
    private readonly SymbolState _state;
    private readonly OrderDesk _orders;
    private readonly ConditionalDesk _conditionals;
    private readonly List<ConditionalArmed> _fired = [];

    public ConditionalTrading(SymbolState state, OrderDesk orders)
    {
        _state = state;
        _orders = orders;
        _conditionals = new ConditionalDesk(state.Positions, Take);
    }

    private Market Market => _state.Market;

    public bool IsArmed(long account, long orderId) =>
        _state.Positions.Conditionals.TryGet(orderId, out var order) && order.Armed.Account == account;

    /// <summary>A refusal is journaled as the end of the order, which lets its owner's hold go.</summary>
    public void Place(ConditionalArmed order, in Quotes quotes)
    {
        var reason = _conditionals.Check(order, quotes);
        if (reason == Reason.None)
            _conditionals.Arm(order, quotes);
        else
            _orders.Refuse(order.Account, order.OrderId, reason);
    }

    /// <summary>Both or neither.</summary>
    public void PlacePair(ConditionalArmed profit, ConditionalArmed stop, in Quotes quotes)
    {
        var reason = ConditionalDesk.CheckPair(profit, stop);
        if (reason == Reason.None)
            reason = _conditionals.Check(profit, quotes);
        if (reason == Reason.None)
            reason = _conditionals.Check(stop, quotes);
        if (reason != Reason.None)
        {
            RefusePair(profit.Account, profit.OrderId, stop.OrderId, reason);
            return;
        }

        _conditionals.Arm(profit, quotes);
        _conditionals.Arm(stop, quotes);
    }

    /// <summary>The profit rests in the book. It must not trade at once, so what it says is known before the stop is armed.</summary>
    public void PlacePair(OrderAccepted profit, ConditionalArmed stop, in Quotes quotes, VenueOffer venue)
    {
        var reason = ConditionalDesk.CheckPair(stop, profit.Side, profit.PriceTicks, profit.Lots, quotes);
        if (reason == Reason.None)
            reason = _conditionals.Check(stop, quotes);
        if (reason != Reason.None)
        {
            RefusePair(profit.Account, profit.OrderId, stop.OrderId, reason);
            return;
        }

        _orders.Submit(profit, 0, venue);
        if (_state.Orders.TryLive(profit.OrderId, out _))
            _conditionals.Arm(stop, quotes);
        else
            _orders.Refuse(stop.Account, stop.OrderId, Reason.WouldTakeLiquidity);
    }

    public void RefusePair(long account, long profitId, long stopId, Reason reason)
    {
        _orders.Refuse(account, profitId, reason);
        _orders.Refuse(account, stopId, reason);
    }

    /// <summary>And with it the one it is paired with, wherever that is.</summary>
    public Reason Cancel(long account, long orderId, Reason why = Reason.CancelledByUser)
    {
        if (!IsArmed(account, orderId))
            return Reason.UnknownOrder;
        _state.Positions.Conditionals.TryGet(orderId, out var order);
        _conditionals.Cancel(account, orderId, why);
        EndResting(order!.Armed.PairId, OrderStatus.Cancelled, why);
        return Reason.None;
    }

    /// <summary>Whatever is decided about conditional orders, here or by a tick, passes through this.</summary>
    internal void Take(DomainEvent happened)
    {
        switch (happened)
        {
            case ConditionalCancelled cancelled:
                _orders.EmitEnd(cancelled);
                break;
            case ConditionalFired fired:
                _state.Positions.Conditionals.TryGet(fired.OrderId, out var order);
                _fired.Add(order!.Armed);
                _orders.Emit(fired);
                EndResting(fired.PairId, OrderStatus.Expired, Reason.PairDone);
                break;
            default:
                _orders.Emit(happened);
                break;
        }
    }

    /// <summary>Not while the tick walks its triggers: an execution may end others that are armed.</summary>
    internal void ExecuteFired(in Quotes quotes, VenueOffer venue)
    {
        foreach (var order in _fired)
            Execute(order, quotes, venue);
        _fired.Clear();
    }

    private void Execute(ConditionalArmed order, in Quotes quotes, VenueOffer venue)
    {
        var limit = order.Type.IsLimit() ? order.PriceTicks : MarketFilters.ProtectionTicks(Market, order.Side, Reference(quotes, order.Side));
        var budget = order.QuoteAmount > 0 ? order.QuoteAmount : order.BudgetQuote;
        var accepted = new OrderAccepted(
            order.OrderId, order.Account, order.ClientOrderId, order.Side, order.Type.FiredType(), order.TimeInForce, limit, order.Lots,
            order.QuoteAmount, order.DisplayLots, order.SelfTrade);
        _orders.Submit(accepted, order.Type.IsLimit() ? 0 : budget, venue);
    }

    /// <summary>What a market order's protection price is reckoned from. An order has only fired if there is a price on its side.</summary>
    private long Reference(in Quotes quotes, Side side)
    {
        if (quotes.Bid > 0 && quotes.Ask > 0)
            return Math.Max(1, (quotes.Bid + quotes.Ask) / 2);
        return _state.History.LastPriceTicks > 0 ? _state.History.LastPriceTicks : Math.Max(1, quotes.At(side));
    }

    private void EndResting(long orderId, OrderStatus status, Reason reason)
    {
        if (orderId != 0 && _state.Orders.TryLive(orderId, out var resting))
            _orders.EndResting(resting, status, reason);
    }
}
