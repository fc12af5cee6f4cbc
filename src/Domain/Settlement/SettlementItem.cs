using Exchange.Domain.Orders;

namespace Exchange.Domain.Settlement;

public enum SettlementKind : byte
{
    Fill = 0,
    Done = 1,
}

/// <summary>
/// What one event of a symbol's journal means for one account. (Sequence, Index) orders and names it. A user's fill has
/// the size of the fill and a side; the house's, with order id 0, has signed changes.
/// </summary>
public readonly record struct SettlementItem(
    long Sequence,
    int Index,
    SettlementKind Kind,
    long OrderId,
    long TradeId,
    Side Side,
    decimal BaseAmount,
    decimal QuoteAmount,
    decimal Fee,
    OrderStatus Status,
    Reason Reason)
{
    public static SettlementItem Fill(
        long sequence, int index, long orderId, long tradeId, Side side, decimal quantity, decimal quote, decimal fee) =>
        new(sequence, index, SettlementKind.Fill, orderId, tradeId, side, quantity, quote, fee, OrderStatus.New, Reason.None);

    public static SettlementItem House(long sequence, int index, long tradeId, decimal baseChange, decimal quoteChange) =>
        new(sequence, index, SettlementKind.Fill, 0, tradeId, Side.Buy, baseChange, quoteChange, 0, OrderStatus.New, Reason.None);

    public static SettlementItem Done(long sequence, int index, long orderId, OrderStatus status, Reason reason) =>
        new(sequence, index, SettlementKind.Done, orderId, 0, Side.Buy, 0, 0, 0, status, reason);
}
