using Exchange.Domain.Events;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>What is remembered of an order that is over, to answer the same request again.</summary>
internal readonly record struct FinishedOrder(long OrderId, ulong Fingerprint, OrderStatus Status, Reason Reason)
{
    /// <summary>A list is remembered under its first order's id and ends with the last.</summary>
    public static FinishedOrder OfList(OrderPlaced last, OrderEnded ended) =>
        new(last.ListId, unchecked((ulong)last.ListFingerprint), ended.Status, ended.Reason);

    public KnownOrder Known(string clientOrderId) => new(OrderId, clientOrderId, Status, Reason);
}

internal readonly record struct Deposit(string Asset, decimal Amount);
