using Exchange.Domain.Events;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Ledger;

/// <summary>
/// What one event of a position must have done to its owner's money, and to the margin in it, worked out from lots, notionals
/// and margins alone. Whoever paid out something else, paid twice, or let more margin go than there was, is found here.
/// </summary>
internal sealed class PositionFold(string symbol, Problems problems)
{
    private readonly Dictionary<long, Open> _open = [];

    /// <summary>What happened to the account and to the margin; null where the event moves no money.</summary>
    public Moved? Feed(DomainEvent happened) => happened switch
    {
        PositionOpened e => Opened(e),
        MarginAdded e => Margin(e.Account, e.PositionId, e.Amount, change: 0),
        FundingPaid e => Margin(e.Account, e.PositionId, -e.Amount, -e.Amount),
        PositionReduced e => Left(e.Account, e.PositionId, e.Exit),
        PositionClosed e => Closed(e),
        _ => null,
    };

    private Moved Opened(PositionOpened e)
    {
        if (e.Margin <= 0 || e.EntryFee < 0 || e.Lots <= 0)
            problems.Add($"{symbol}: position {e.PositionId} opened with {e.Lots} lots, margin {e.Margin} and fee {e.EntryFee}.");
        if (!_open.TryAdd(e.PositionId, new Open(e.Side, e.Lots, e.EntryNotional, e.Margin)))
            problems.Add($"{symbol}: position {e.PositionId} opened twice.");
        return new Moved(e.Account, e.PositionId, -e.EntryFee, e.Margin);
    }

    private Moved Margin(long account, long positionId, decimal margin, decimal change)
    {
        if (_open.TryGetValue(positionId, out var open))
            Set(positionId, open with { Margin = open.Margin + margin });
        else
            problems.Add($"{symbol}: position {positionId} is not open but its margin changed by {margin}.");
        return new Moved(account, positionId, change, margin);
    }

    private Moved Closed(PositionClosed e)
    {
        var moved = Left(e.Account, e.PositionId, e.Exit);
        if (_open.Remove(e.PositionId, out var open) && (open.Lots != 0 || open.Margin != 0 || open.EntryNotional != 0))
            problems.Add($"{symbol}: position {e.PositionId} closed with {open.Lots} lots and {open.Margin} margin left.");
        return moved;
    }

    private Moved Left(long account, long positionId, in Exit exit)
    {
        var moved = new Moved(account, positionId, exit.Payout - exit.MarginReleased, -exit.MarginReleased);
        if (!_open.TryGetValue(positionId, out var open))
        {
            problems.Add($"{symbol}: position {positionId} closed again or was never open.");
            return moved;
        }

        var gain = exit.ExitNotional - exit.EntryNotional;
        var profit = open.Side == PositionSide.Long ? gain : -gain;
        var due = Math.Max(0, exit.MarginReleased + profit - exit.Fee);
        if (exit.Payout != due || exit.Fee < 0 || exit.Payout < 0)
            problems.Add($"{symbol}: position {positionId} paid out {exit.Payout} and must pay {due}.");
        Set(positionId, open with
        {
            Lots = open.Lots - exit.Lots,
            EntryNotional = open.EntryNotional - exit.EntryNotional,
            Margin = open.Margin - exit.MarginReleased,
        });
        return moved;
    }

    private void Set(long positionId, Open open)
    {
        if (open.Lots < 0 || open.Margin < 0 || open.EntryNotional < 0)
            problems.Add($"{symbol}: position {positionId} is left with {open.Lots} lots and {open.Margin} margin.");
        _open[positionId] = open;
    }

    internal readonly record struct Moved(long Account, long PositionId, decimal Change, decimal Margin);

    private readonly record struct Open(PositionSide Side, long Lots, decimal EntryNotional, decimal Margin);
}
