using Exchange.Domain.Orders;

namespace Exchange.Domain.Events;

/// <summary>
/// Where an order that begins to rest would stand in the venue's queue at its price: so many lots of the venue are before
/// it. An order that came while nobody knew the venue's book is told its place later, in a second event.
/// </summary>
public sealed record OrderQueued(long OrderId, long LotsAhead) : DomainEvent
{
    public const long NotKnownYet = -1;
}

/// <summary>The venue's queue at a price has become shorter for those who stand in it.</summary>
/// <param name="TradedLots">What has traded there since the last time.</param>
/// <param name="LastAheadLots">What stands before the last order now.</param>
public sealed record QueueMoved(Side Side, long PriceTicks, long TradedLots, long LastAheadLots) : DomainEvent;

/// <summary>What users have taken of a venue's level by now; it stays taken until the venue refreshes the level.</summary>
public sealed record VenueLevelTaken(Side Side, long PriceTicks, long ShownLots, long TakenLots) : DomainEvent;
