using Exchange.Domain.Events;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>What operators may do to an account, each time with a reason.</summary>
public sealed partial class Portfolio
{
    public const int WhyLengthMax = 200;

    public AccountControls Controls { get; }

    public Decision Freeze(string by, string why)
    {
        if (!IsOpened)
            return Decision.Refused(Reason.UnknownAccount);
        if (!IsWhy(why))
            return Decision.Refused(Reason.InvalidRequest);
        return Controls.IsFrozen ? Decision.AlreadyDone : Decision.Journal(new AccountFrozen(by, why));
    }

    public Decision Unfreeze(string by, string why)
    {
        if (!IsOpened)
            return Decision.Refused(Reason.UnknownAccount);
        if (!IsWhy(why))
            return Decision.Refused(Reason.InvalidRequest);
        return Controls.IsFrozen ? Decision.Journal(new AccountUnfrozen(by, why)) : Decision.AlreadyDone;
    }

    /// <summary>Idempotent by id. Never below zero: what orders and positions hold is not an operator's to take.</summary>
    public Decision Adjust(string adjustmentId, Asset asset, decimal amount, string by, string why)
    {
        if (!IsOpened)
            return Decision.Refused(Reason.UnknownAccount);
        if (!ClientOrderIds.IsValid(adjustmentId) || !IsWhy(why))
            return Decision.Refused(Reason.InvalidRequest);
        if (Controls.TryGet(adjustmentId, out var earlier))
        {
            return earlier == new AccountControls.Adjustment(asset.Code, amount)
                ? Decision.AlreadyDone
                : Decision.Refused(Reason.DuplicateRequest);
        }

        if (amount == 0 || !asset.IsWhole(amount))
            return Decision.Refused(Reason.InvalidAmount);
        var balance = _balances.Of(asset.Code);
        if (amount > 0 && (amount > asset.BalanceMax || balance.Total + amount > asset.BalanceMax))
            return Decision.Refused(Reason.DepositLimit);
        return balance.Available + amount < 0
            ? Decision.Refused(Reason.InsufficientBalance)
            : Decision.Journal(new BalanceAdjusted(adjustmentId, asset.Code, amount.Shortest(), by, why));
    }

    private bool ApplyOperators(DomainEvent domainEvent)
    {
        switch (domainEvent)
        {
            case AccountFrozen e:
                (Controls.IsFrozen, Controls.FrozenWhy) = (true, e.Why);
                return true;
            case AccountUnfrozen:
                (Controls.IsFrozen, Controls.FrozenWhy) = (false, "");
                return true;
            case BalanceAdjusted e:
                _balances.Change(e.Asset, e.Amount);
                Controls.Add(e.AdjustmentId, new AccountControls.Adjustment(e.Asset, e.Amount));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Why nothing new is taken on. What was requested before is answered as it was.</summary>
    private Reason Closed => Controls.IsFrozen ? Reason.AccountFrozen : Resets.IsRunning ? Reason.AccountResetting : Reason.None;

    private RequestDecision UnlessClosed(in RequestDecision decision) =>
        Closed != Reason.None && decision.Requested is not null ? RequestDecision.Refused(Closed) : decision;

    private PlaceDecision UnlessClosed(in PlaceDecision decision) =>
        Closed != Reason.None && decision.Placed is not null ? PlaceDecision.Refused(Closed) : decision;

    private PairDecision UnlessClosed(in PairDecision decision) =>
        Closed != Reason.None && decision.Profit is not null ? PairDecision.Refused(Closed) : decision;

    private static bool IsWhy(string why) => why.Length is > 0 and <= WhyLengthMax;
}
