using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>What is remembered of an order that is over, to answer the same request again.</summary>
internal readonly record struct FinishedOrder(long OrderId, ulong Fingerprint, OrderStatus Status, Reason Reason)
{
    public KnownOrder Known(string clientOrderId) => new(OrderId, clientOrderId, Status, Reason);
}

internal readonly record struct Deposit(string Asset, decimal Amount);
