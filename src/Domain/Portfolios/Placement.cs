using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>Decides whether an account takes an order on, or a pair of them, and what it puts aside for it.</summary>
internal sealed class Placement(long account, Balances balances, OpenOrders orders, Recent<string, FinishedOrder> finished,
    PositionAccount positions)
{
    public const int ArmedOrdersMaxDefault = 100;

    /// <summary>How many orders and positions of an account may wait for their price in one market.</summary>
    public int ArmedOrdersMax { get; set; } = ArmedOrdersMaxDefault;

    /// <summary>Lists are remembered among orders, under names that no order can have.</summary>
    public static string ListKey(string clientListId) => "#" + clientListId;

    public KnownOrder? FindOrder(string clientOrderId)
    {
        if (orders.Find(clientOrderId) is { } open)
            return open.Known;
        return finished.TryGet(clientOrderId, out var done) ? done.Known(clientOrderId) : null;
    }

    public KnownPair? FindPair(string clientListId) => TryPair(clientListId, out var listId, out _) ? KnownPair.Of(listId, clientListId) : null;

    public PlaceDecision Place(OrderTerms order, Market market, in MarketReference reference, long lastCounter)
    {
        if (order.Symbol != market.Symbol)
            return PlaceDecision.Refused(Reason.UnknownSymbol);
        if (order.ClientOrderId.Length > 0)
        {
            if (!ClientOrderIds.IsValid(order.ClientOrderId))
                return PlaceDecision.Refused(Reason.InvalidClientOrderId);
            if (FindEarlier(order) is { } earlier)
                return earlier;
        }

        var atTrigger = TriggerReference.Of(order, market, reference);
        var reason = OrderCheck.Check(order, market, atTrigger);
        if (reason == Reason.None)
            reason = CheckCounts(market, 1, order.Type.IsConditional() ? 1 : 0, lastCounter);
        if (reason != Reason.None)
            return PlaceDecision.Refused(reason);

        var asset = OrderHolds.AssetOf(order.Side, market);
        var held = OrderHolds.Of(order, market, atTrigger, balances.AvailableOf(asset));
        return held > 0
            ? PlaceDecision.New(Placed(order, OrderIds.Create(account, lastCounter + 1), market, asset, held))
            : PlaceDecision.Refused(Reason.InsufficientBalance);
    }

    public PairDecision PlacePair(PairTerms pair, Market market, in MarketReference reference, long lastCounter)
    {
        if (!ClientOrderIds.IsValid(pair.ClientListId))
            return PairDecision.Refused(Reason.InvalidClientOrderId);
        if (TryPair(pair.ClientListId, out var listId, out var fingerprint))
        {
            return fingerprint == RequestFingerprint.Of(pair)
                ? PairDecision.Known(KnownPair.Of(listId, pair.ClientListId))
                : PairDecision.Refused(Reason.DuplicateOrder);
        }

        var reason = PairCheck.CheckNames(pair, this);
        if (reason == Reason.None)
            reason = PairCheck.Check(pair);
        var (profitReference, stopReference) = (
            TriggerReference.Of(pair.Profit, market, reference), TriggerReference.Of(pair.Stop, market, reference));
        if (reason == Reason.None)
            reason = OrderCheck.Check(pair.Profit, market, profitReference);
        if (reason == Reason.None)
            reason = OrderCheck.Check(pair.Stop, market, stopReference);
        if (reason == Reason.None)
            reason = CheckCounts(market, 2, pair.Profit.Type.IsConditional() ? 2 : 1, lastCounter);
        if (reason != Reason.None)
            return PairDecision.Refused(reason);

        var asset = OrderHolds.AssetOf(pair.Stop.Side, market);
        var available = balances.AvailableOf(asset);
        var forProfit = OrderHolds.Of(pair.Profit, market, profitReference, available);
        var forStop = OrderHolds.Of(pair.Stop, market, stopReference, available);
        return forProfit > 0 && forStop > 0
            ? New(pair, market, asset, Math.Max(forProfit, forStop), lastCounter)
            : PairDecision.Refused(Reason.InsufficientBalance);
    }

    private PairDecision New(PairTerms pair, Market market, string asset, decimal held, long lastCounter)
    {
        var (profitId, stopId) = (OrderIds.Create(account, lastCounter + 1), OrderIds.Create(account, lastCounter + 2));
        var fingerprint = unchecked((long)RequestFingerprint.Of(pair));
        var profit = Placed(pair.Profit, profitId, market, asset, held);
        var stop = Placed(pair.Stop, stopId, market, asset, 0);
        return PairDecision.New(
            profit with { PairId = stopId, ClientListId = pair.ClientListId, ListFingerprint = fingerprint },
            stop with { PairId = profitId, ClientListId = pair.ClientListId, ListFingerprint = fingerprint });
    }

    public bool MayWait(Market market, int more) =>
        orders.ArmedCountOf(market.Symbol) + positions.WaitingCountOf(market.Symbol) + more <= ArmedOrdersMax;

    private Reason CheckCounts(Market market, int more, int moreArmed, long lastCounter)
    {
        if (orders.CountOf(market.Symbol) + more > market.MaxOpenOrders)
            return Reason.FilterMaxOpenOrders;
        if (moreArmed > 0 && !MayWait(market, moreArmed))
            return Reason.FilterMaxArmedOrders;
        return lastCounter + more > OrderIds.CounterMax ? Reason.Unavailable : Reason.None;
    }

    private bool TryPair(string clientListId, out long listId, out ulong fingerprint)
    {
        (listId, fingerprint) = (0, 0);
        if (orders.FindInList(clientListId) is { } open)
            (listId, fingerprint) = (open.Terms.ListId, unchecked((ulong)open.Terms.ListFingerprint));
        else if (finished.TryGet(ListKey(clientListId), out var done))
            (listId, fingerprint) = (done.OrderId, done.Fingerprint);
        return listId != 0;
    }

    private PlaceDecision? FindEarlier(OrderTerms order)
    {
        ulong fingerprint;
        KnownOrder known;
        if (orders.Find(order.ClientOrderId) is { } open)
            (fingerprint, known) = (open.Fingerprint, open.Known);
        else if (finished.TryGet(order.ClientOrderId, out var done))
            (fingerprint, known) = (done.Fingerprint, done.Known(order.ClientOrderId));
        else
            return null;

        return RequestFingerprint.Of(order) == fingerprint
            ? PlaceDecision.Known(known)
            : PlaceDecision.Refused(Reason.DuplicateOrder);
    }

    private OrderPlaced Placed(OrderTerms order, long orderId, Market market, string asset, decimal held) => new(
        orderId,
        order.ClientOrderId.Length > 0 ? order.ClientOrderId : UnusedClientOrderId(orderId),
        market.Symbol,
        order.Side,
        order.Type,
        order.TimeInForce,
        order.Price.Shortest(),
        order.Quantity.Shortest(),
        order.QuoteAmount.Shortest(),
        order.IcebergQuantity.Shortest(),
        order.SelfTrade,
        asset,
        held.Shortest(),
        order.StopPrice.Shortest(),
        order.TrailingBps);

    private string UnusedClientOrderId(long orderId)
    {
        var id = $"auto-{orderId}";
        while (FindOrder(id) is not null)
            id += ".";
        return id;
    }
}
