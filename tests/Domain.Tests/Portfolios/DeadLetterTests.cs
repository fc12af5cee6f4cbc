using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Settlement;
using static Exchange.Domain.Tests.Portfolios.Owner;

namespace Exchange.Domain.Tests.Portfolios;

/// <summary>What an account could not book: taken up later, or given up.</summary>
public sealed class DeadLetterTests
{
    [Fact]
    public void What_is_taken_up_moves_the_money_and_a_second_time_nothing()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(50_000, 0.01m));
        owner.Journal(Portfolio.SetAside("BTC_USDT", 7, Reason.UnknownOrder));
        owner.Settle(9, Bought(order, 9, 0.001m, 50_000));
        owner.Portfolio = PortfolioSnapshot.Read(PortfolioSnapshot.Write(owner.Portfolio));

        var decision = owner.Portfolio.TakeUp(Samples.BtcUsdt, 7, [Bought(order, 7, 0.004m, 50_000)]);
        foreach (var happened in decision.Events)
            owner.Journal(happened);

        Assert.Equal(new SettlementTakenUp("BTC_USDT", 7), decision.Events[^1]);
        Assert.Equal(new Balance("BTC", 0.005m, 0), owner["BTC"]);
        Assert.Empty(owner.Portfolio.TakeUp(Samples.BtcUsdt, 7, [Bought(order, 7, 0.004m, 50_000)]).Events);
        Assert.Equal(Reason.InvalidRequest, owner.Portfolio.TakeUp(Samples.BtcUsdt, 11, [Bought(order, 11, 0.001m, 50_000)]).Reason);
        Assert.Equal(PortfolioSnapshot.Write(owner.Portfolio), PortfolioSnapshot.Write(owner.Replayed()));
    }

    [Fact]
    public void A_fill_whose_order_has_ended_is_paid_out_of_what_is_available()
    {
        var (owner, order) = WithSetAsideFillOfAnOrderThatEnded();
        Assert.Equal(new Balance("USDT", 1_000, 0), owner["USDT"]);

        var decision = owner.Portfolio.TakeUp(Samples.BtcUsdt, 7, [Bought(order, 7, 0.004m, 50_000, fee: 0.000004m)]);
        Journal(owner, decision);

        Assert.Equal(
            [
                new LateFillSettled("BTC_USDT", 7, 0, 1, order.OrderId, "BTC", 0.003996m, "USDT", -200, "BTC", 0.000004m),
                new SettlementTakenUp("BTC_USDT", 7),
            ],
            decision.Events);
        Assert.Equal((new Balance("USDT", 800, 0), new Balance("BTC", 0.003996m, 0)), (owner["USDT"], owner["BTC"]));
        Assert.False(owner.Portfolio.IsSetAside("BTC_USDT", 7, out _));
        Assert.Equal(PortfolioSnapshot.Write(owner.Portfolio), PortfolioSnapshot.Write(owner.Replayed()));
    }

    [Fact]
    public void It_waits_while_the_account_has_too_little_for_all_of_it()
    {
        var (owner, order) = WithSetAsideFillOfAnOrderThatEnded();
        owner.Place(LimitBuy(50_000, 0.013m));

        var decision = owner.Portfolio.TakeUp(
            Samples.BtcUsdt, 7, [Bought(order, 7, 0.004m, 50_000), Bought(order, 7, 0.004m, 50_000, index: 1)]);

        Assert.Equal((Reason.InsufficientBalance, 0), (decision.Reason, decision.Events.Count));
        Assert.True(owner.Portfolio.IsSetAside("BTC_USDT", 7, out _));
    }

    [Fact]
    public void A_late_end_and_a_late_reduction_have_nothing_left_to_do()
    {
        var (owner, order) = WithSetAsideFillOfAnOrderThatEnded();

        var decision = owner.Portfolio.TakeUp(
            Samples.BtcUsdt, 7, [SettlementItem.Reduced(7, 0, order.OrderId, 0.001m), Done(order, 7, OrderStatus.Expired)]);

        Assert.Equal([new SettlementTakenUp("BTC_USDT", 7)], decision.Events);
    }

    [Fact]
    public void An_order_that_was_never_placed_stays_unknown()
    {
        var owner = WithUsdt(1_000);
        owner.Journal(Portfolio.SetAside("BTC_USDT", 7, Reason.UnknownOrder));
        var stranger = SettlementItem.Done(7, 0, OrderIds.Create(1, 99), OrderStatus.Filled, Reason.None);

        Assert.Equal(Reason.UnknownOrder, owner.Portfolio.TakeUp(Samples.BtcUsdt, 7, [stranger]).Reason);
    }

    [Fact]
    public void What_is_dropped_is_the_houses_and_never_comes_back()
    {
        var (owner, order) = WithSetAsideFillOfAnOrderThatEnded();
        SettlementItem[] record = [Bought(order, 7, 0.004m, 50_000, fee: 0.000004m)];

        var decision = owner.Portfolio.Drop(Samples.BtcUsdt, 7, record);
        Journal(owner, decision);

        Assert.Equal([new SettlementDropped("BTC_USDT", 7, "BTC", 0.003996m, "USDT", -200)], decision.Events);
        Assert.Equal(new Balance("USDT", 1_000, 0), owner["USDT"]);
        Assert.Empty(owner.Portfolio.Drop(Samples.BtcUsdt, 7, record).Events);
        Assert.Empty(owner.Portfolio.TakeUp(Samples.BtcUsdt, 7, record).Events);
        Assert.Empty(owner.Portfolio.Settle(Samples.BtcUsdt, 7, record).Events);
        Assert.Equal(PortfolioSnapshot.Write(owner.Portfolio), PortfolioSnapshot.Write(owner.Replayed()));
    }

    [Fact]
    public void Dropping_the_end_of_an_order_gives_its_hold_back()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(50_000, 0.01m));
        owner.Journal(Portfolio.SetAside("BTC_USDT", 7, Reason.InvalidAmount));

        Journal(owner, owner.Portfolio.Drop(
            Samples.BtcUsdt, 7, [Bought(order, 7, 0.01m, 50_000), Done(order, 7, OrderStatus.Filled)]));

        Assert.Equal(new Balance("USDT", 1_000, 0), owner["USDT"]);
        Assert.Empty(owner.Portfolio.OpenOrders);
    }

    [Fact]
    public void The_house_has_nobody_to_leave_a_record_to()
    {
        var house = new Owner(-1);
        house.Journal(Portfolio.SetAside("BTC_USDT", 7, Reason.InvalidAmount));

        var decision = house.Portfolio.Drop(Samples.BtcUsdt, 7, [SettlementItem.House(7, 4, -0.5m, 25_000)]);

        Assert.Equal(Reason.UnsupportedCombination, decision.Reason);
    }

    private static (Owner Owner, OrderPlaced Order) WithSetAsideFillOfAnOrderThatEnded()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(50_000, 0.01m));
        owner.Journal(Portfolio.SetAside("BTC_USDT", 7, Reason.UnknownOrder));
        owner.Settle(9, Done(order, 9, OrderStatus.Cancelled, Reason.CancelledByUser));
        return (owner, order);
    }

    private static void Journal(Owner owner, SettleDecision decision)
    {
        Assert.Equal(Reason.None, decision.Reason);
        foreach (var happened in decision.Events)
            owner.Journal(happened);
    }
}
