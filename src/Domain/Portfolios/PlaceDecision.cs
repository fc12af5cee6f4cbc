using Exchange.Domain.Events;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>An order that was placed before, as far as the portfolio still knows it.</summary>
public readonly record struct KnownOrder(long OrderId, string ClientOrderId, OrderStatus Status, Reason Reason)
{
    public bool IsOpen => !Status.IsDone();
}

/// <summary>One of three: a refusal, a new order to journal, or the order that the same request made before.</summary>
public readonly record struct PlaceDecision(Reason Reason, OrderPlaced? Placed, KnownOrder? Existing)
{
    public static PlaceDecision Refused(Reason reason) => new(reason, null, null);

    public static PlaceDecision New(OrderPlaced placed) => new(Reason.None, placed, null);

    public static PlaceDecision Known(KnownOrder order) => new(Reason.None, null, order);
}

/// <summary>The orders of a pair that was placed before. The profit's id is the list's.</summary>
public readonly record struct KnownPair(long ProfitId, long StopId, string ClientListId)
{
    public static KnownPair Of(long listId, string clientListId) => new(listId, listId + 1, clientListId);
}

/// <summary>The same for a pair: both of its orders to journal, or none.</summary>
public readonly record struct PairDecision(Reason Reason, OrderPlaced? Profit, OrderPlaced? Stop, KnownPair? Existing)
{
    public static PairDecision Refused(Reason reason) => new(reason, null, null, null);

    public static PairDecision New(OrderPlaced profit, OrderPlaced stop) => new(Reason.None, profit, stop, null);

    public static PairDecision Known(KnownPair pair) => new(Reason.None, null, null, pair);
}

/// <summary>A refusal, an event to journal, or neither where the request was carried out before.</summary>
public readonly record struct Decision(Reason Reason, DomainEvent? Event)
{
    public static Decision Refused(Reason reason) => new(reason, null);

    public static Decision Journal(DomainEvent domainEvent) => new(Reason.None, domainEvent);

    public static Decision AlreadyDone => default;
}

/// <summary>Either all items can be applied, and these are the events to journal, or one cannot, and nothing is.</summary>
public readonly record struct SettleDecision(Reason Reason, int RefusedItem, IReadOnlyList<DomainEvent> Events)
{
    public static SettleDecision Refused(Reason reason, int item) => new(reason, item, []);

    public static SettleDecision Journal(IReadOnlyList<DomainEvent> events) => new(Reason.None, -1, events);
}
