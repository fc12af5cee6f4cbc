using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Portfolios;

/// <summary>What an account puts aside for a position that opens at a price, and what becomes of it. The fee is 0.1%.</summary>
public sealed class PositionEntryTests
{
    private static readonly CfdTerms Terms = new() { EntryFeeBps = 10 };
    private static readonly EntryTrigger Trigger = new(5_000_000, null);

    private readonly Owner _owner = Owner.WithUsdt(1_000);

    [Fact]
    public void Margin_and_the_most_its_fee_can_be_are_held_until_it_opens()
    {
        var id = Request();
        Assert.Equal((101m, 899m), (_owner["USDT"].Held, _owner["USDT"].Available));

        _owner.Settle(7, Fired(id), Opened(id, margin: 100, fee: 0.8m));

        Assert.Equal((0m, 899.2m, 100m), (_owner["USDT"].Held, _owner["USDT"].Available, _owner["USDT"].InPositions));
        Assert.Equal(
            new EntryDecided("BTC_USDT", 7, 4, id, "mine", PositionSide.Long, 100, "USDT", 50_000, 50_010, 100, 0.8m, 800, Reason.None),
            Assert.Single(_owner.Portfolio.Announcements.Oldest(long.MaxValue, 10)).Happened);
    }

    [Fact]
    public void One_that_the_market_refuses_when_it_fires_gives_everything_back_and_says_why()
    {
        var id = Request();

        _owner.Settle(7, Fired(id), SettlementItem.Done(7, 4, id, OrderStatus.Rejected, Reason.SlippageTooLarge));

        Assert.Equal((0m, 1_000m), (_owner["USDT"].Held, _owner["USDT"].Available));
        var told = Assert.IsType<EntryDecided>(Assert.Single(_owner.Portfolio.Announcements.Oldest(long.MaxValue, 10)).Happened);
        Assert.Equal((Reason.SlippageTooLarge, 100m, 0m, 50_010m), (told.Reason, told.Margin, told.Fee, told.ReachedPrice));
    }

    [Fact]
    public void One_whose_time_runs_out_gives_everything_back_and_says_so()
    {
        var id = Request();

        _owner.Settle(7, SettlementItem.Done(7, 4, id, OrderStatus.Expired, Reason.EntryExpired));

        Assert.Equal(1_000, _owner["USDT"].Available);
        var told = Assert.IsType<EntryDecided>(Assert.Single(_owner.Portfolio.Announcements.Oldest(long.MaxValue, 10)).Happened);
        Assert.Equal((Reason.EntryExpired, 0m), (told.Reason, told.ReachedPrice));
    }

    [Theory]
    [InlineData(OrderStatus.Cancelled, Reason.CancelledByUser)]
    [InlineData(OrderStatus.Rejected, Reason.WouldTriggerImmediately)]
    public void What_its_owner_is_answered_needs_no_announcement(OrderStatus status, Reason reason)
    {
        var id = Request();

        _owner.Settle(7, SettlementItem.Done(7, 4, id, status, reason));

        Assert.Equal(1_000, _owner["USDT"].Available);
        Assert.Equal(0, _owner.Portfolio.Announcements.Count);
        Assert.Equal(status, _owner.Portfolio.Positions.EndOf(id));
    }

    [Fact]
    public void The_same_request_is_the_same_position_and_another_trigger_is_another_request()
    {
        var id = Request();

        Assert.Equal(id, Ask(Trigger).Existing!.Value.OrderId);
        Assert.Equal(Reason.DuplicateRequest, Ask(default).Reason);
        Assert.Equal(Reason.DuplicateRequest, Ask(Trigger with { Ticks = 5_000_001 }).Reason);
        Assert.Equal(Reason.DuplicateRequest, Ask(Trigger with { Direction = TriggerDirection.Rising }).Reason);
    }

    [Fact]
    public void Orders_and_positions_that_wait_are_counted_together()
    {
        var owner = Owner.WithUsdt(100_000);
        for (var i = 0; i < 60; i++)
            owner.Place(ConditionalBuy());
        for (var i = 0; i < 40; i++)
            owner.Journal(owner.Portfolio.RequestPosition(Position($"p{i}"), Samples.BtcUsdt, Terms, Trigger).Requested!);

        Assert.Equal(Reason.FilterMaxArmedOrders, owner.Portfolio.RequestPosition(Position("more"), Samples.BtcUsdt, Terms, Trigger).Reason);
        Assert.Equal(Reason.FilterMaxArmedOrders, owner.Refusal(ConditionalBuy()));
        Assert.Equal(Reason.None, owner.Portfolio.RequestPosition(Position("p39"), Samples.BtcUsdt, Terms, Trigger).Reason);
        Assert.Equal(Reason.None, owner.Portfolio.RequestPosition(Position("now"), Samples.BtcUsdt, Terms).Reason);
    }

    [Fact]
    public void A_trigger_of_what_does_not_wait_is_not_believed()
    {
        _owner.Journal(_owner.Portfolio.RequestPosition(Position("mine"), Samples.BtcUsdt, Terms).Requested!);
        var id = _owner.Portfolio.Positions.Holds[0].Id;

        Assert.Equal((Reason.InvalidRequest, 0), _owner.SettleRefusal(7, Fired(id), Opened(id, margin: 100, fee: 0)));
    }

    [Fact]
    public void What_waits_waits_in_a_snapshot_too()
    {
        var id = Request();

        var restored = PortfolioSnapshot.Read(PortfolioSnapshot.Write(_owner.Portfolio));

        Assert.Equal(_owner.Portfolio.Positions.FindHold(id)!.Terms, restored.Positions.FindHold(id)!.Terms);
        Assert.Equal(1, restored.Positions.WaitingCountOf("BTC_USDT"));
        Assert.Equal(PortfolioSnapshot.Write(_owner.Replayed()), PortfolioSnapshot.Write(restored));
    }

    private long Request()
    {
        var requested = Assert.IsType<PositionRequested>(Ask(Trigger).Requested);
        _owner.Journal(requested);
        return requested.PositionId;
    }

    private RequestDecision Ask(EntryTrigger trigger) => _owner.Portfolio.RequestPosition(Position("mine"), Samples.BtcUsdt, Terms, trigger);

    private static OpenPosition Position(string id) => new(0, 0, id, PositionSide.Long, 100, new Leverage(100), default);

    private static OrderTerms ConditionalBuy() => new(
        "", "BTC_USDT", Side.Buy, OrderType.StopLossLimit, TimeInForce.GoodTillCancelled, 60_000, 0.001m, StopPrice: 60_000);

    private static SettlementItem Fired(long id) => SettlementItem.EntryTriggered(7, 3, id, 50_010);

    private static SettlementItem Opened(long id, decimal margin, decimal fee) =>
        SettlementItem.Position(7, 4, new PositionMove(PositionMoveKind.Opened, id, id, margin, 0, fee, default, 800));
}
