using Exchange.Domain.Events;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>
/// Starting over takes two decisions with the markets' work between them: from the first one on nothing new is taken on, and
/// once nothing is open any more the second one takes back whatever is left, all at once.
/// </summary>
public sealed partial class Portfolio
{
    public AccountResets Resets { get; } = new();

    /// <summary>Nothing rests at a market or is on its way there, so no money can come or go.</summary>
    public bool HasNothingOpen => _orders.Count == 0 && Positions.Open.Count == 0 && Positions.Holds.Count == 0;

    /// <param name="pauseMs">How long after the beginning of one reset the next may begin.</param>
    public Decision StartReset(string resetId, long nowMs, long pauseMs)
    {
        if (!IsOpened)
            return Decision.Refused(Reason.UnknownAccount);
        if (!ClientOrderIds.IsValid(resetId))
            return Decision.Refused(Reason.InvalidClientOrderId);
        if (Resets.RunningId == resetId || Resets.FinishedAtMs(resetId) is not null)
            return Decision.AlreadyDone;
        if (Closed != Reason.None)
            return Decision.Refused(Closed);
        return Resets.LastId.Length > 0 && nowMs - Resets.StartedAtMs < pauseMs
            ? Decision.Refused(Reason.ResetTooSoon)
            : Decision.Journal(new ResetStarted(resetId));
    }

    /// <summary>To be journaled together; empty as long as something is open.</summary>
    public IReadOnlyList<DomainEvent> FinishReset()
    {
        if (!Resets.IsRunning || !HasNothingOpen)
            return [];
        var events = new List<DomainEvent>();
        foreach (var balance in _balances.ToSortedList())
        {
            if (balance.Available != 0)
                events.Add(new FundsWithdrawn(Resets.RunningId, balance.Asset, balance.Available.Shortest()));
        }

        events.Add(new ResetFinished(Resets.RunningId));
        return events;
    }

    private void ApplyReset(ResetFinished e, long atMs)
    {
        if (!HasNothingOpen || _balances.ToSortedList().Exists(balance => balance.Total != 0))
            throw new InvalidOperationException($"Account {Account} cannot have started over: something is left.");
        _balances.Clear();
        Positions.ForgetStatistics();
        Resets.Finish(e.ResetId, atMs);
    }
}
