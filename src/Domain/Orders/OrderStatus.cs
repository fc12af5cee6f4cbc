namespace Exchange.Domain.Orders;

public enum OrderStatus : byte
{
    New = 0,
    PartiallyFilled = 1,
    Filled = 2,
    Cancelled = 3,

    /// <summary>The rest could not stay: an IOC, FOK or market remainder.</summary>
    Expired = 4,
    ExpiredInMatch = 5,
    Rejected = 6,
}

public static class OrderStatuses
{
    public static bool IsDone(this OrderStatus status) => status >= OrderStatus.Filled;
}
