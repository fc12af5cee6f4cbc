using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Simulation.Tests.World;

namespace Exchange.Simulation.Tests.Checks;

/// <summary>Everything clients were told. At the end each word of it must be true.</summary>
public sealed class Promises
{
    private readonly List<PlaceReply> _placed = [];
    private readonly List<(long OrderId, CancelOrderReply Reply)> _cancelled = [];
    private readonly Dictionary<(long Account, string ClientOrderId), long> _ids = [];

    private readonly List<(long Account, ResetReply Reply)> _resets = [];

    public int Resets => _resets.Count(reset => reset.Reply.FinishedAtMs > 0);
    public int Placed => _placed.Count(reply => reply.Order is not null);
    public int Filled => _placed.Count(reply => reply.Order is { FilledQuantity: > 0 });
    public int Cancelled => _cancelled.Count(cancel => cancel.Reply.Reason == Reason.None);

    public void Note(long account, PlaceOrder order, PlaceReply reply)
    {
        _placed.Add(reply);
        if (reply.Order is not { } view || reply.Reason == Reason.Timeout)
            return;
        var key = (account, view.ClientOrderId);
        Rule.Holds(
            order.ClientOrderId.Length == 0 || order.ClientOrderId == view.ClientOrderId,
            () => $"Account {account} asked for order '{order.ClientOrderId}' and was told of '{view.ClientOrderId}'.");
        Rule.Holds(
            _ids.TryAdd(key, view.OrderId) || _ids[key] == view.OrderId,
            () => $"Client order id {key} was order {_ids[key]} and then {view.OrderId}.");
    }

    public void Note(long account, ResetReply reply) => _resets.Add((account, reply));

    /// <summary>Of a pair of which one is not there the other may still be on its way to be declared dead.</summary>
    public void Note(long account, PairReply reply)
    {
        if (reply.Reason == Reason.Timeout || reply.ListId == 0)
            return;
        foreach (var order in reply.Orders.Where(order => reply.Reason == Reason.None || order.Status == OrderStatus.Rejected))
            _placed.Add(new PlaceReply(reply.Reason, order, [], 0, 0));
        var key = (account, $"#{reply.ClientListId}");
        Rule.Holds(_ids.TryAdd(key, reply.ListId) || _ids[key] == reply.ListId, () => $"List {key} was {_ids[key]} and then {reply.ListId}.");
    }

    public void Note(long orderId, CancelOrderReply reply) => _cancelled.Add((orderId, reply));

    public string LastCancelOf(Portfolio portfolio) => string.Join(
        ", ", portfolio.OpenOrders.Select(order => $"{order.Terms}: {_cancelled.LastOrDefault(cancel => cancel.OrderId == order.OrderId)}"));

    public void Check(DurableChecks durable)
    {
        foreach (var reply in _placed)
        {
            if (reply.Order is { } order && reply.Reason != Reason.Timeout)
                Check(order, reply, durable);
        }

        foreach (var (account, reply) in _resets)
            Rule.Holds(durable.HasReset(account, reply), () => $"Account {account} was told of {reply}, but its journal says otherwise.");
        foreach (var (orderId, reply) in _cancelled)
            Check(orderId, reply, durable.Trail(orderId));
    }

    private static void Check(OrderView order, PlaceReply reply, DurableChecks durable)
    {
        var trail = durable.Trail(order.OrderId);
        if (order.Status == OrderStatus.Rejected)
        {
            Rule.Holds(trail is null || trail.FilledLots == 0, () => $"{order} was told to be rejected but executed.");
            Rule.Holds(
                trail is { IsBuried: true } or { Done.Status: OrderStatus.Rejected },
                () => $"{order} was told to be rejected, but its symbol does not say so.");
            return;
        }

        Rule.Holds(trail is { HasArrived: true }, () => $"{order} was acknowledged, but its symbol never had it.");
        if (order.Symbol.Length == 0)
            return;
        var market = SimMarkets.Of(order.Symbol);
        Rule.Holds(
            market.QuantityOf(trail!.FilledLots) >= order.FilledQuantity,
            () => $"{order} was told to have filled more than the {market.QuantityOf(trail.FilledLots)} it did.");
        Rule.Holds(
            !order.Status.IsDone() || trail.Done?.Status == order.Status, () => $"{order} ended as {trail.Done?.Status} instead.");
        Rule.Holds(
            reply.Fills.Sum(fill => fill.Quantity) <= order.FilledQuantity, () => $"{order} has fills of more than it filled.");
    }

    private static void Check(long orderId, CancelOrderReply reply, OrderTrail? trail)
    {
        if (reply.Reason == Reason.None)
            Rule.Holds(trail?.Done?.Status == OrderStatus.Cancelled, () => $"Order {orderId} was told to be cancelled and is {trail?.Done?.Status}.");
        if (reply.Order is { } order && order.Status.IsDone())
        {
            var isTrue = trail?.Done?.Status == order.Status || (order.Status == OrderStatus.Rejected && trail is { IsBuried: true });
            Rule.Holds(isTrue, () => $"{order} was the answer to a cancellation, but its symbol says {trail?.Done?.Status}.");
        }
    }
}
