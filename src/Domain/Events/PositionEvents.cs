using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Events;

/// <summary>
/// A position filled. What it was agreed on is in here, so that a later change of the market's terms leaves it alone. The
/// entry's notional is what all its fills cost; zero stands for "not given" in levels, distance and expiry.
/// </summary>
public sealed record PositionOpened(
    long PositionId,
    long Account,
    string ClientPositionId,
    PositionSide Side,
    long Lots,
    decimal EntryNotional,
    decimal Margin,
    int LeverageTenths,
    decimal EntryFee,
    int MaintenanceBps,
    int ExitFeeBps,
    PositionLevels Levels,
    long TrailAnchorTicks) : DomainEvent;

/// <summary>All levels of a position as they are from now on. The request id is its owner's, empty where none was given.</summary>
public sealed record PositionChanged(
    long PositionId,
    long Account,
    PositionLevels Levels,
    long TrailAnchorTicks,
    string RequestId = "") : DomainEvent;

public sealed record MarginAdded(long PositionId, long Account, long RequestId, decimal Amount) : DomainEvent;

/// <summary>A funding round: everyone whose position was open when it fell due pays or gets the rate.</summary>
public sealed record FundingFixed(long DueMs, long MarkTicks, decimal Rate) : DomainEvent;

/// <summary>One position's part of the round before it. It pays a positive amount out of its margin and gets a negative one.</summary>
public sealed record FundingPaid(long PositionId, long Account, decimal Amount) : DomainEvent;

/// <summary>
/// A position has to close, and why: the watched price <paramref name="PriceTicks"/> reached <paramref name="LevelTicks"/>;
/// for an expiry both are zero. From here on nothing else can close it.
/// </summary>
public sealed record PositionClosing(
    long PositionId,
    long Account,
    CloseCause Cause,
    long LevelTicks,
    long PriceTicks) : DomainEvent;

/// <summary>A part of a closing position found its other side; the money moves when the rest has.</summary>
public sealed record PositionUnwound(long PositionId, long Account, long Lots, decimal ExitNotional) : DomainEvent;

/// <summary>
/// Its owner closed a part of a position. The exit is this part's alone. The request asked for so many lots, zero for all,
/// under the owner's id, empty where none was given.
/// </summary>
public sealed record PositionReduced(
    long PositionId,
    long Account,
    Exit Exit,
    string RequestId = "",
    long AskedLots = 0) : DomainEvent;

/// <summary>
/// The end of a position. The exit is that of what was left of it, the totals those of its whole life: profit
/// before fees and funding, fees with the entry's, funding, and what went back to the owner. Where a price closed it, the
/// level that was reached and the price that reached it; where its owner did, the request as in <see cref="PositionReduced"/>.
/// </summary>
public sealed record PositionClosed(
    long PositionId,
    long Account,
    CloseCause Cause,
    Exit Exit,
    decimal TotalProfit,
    decimal TotalFees,
    decimal TotalFunding,
    decimal TotalPayout,
    long LevelTicks = 0,
    long PriceTicks = 0,
    string RequestId = "",
    long AskedLots = 0) : DomainEvent;

/// <summary>
/// How far trailing stops have followed since the last record: the highest bid and the lowest ask that moved any; zero
/// where none moved. Prices themselves are not journaled.
/// </summary>
public sealed record TrailingAdvanced(long BidTicks, long AskTicks) : DomainEvent;

/// <summary>
/// A position that opens when the price at which it would be entered reaches the trigger. Zero stands for "not given". Its
/// entry never costs more of a fee than was put aside for it.
/// </summary>
public sealed record EntryArmed(
    long PositionId,
    long Account,
    string ClientPositionId,
    PositionSide Side,
    decimal Margin,
    int LeverageTenths,
    PositionLevels Levels,
    long TriggerTicks,
    TriggerDirection Direction,
    decimal FeeMax) : DomainEvent;

/// <summary>The position goes to the market now; whether it opens or is refused is told in the same record.</summary>
public sealed record EntryFired(long PositionId, long Account, long LevelTicks, long PriceTicks) : DomainEvent;

/// <summary>The position does not wait any more and will not open.</summary>
public sealed record EntryCancelled(long PositionId, long Account, Reason Reason) : DomainEvent;

/// <summary>
/// An order that waits for a price. Zero stands for "not given". A trailing one without an anchor waits for its stop price
/// before it starts to follow. The pair is the order that goes when this one fires. The budget is the most that a buy by
/// lots may spend once it is a market order, or what a sell is to earn.
/// </summary>
public sealed record ConditionalArmed(
    long OrderId,
    long Account,
    string ClientOrderId,
    ConditionalType Type,
    Side Side,
    TimeInForce TimeInForce,
    long StopTicks,
    int TrailingBps,
    long AnchorTicks,
    long PriceTicks,
    long Lots,
    decimal QuoteAmount,
    long DisplayLots,
    SelfTradePrevention SelfTrade,
    long PairId,
    decimal BudgetQuote = 0) : DomainEvent;

/// <summary>A trailing order's stop price was reached: it follows from here.</summary>
public sealed record ConditionalActivated(long OrderId, long Account, long AnchorTicks) : DomainEvent;

/// <summary>The order goes to the market now. A pair that rests in the book is to be cancelled before that.</summary>
public sealed record ConditionalFired(long OrderId, long Account, long LevelTicks, long PriceTicks, long PairId) : DomainEvent;

public sealed record ConditionalCancelled(long OrderId, long Account, Reason Reason) : DomainEvent;
