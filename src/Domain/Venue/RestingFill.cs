using Exchange.Domain.Orders;

namespace Exchange.Domain.Venue;

/// <summary>When a resting order on a venue-backed market may fill.</summary>
public enum RestingFill : byte
{
    /// <summary>When the venue's trades have used up what stood before it at its price, or the venue has gone through it.</summary>
    Queue = 0,

    /// <summary>Only when the venue has gone through it, or its opposite best price reaches it.</summary>
    Touch = 1,
}

/// <summary>The lots of a venue's trade that reach one order.</summary>
public readonly record struct QueueFill(long OrderId, long Lots);

/// <summary>How far the queue at a price has moved: lots traded there, and what stands before its last order.</summary>
public readonly record struct QueueMove(Side Side, long Price, long Traded, long LastAhead);
