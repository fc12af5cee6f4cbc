using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Positions;
using static Exchange.Domain.Tests.Portfolios.Owner;

namespace Exchange.Domain.Tests.Portfolios;

public sealed class ResetTests
{
    private const long Day = 86_400_000;

    [Fact]
    public void A_reset_takes_back_whatever_is_left_and_leaves_an_account_without_assets()
    {
        var owner = new Owner(1, (Samples.Usdt, 1_000.50m), (Samples.Btc, 2));
        owner.Journal(owner.Portfolio.StartReset("r", 0, Day));

        var finish = owner.Portfolio.FinishReset();

        Assert.Equal([new FundsWithdrawn("r", "BTC", 2), new FundsWithdrawn("r", "USDT", 1_000.5m), new ResetFinished("r")], finish);
        Finish(owner);
        Assert.Empty(owner.Portfolio.Balances);
        Assert.False(owner.Portfolio.Resets.IsRunning);
    }

    [Fact]
    public void Nothing_is_taken_back_while_an_order_is_open()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(100, 1, "mine"));
        owner.Journal(owner.Portfolio.StartReset("r", 0, Day));

        Assert.Empty(owner.Portfolio.FinishReset());
        owner.Settle(5, Done(order, 5, OrderStatus.Cancelled, Reason.CancelledByUser));

        Assert.Equal(new FundsWithdrawn("r", "USDT", 1_000), owner.Portfolio.FinishReset()[0]);
    }

    [Fact]
    public void An_account_that_starts_over_takes_on_nothing_new()
    {
        var owner = WithUsdt(1_000);
        owner.Place(LimitBuy(100, 1, "mine"));
        owner.Journal(owner.Portfolio.StartReset("r", 0, Day));

        Assert.Equal(Reason.AccountResetting, owner.Refusal(LimitBuy(100, 1)));
        Assert.Equal(Reason.AccountResetting, owner.Portfolio.DepositFunds("d-2", Samples.Usdt, 5).Reason);
        Assert.Equal(Reason.AccountResetting, owner.Portfolio.RequestPosition(Position, Samples.BtcUsdt, CfdTerms.Default).Reason);
        Assert.Equal(Reason.AccountResetting, owner.Portfolio.StartReset("r-2", Day, Day).Reason);
        Assert.NotNull(owner.Portfolio.Place(LimitBuy(100, 1, "mine"), Samples.BtcUsdt, default).Existing);
    }

    [Fact]
    public void The_same_reset_is_done_once_and_another_one_only_after_a_pause()
    {
        var owner = WithUsdt(1_000);
        owner.Journal(owner.Portfolio.StartReset("r", 1, Day));
        var startedAt = owner.Portfolio.Resets.StartedAtMs;

        Assert.Equal(Decision.AlreadyDone, owner.Portfolio.StartReset("r", 1, Day));
        Finish(owner);
        Assert.Equal(Decision.AlreadyDone, owner.Portfolio.StartReset("r", startedAt + 2 * Day, Day));
        Assert.Equal(Reason.ResetTooSoon, owner.Portfolio.StartReset("r-2", startedAt + Day - 1, Day).Reason);
        Assert.Equal(new ResetStarted("r-2"), owner.Portfolio.StartReset("r-2", startedAt + Day, Day).Event);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    public void A_reset_needs_an_id(string id) =>
        Assert.Equal(Reason.InvalidClientOrderId, WithUsdt(1).Portfolio.StartReset(id, 0, Day).Reason);

    [Fact]
    public void A_snapshot_and_a_replay_know_of_resets()
    {
        var owner = WithUsdt(1_000);
        owner.Journal(owner.Portfolio.StartReset("r", 1, Day));
        var half = PortfolioSnapshot.Write(owner.Portfolio);
        Assert.Equal("r", PortfolioSnapshot.Read(half).Resets.RunningId);
        Finish(owner);

        var whole = PortfolioSnapshot.Write(owner.Portfolio);

        Assert.Equal(whole, PortfolioSnapshot.Write(PortfolioSnapshot.Read(whole)));
        Assert.Equal(whole, PortfolioSnapshot.Write(owner.Replayed()));
        Assert.NotNull(PortfolioSnapshot.Read(whole).Resets.FinishedAtMs("r"));
    }

    [Fact]
    public void A_reset_that_ends_with_money_left_is_a_broken_journal()
    {
        var owner = WithUsdt(1_000);
        owner.Journal(owner.Portfolio.StartReset("r", 1, Day));

        Assert.Throws<InvalidOperationException>(() => owner.Portfolio.Apply(new ResetFinished("r")));
    }

    private static OpenPosition Position =>
        new(0, 0, "", PositionSide.Long, 10, new Leverage(10), new PositionLevels(0, 0, default, 0, 0));

    private static void Finish(Owner owner)
    {
        foreach (var happened in owner.Portfolio.FinishReset())
            owner.Journal(happened);
    }
}
