using Exchange.Domain.Events;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Settlement;

public enum PositionMoveKind : byte
{
    Opened = 0,
    MarginAdded = 1,
    FundingPaid = 2,
    Reduced = 3,
    Closed = 4,
}

/// <summary>
/// What one event of a position means for money, in the quote asset. <paramref name="MarginChange"/> goes into the position, or
/// out of it where it is negative; what then is neither paid out nor charged is the house's.
/// </summary>
/// <param name="RequestId">The hold that this uses up, 0 where there is none.</param>
/// <param name="Fee">Comes out of the hold; the fee of an exit is part of what the house gets.</param>
/// <param name="Volume">What was traded in its name, told as it happens.</param>
/// <param name="Exit">What its owner is to know of an exit, beside the money.</param>
public sealed record PositionMove(
    PositionMoveKind Kind,
    long PositionId,
    long RequestId,
    decimal MarginChange,
    decimal Payout,
    decimal Fee,
    CloseCause Cause,
    decimal Volume,
    PositionExitFacts? Exit = null)
{
    /// <summary>So that nothing is made or lost: an entry's fee, and what leaves a position without being paid out.</summary>
    public decimal HouseChange => RequestId != 0 ? Fee : -MarginChange - Payout;

    /// <summary>Null for what moves no money.</summary>
    public static PositionMove? Of(DomainEvent happened) => happened switch
    {
        PositionOpened e => new(
            PositionMoveKind.Opened, e.PositionId, e.PositionId, e.Margin, 0, e.EntryFee, default, e.EntryNotional),
        MarginAdded e => new(PositionMoveKind.MarginAdded, e.PositionId, e.RequestId, e.Amount, 0, 0, default, 0),
        FundingPaid e => new(PositionMoveKind.FundingPaid, e.PositionId, 0, -e.Amount, 0, 0, default, 0),
        PositionReduced e => new(
            PositionMoveKind.Reduced, e.PositionId, 0, -e.Exit.MarginReleased, e.Exit.Payout, 0, default, e.Exit.ExitNotional,
            PositionExitFacts.Of(e.Exit, 0, 0, e.RequestId, e.AskedLots)),
        PositionClosed e => new(
            PositionMoveKind.Closed, e.PositionId, 0, -e.Exit.MarginReleased, e.Exit.Payout, 0, e.Cause, e.Exit.ExitNotional,
            PositionExitFacts.Of(e.Exit, e.LevelTicks, e.PriceTicks, e.RequestId, e.AskedLots)),
        _ => null,
    };

    public static long AccountOf(DomainEvent happened) => happened switch
    {
        PositionOpened e => e.Account,
        MarginAdded e => e.Account,
        FundingPaid e => e.Account,
        PositionReduced e => e.Account,
        PositionClosed e => e.Account,
        _ => throw new InvalidOperationException($"{happened.GetType().Name} moves no money."),
    };
}
