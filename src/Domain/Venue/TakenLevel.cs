using Exchange.Domain.Orders;

namespace Exchange.Domain.Venue;

/// <summary>What users took of a venue's level, and what the venue showed there.</summary>
public readonly record struct TakenLevel(Side Side, long Price, long ShownLots, long TakenLots);
