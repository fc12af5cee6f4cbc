using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Events;

/// <summary>A position was asked for, and its margin and the most its entry can cost put aside. Zero stands for "not given".</summary>
public sealed record PositionRequested(
    long PositionId,
    string ClientPositionId,
    string Symbol,
    PositionSide Side,
    decimal Margin,
    int LeverageTenths,
    long StopLossTicks,
    long TakeProfitTicks,
    TrailUnit TrailUnit,
    long TrailDistance,
    long ExpiresAtMs,
    string HeldAsset,
    decimal Held) : DomainEvent;

/// <summary>More margin for an open position was put aside, until the symbol has taken it.</summary>
public sealed record MarginRequested(
    long RequestId,
    string ClientRequestId,
    long PositionId,
    string Symbol,
    string HeldAsset,
    decimal Held) : DomainEvent;

/// <summary>
/// Money that a position moved. <paramref name="MarginChange"/> is what went into it, or, negative, what left it;
/// <paramref name="Payout"/> and <paramref name="Released"/>, the part of a hold that was not needed, went to the owner.
/// (Sequence, Index) is its place in the symbol's journal.
/// </summary>
public sealed record PositionSettled(
    string Symbol,
    long Sequence,
    int Index,
    PositionMoveKind Kind,
    long PositionId,
    long RequestId,
    string Asset,
    decimal MarginChange,
    decimal Payout,
    decimal Fee,
    decimal Released,
    CloseCause Cause,
    decimal Volume) : DomainEvent;

/// <summary>
/// A position, or a part of it, was left, as its owner is to hear of it; the money is the <see cref="PositionSettled"/> before
/// it. Level and price are zero where no price closed it. The result is the whole life's, with all fees and funding, and counts
/// only where the position <paramref name="IsClosed"/>. The request is the owner's, who asked for so much, zero for all.
/// </summary>
public sealed record PositionLeft(
    string Symbol,
    long Sequence,
    int Index,
    long PositionId,
    string ClientPositionId,
    PositionSide Side,
    int LeverageTenths,
    bool IsClosed,
    CloseCause Cause,
    string Asset,
    decimal Quantity,
    decimal EntryPrice,
    decimal ExitPrice,
    decimal MarginReturned,
    decimal Profit,
    decimal Fee,
    decimal Payout,
    decimal Result,
    decimal LevelPrice,
    decimal ReachedPrice,
    string RequestId,
    decimal AskedQuantity) : DomainEvent;

/// <summary>The owner has been told, durably, of everything up to the announcement with this number.</summary>
public sealed record Announced(long UpTo) : DomainEvent;
