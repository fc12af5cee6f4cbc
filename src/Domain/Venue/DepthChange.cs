using Exchange.Domain.Orders;

namespace Exchange.Domain.Venue;

/// <summary>The new total at one price of one side of a venue's book; no lots means that the level is gone.</summary>
public readonly record struct DepthChange(Side Side, long Price, long Lots);
