using System.Diagnostics.CodeAnalysis;
using Exchange.Domain.Events;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>
/// The orders that wait for a price, and which are paired: with another one here, or with an order that rests in the book.
/// </summary>
public sealed class ConditionalOrders
{
    private readonly Dictionary<long, ConditionalOrder> _orders = [];
    private readonly Dictionary<long, long> _byPair = [];

    public int Count => _orders.Count;

    /// <summary>In no order.</summary>
    public IReadOnlyCollection<ConditionalOrder> Orders => _orders.Values;

    public bool TryGet(long orderId, [NotNullWhen(true)] out ConditionalOrder? order) => _orders.TryGetValue(orderId, out order);

    /// <summary>The one that waits here and is paired with the given order, wherever that is.</summary>
    public bool TryPairOf(long orderId, [NotNullWhen(true)] out ConditionalOrder? pair)
    {
        pair = null;
        return _byPair.Count > 0 && _byPair.TryGetValue(orderId, out var id) && _orders.TryGetValue(id, out pair);
    }

    internal void Apply(ConditionalArmed e, Watches watches)
    {
        Add(e);
        if (e.AnchorTicks > 0)
            Trail(e, e.AnchorTicks, watches);
        else
            watches.For(e.Side).Arm(new Trigger(e.OrderId, TriggerSlots.Conditional, e.Type.Direction(e.Side), e.StopTicks));
    }

    internal void Apply(ConditionalActivated e, Watches watches)
    {
        var order = OrderOf(e.OrderId);
        if (order.IsActive || !order.IsTrailing)
            throw new InvalidOperationException($"Conditional order {e.OrderId} cannot start to follow.");
        order.IsActive = true;
        Trail(order.Armed, e.AnchorTicks, watches);
    }

    internal void Finish(long orderId, Watches watches)
    {
        var order = OrderOf(orderId);
        watches.For(order.Armed.Side).Cancel(orderId, TriggerSlots.Conditional);
        _orders.Remove(orderId);
        if (order.Armed.PairId != 0)
            _byPair.Remove(order.Armed.PairId);
    }

    internal ConditionalOrder Add(ConditionalArmed armed)
    {
        var order = new ConditionalOrder(armed);
        if (!_orders.TryAdd(armed.OrderId, order) || (armed.PairId != 0 && !_byPair.TryAdd(armed.PairId, armed.OrderId)))
            throw new InvalidOperationException($"Conditional order {armed.OrderId} is armed already, or its pair is paired.");
        return order;
    }

    private static void Trail(ConditionalArmed order, long anchor, Watches watches) => watches.For(order.Side).Arm(new TrailingStop(
        order.OrderId, TriggerSlots.Conditional, order.Side.TrailDirection(), TrailUnit.BasisPoints, order.TrailingBps, anchor));

    private ConditionalOrder OrderOf(long orderId) => _orders.TryGetValue(orderId, out var order)
        ? order
        : throw new InvalidOperationException($"Conditional order {orderId} is not armed.");
}
