using Exchange.Domain.Events;
using Exchange.Domain.Ledger;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using static Exchange.Domain.Tests.Portfolios.Owner;

namespace Exchange.Domain.Tests.Portfolios;

public sealed class OperatorTests
{
    private const string Ann = "ann@example.org";

    private static readonly OrderTerms Bid = new(
        "c-1", "BTC_USDT", Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, 50_000, 0.01m, 0, 0, SelfTradePrevention.None);

    [Fact]
    public void A_frozen_account_takes_no_orders_and_no_deposits()
    {
        var owner = WithUsdt(1_000);

        owner.Journal(owner.Portfolio.Freeze(Ann, "odd trades"));

        Assert.Equal((true, "odd trades"), (owner.Portfolio.Controls.IsFrozen, owner.Portfolio.Controls.FrozenWhy));
        Assert.Equal(Reason.AccountFrozen, owner.Refusal(Bid));
        Assert.Equal(Reason.AccountFrozen, owner.Portfolio.DepositFunds("d-2", Samples.Usdt, 1).Reason);
        Assert.Equal(Decision.AlreadyDone, owner.Portfolio.Freeze(Ann, "again"));
    }

    [Fact]
    public void What_a_frozen_account_did_before_is_answered_as_before_and_its_orders_go_on()
    {
        var owner = WithUsdt(1_000);
        var placed = owner.Place(Bid);
        owner.Journal(owner.Portfolio.Freeze(Ann, "odd trades"));

        Assert.Equal(placed.OrderId, owner.Portfolio.Place(Bid, Samples.BtcUsdt, default).Existing!.Value.OrderId);
        Assert.Equal(Decision.AlreadyDone, owner.Portfolio.DepositFunds("start-USDT", Samples.Usdt, 1_000));
        owner.Journal(owner.Portfolio.ReleaseNeverArrived(placed.OrderId));
        Assert.Equal(1_000, owner["USDT"].Available);
    }

    [Fact]
    public void An_unfrozen_account_goes_on()
    {
        var owner = WithUsdt(1_000);
        owner.Journal(owner.Portfolio.Freeze(Ann, "odd trades"));
        owner.Journal(owner.Portfolio.Unfreeze(Ann, "explained"));

        Assert.Equal(Decision.AlreadyDone, owner.Portfolio.Unfreeze(Ann, "explained"));
        owner.Place(Bid);
    }

    [Fact]
    public void An_adjustment_gives_or_takes_once()
    {
        var owner = WithUsdt(1_000);

        owner.Journal(owner.Portfolio.Adjust("a-1", Samples.Usdt, 50, Ann, "gift"));
        owner.Journal(owner.Portfolio.Adjust("a-2", Samples.Usdt, -1_050, Ann, "all of it"));

        Assert.Equal(0, owner["USDT"].Available);
        Assert.Equal(Decision.AlreadyDone, owner.Portfolio.Adjust("a-1", Samples.Usdt, 50.0m, Ann, "gift"));
        Assert.Equal(Reason.DuplicateRequest, owner.Portfolio.Adjust("a-1", Samples.Usdt, 51, Ann, "gift").Reason);
    }

    [Fact]
    public void No_adjustment_takes_more_than_is_free()
    {
        var owner = WithUsdt(1_000);
        owner.Place(Bid);

        Assert.Equal(500, owner["USDT"].Available);
        Assert.Equal(Reason.InsufficientBalance, owner.Portfolio.Adjust("a-1", Samples.Usdt, -500.00000001m, Ann, "fine").Reason);
        Assert.Equal(Reason.None, owner.Portfolio.Adjust("a-1", Samples.Usdt, -500, Ann, "fine").Reason);
    }

    [Fact]
    public void An_adjustment_has_an_amount_a_reason_and_an_account()
    {
        var owner = WithUsdt(1_000);

        Assert.Equal(Reason.InvalidAmount, owner.Portfolio.Adjust("a-1", Samples.Usdt, 0, Ann, "why").Reason);
        Assert.Equal(Reason.InvalidAmount, owner.Portfolio.Adjust("a-1", Samples.Usdt, 0.000000001m, Ann, "why").Reason);
        Assert.Equal(Reason.InvalidRequest, owner.Portfolio.Adjust("a-1", Samples.Usdt, 1, Ann, "").Reason);
        Assert.Equal(Reason.InvalidRequest, owner.Portfolio.Adjust("a-1", Samples.Usdt, 1, Ann, new string('x', 201)).Reason);
        Assert.Equal(Reason.InvalidRequest, owner.Portfolio.Adjust("", Samples.Usdt, 1, Ann, "why").Reason);
        Assert.Equal(Reason.DepositLimit, owner.Portfolio.Adjust("a-1", Samples.Usdt, Samples.Usdt.BalanceMax, Ann, "why").Reason);
        Assert.Equal(Reason.UnknownAccount, new Portfolio(7).Adjust("a-1", Samples.Usdt, 1, Ann, "why").Reason);
        Assert.Equal(Reason.UnknownAccount, new Portfolio(7).Freeze(Ann, "why").Reason);
        Assert.Equal(Reason.InvalidRequest, owner.Portfolio.Freeze(Ann, "").Reason);
    }

    [Fact]
    public void A_snapshot_and_the_journal_tell_the_same()
    {
        var owner = WithUsdt(1_000);
        owner.Journal(owner.Portfolio.Adjust("a-1", Samples.Usdt, 50, Ann, "gift"));
        owner.Journal(owner.Portfolio.Freeze(Ann, "odd trades"));

        var snapshot = PortfolioSnapshot.Write(owner.Portfolio);
        var restored = PortfolioSnapshot.Read(snapshot);
        var replayed = new Portfolio(1);
        foreach (var happened in owner.Journaled)
            replayed.Apply(happened);

        Assert.Equal(snapshot, PortfolioSnapshot.Write(restored));
        Assert.Equal(snapshot, PortfolioSnapshot.Write(replayed));
        Assert.Equal("odd trades", restored.Controls.FrozenWhy);
        Assert.Equal(Decision.AlreadyDone, restored.Adjust("a-1", Samples.Usdt, 50, Ann, "gift"));
    }

    [Fact]
    public void The_audit_counts_adjustments_as_money_that_came_or_went_and_sees_one_below_zero()
    {
        var sound = Audit(
            new AccountOpened(1, Ann), new BalanceAdjusted("a-1", "USDT", 50, Ann, "gift"), new BalanceAdjusted("a-2", "USDT", -20, Ann, "back"));
        Assert.True(sound.IsClean);
        Assert.Equal((30m, 30m), (sound.Assets[0].Deposited, sound.Assets[0].Available));

        Assert.False(Audit(new AccountOpened(1, Ann), new BalanceAdjusted("a-1", "USDT", -1, Ann, "too much")).IsClean);
    }

    private static AuditReport Audit(params DomainEvent[] events)
    {
        var audit = new ConservationAudit(DefaultMarkets.All);
        audit.Feed(Streams.Portfolio(1), 1, new EventBatch(0, events));
        return audit.Report();
    }
}
