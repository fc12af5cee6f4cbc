using Exchange.Domain.Orders;

namespace Exchange.Domain.Settlement;

public enum SettlementKind : byte
{
    /// <summary>A user's side of a trade.</summary>
    Fill = 0,

    /// <summary>The end of a user's order.</summary>
    Done = 1,

    /// <summary>What a record's trades leave with the house: fees, and the other side where the counterparty is the venue.</summary>
    House = 2,

    /// <summary>Self-trade prevention took <see cref="SettlementItem.BaseAmount"/> off an order without a trade.</summary>
    Reduced = 3,

    /// <summary>Money of a position: <see cref="SettlementItem.Move"/> says which. The order id is the position's.</summary>
    Position = 4,

    /// <summary>A conditional order's price was reached. No money moves.</summary>
    Triggered = 5,
}

/// <summary>
/// What a symbol tells a portfolio, in the order of its journal: (Sequence, Index) is the event's place there,
/// the number of the record and the event's number in it.
/// For a fill the amounts are what was traded, before the fee; for the house they are the signed changes of its balances.
/// </summary>
public readonly record struct SettlementItem(
    SettlementKind Kind,
    long Sequence,
    int Index,
    long OrderId,
    long TradeId,
    Side Side,
    decimal BaseAmount,
    decimal QuoteAmount,
    decimal Fee,
    OrderStatus Status,
    Reason Reason,
    PositionMove? Move = null)
{
    public static SettlementItem Done(long sequence, int index, long orderId, OrderStatus status, Reason reason) =>
        new(SettlementKind.Done, sequence, index, orderId, 0, default, 0, 0, 0, status, reason);

    /// <summary>All that a record of the journal leaves with the house, as one: it takes part in every fill.</summary>
    public static SettlementItem House(long sequence, int index, decimal baseChange, decimal quoteChange) =>
        new(SettlementKind.House, sequence, index, 0, 0, default, baseChange, quoteChange, 0, default, default);

    public static SettlementItem Position(long sequence, int index, PositionMove move) =>
        new(SettlementKind.Position, sequence, index, move.PositionId, 0, default, 0, 0, 0, default, default, move);

    public static SettlementItem Triggered(long sequence, int index, long orderId) =>
        new(SettlementKind.Triggered, sequence, index, orderId, 0, default, 0, 0, 0, default, default);

    public static SettlementItem Reduced(long sequence, int index, long orderId, decimal quantity) =>
        new(SettlementKind.Reduced, sequence, index, orderId, 0, default, quantity, 0, 0, default, default);
}
