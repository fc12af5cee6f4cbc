using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Grains.Interfaces.Streams;

[GenerateSerializer, Immutable, Alias("Exchange.OwnFill")]
public sealed record OwnFill(
    [property: Id(0)] string Symbol,
    [property: Id(1)] long TradeId,
    [property: Id(2)] long OrderId,
    [property: Id(3)] Side Side,
    [property: Id(4)] decimal Price,
    [property: Id(5)] decimal Quantity,
    [property: Id(6)] decimal Fee,
    [property: Id(7)] string FeeAsset);

public enum PositionNews : byte
{
    Opened = 0,
    MarginAdded = 1,
    Funding = 2,
    Reduced = 3,
    Closed = 4,
}

/// <summary>
/// What moved money of a position: what went into its margin or, negative, left it, and what came out for the owner. The exit
/// is there where a part of it, or all, was left, with the reason and, where a price was it, level and price.
/// </summary>
[GenerateSerializer, Immutable, Alias("Exchange.OwnPosition")]
public sealed record OwnPosition(
    [property: Id(0)] PositionNews News,
    [property: Id(1)] long PositionId,
    [property: Id(2)] string Symbol,
    [property: Id(3)] string Asset,
    [property: Id(4)] decimal MarginChange,
    [property: Id(5)] decimal Payout,
    [property: Id(6)] CloseCause Cause,
    [property: Id(7)] OwnExit? Exit);

/// <param name="NetProfit">Of the whole position so far, with all fees and funding.</param>
[GenerateSerializer, Immutable, Alias("Exchange.OwnExit")]
public sealed record OwnExit(
    [property: Id(0)] PositionSide Side,
    [property: Id(1)] decimal Quantity,
    [property: Id(2)] decimal EntryPrice,
    [property: Id(3)] decimal Price,
    [property: Id(4)] decimal Profit,
    [property: Id(5)] decimal Fee,
    [property: Id(6)] decimal NetProfit,
    [property: Id(7)] decimal LevelPrice,
    [property: Id(8)] decimal ReachedPrice);

/// <param name="Body">JSON.</param>
[GenerateSerializer, Immutable, Alias("Exchange.NotificationView")]
public sealed record NotificationView(
    [property: Id(0)] long Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] string Body,
    [property: Id(3)] long AtMs);

/// <summary>What one durable record of an account changed: each touched order and balance as it is after it.</summary>
[GenerateSerializer, Immutable, Alias("Exchange.AccountUpdate")]
public sealed record AccountUpdate(
    [property: Id(0)] long Account,
    [property: Id(1)] long Sequence,
    [property: Id(2)] long AtMs,
    [property: Id(3)] OrderView[] Orders,
    [property: Id(4)] OwnFill[] Fills,
    [property: Id(5)] BalanceView[] Balances,
    [property: Id(6)] OwnPosition[] Positions,
    [property: Id(7)] NotificationView[] Notifications);
