using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Events;

/// <summary>
/// A position was asked for, and its margin and the most its entry can cost put aside. Zero stands for "not given". With a
/// trigger it opens once a price is reached; the direction is what was asked for, if it was.
/// </summary>
public sealed record PositionRequested(
    long PositionId,
    string ClientPositionId,
    string Symbol,
    PositionSide Side,
    decimal Margin,
    int LeverageTenths,
    PositionLevels Levels,
    string HeldAsset,
    decimal Held,
    long TriggerTicks = 0,
    TriggerDirection? Direction = null) : DomainEvent
{
    public bool Waits => TriggerTicks > 0;
}

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

/// <summary>
/// What became of a position that was to be opened at a price, as its owner is to hear of it: the price was reached, and it
/// opened or, with a reason, did not; or it ended before, as its time ran out, and no price was reached. The money is the event before it.
/// The volume is what its entry traded.
/// </summary>
public sealed record EntryDecided(
    string Symbol,
    long Sequence,
    int Index,
    long PositionId,
    string ClientPositionId,
    PositionSide Side,
    int LeverageTenths,
    string Asset,
    decimal TriggerPrice,
    decimal ReachedPrice,
    decimal Margin,
    decimal Fee,
    decimal Volume,
    Reason Reason) : DomainEvent;

/// <summary>The owner has been told, durably, of everything up to the announcement with this number.</summary>
public sealed record Announced(long UpTo) : DomainEvent;
