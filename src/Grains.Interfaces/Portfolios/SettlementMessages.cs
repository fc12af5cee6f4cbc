using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;

namespace Exchange.Grains.Interfaces.Portfolios;

/// <summary>
/// What one record of the symbol's journal means for one account. (Sequence, Index) orders and names it.
/// For the house, order id 0, the amounts are signed changes; for a user they are the fill's size and the side tells the direction.
/// </summary>
[GenerateSerializer, Immutable, Alias("Exchange.SettlementEntry")]
public readonly record struct SettlementEntry(
    [property: Id(0)] SettlementKind Kind,
    [property: Id(1)] long Sequence,
    [property: Id(2)] int Index,
    [property: Id(3)] long OrderId,
    [property: Id(4)] long TradeId,
    [property: Id(5)] Side Side,
    [property: Id(6)] decimal BaseAmount,
    [property: Id(7)] decimal QuoteAmount,
    [property: Id(8)] decimal Fee,
    [property: Id(9)] OrderStatus Status,
    [property: Id(10)] Reason Reason,
    [property: Id(11)] PositionMoveEntry? Move = null);

/// <summary>Money of a position, as the domain's move of that name.</summary>
[GenerateSerializer, Immutable, Alias("Exchange.PositionMoveEntry")]
public sealed record PositionMoveEntry(
    [property: Id(0)] PositionMoveKind Kind,
    [property: Id(1)] long PositionId,
    [property: Id(2)] long RequestId,
    [property: Id(3)] decimal MarginChange,
    [property: Id(4)] decimal Payout,
    [property: Id(5)] decimal Fee,
    [property: Id(6)] CloseCause Cause,
    [property: Id(7)] decimal Volume,
    [property: Id(8)] PositionExitEntry? Exit = null);

[GenerateSerializer, Immutable, Alias("Exchange.PositionExitEntry")]
public sealed record PositionExitEntry(
    [property: Id(0)] long Lots,
    [property: Id(1)] decimal EntryNotional,
    [property: Id(2)] decimal ExitNotional,
    [property: Id(3)] decimal Profit,
    [property: Id(4)] decimal Fee,
    [property: Id(5)] long LevelTicks,
    [property: Id(6)] long PriceTicks,
    [property: Id(7)] string RequestId,
    [property: Id(8)] long AskedLots);

[GenerateSerializer, Immutable, Alias("Exchange.SettlementBatch")]
public sealed record SettlementBatch(
    [property: Id(0)] string Symbol,
    [property: Id(1)] SettlementEntry[] Entries);

/// <param name="Reason">Why the record after <paramref name="UpTo"/> was refused. The portfolio has set it aside and passed it.</param>
/// <param name="UpTo">Everything from this symbol up to this sequence is applied and durable.</param>
[GenerateSerializer, Immutable, Alias("Exchange.SettleReply")]
public sealed record SettleReply(
    [property: Id(0)] Reason Reason,
    [property: Id(1)] long UpTo);
