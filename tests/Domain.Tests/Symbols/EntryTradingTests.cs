using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;
using static Exchange.Domain.Tests.Symbols.ConditionalRig;

namespace Exchange.Domain.Tests.Symbols;

/// <summary>What positions that open at a price do in a symbol's records. The venue's bid is 50,000 ticks, its ask 50,001.</summary>
public sealed class EntryTradingTests
{
    private readonly ConditionalRig _rig = new();

    [Fact]
    public void A_long_opens_in_the_record_in_which_the_ask_reaches_its_trigger()
    {
        var entry = _rig.Entry(PositionSide.Long);
        Assert.Equal(TriggerDirection.Rising, Assert.IsType<EntryArmed>(Assert.Single(_rig.PlaceEntry(entry, 51_000))).Direction);
        Assert.Empty(_rig.Move(50_998, 50_999));

        var events = _rig.Move(50_990, 51_000);

        Assert.Equal([typeof(EntryFired), typeof(Traded), typeof(PositionOpened)], Types(events));
        Assert.Equal(new EntryFired(entry.PositionId, Ann, 51_000, 51_000), events[0]);
        Assert.Equal((51_000, Side.Buy), (Single<Traded>(events).PriceTicks, Single<Traded>(events).TakerSide));
        Assert.Equal((entry.PositionId, PositionSide.Long, 1_000m), Opened(events));
        Assert.Equal(0, _rig.State.Positions.Entries.Count);
    }

    [Fact]
    public void A_short_opens_when_the_bid_reaches_its_trigger()
    {
        var entry = _rig.Entry(PositionSide.Short);
        Assert.Equal(TriggerDirection.Falling, Single<EntryArmed>(_rig.PlaceEntry(entry, 49_000)).Direction);
        Assert.Empty(_rig.Move(49_001, 49_002));

        var events = _rig.Move(49_000, 49_001);

        Assert.Equal((49_000, Side.Sell), (Single<Traded>(events).PriceTicks, Single<Traded>(events).TakerSide));
        Assert.Equal((entry.PositionId, PositionSide.Short, 1_000m), Opened(events));
    }

    [Theory]
    [InlineData(PositionSide.Long, 49_000, TriggerDirection.Falling)]
    [InlineData(PositionSide.Short, 51_000, TriggerDirection.Rising)]
    public void Either_side_may_wait_on_either_side_of_the_market(PositionSide side, long trigger, TriggerDirection direction)
    {
        _rig.PlaceEntry(_rig.Entry(side), trigger, direction);

        var events = side == PositionSide.Long ? _rig.Move(trigger - 1, trigger) : _rig.Move(trigger, trigger + 1);

        Assert.Equal(side, Opened(events).Side);
    }

    [Fact]
    public void It_fires_once_however_often_its_price_comes_back()
    {
        _rig.PlaceEntry(_rig.Entry(PositionSide.Long), 51_000);

        Assert.NotEmpty(_rig.Move(51_000, 51_001));
        Assert.Empty(_rig.Move(50_000, 50_001));
        Assert.Empty(_rig.Move(51_000, 51_001));
        Assert.Equal(1, _rig.State.Positions.Count);
    }

    [Theory]
    [InlineData(PositionSide.Long, 50_001, null)]
    [InlineData(PositionSide.Short, 50_000, null)]
    [InlineData(PositionSide.Long, 49_000, TriggerDirection.Rising)]
    [InlineData(PositionSide.Short, 51_000, TriggerDirection.Falling)]
    public void A_trigger_that_the_market_has_reached_or_passed_is_refused(PositionSide side, long trigger, TriggerDirection? direction)
    {
        var refused = Single<OrderDone>(_rig.PlaceEntry(_rig.Entry(side), trigger, direction));

        Assert.Equal((OrderStatus.Rejected, Reason.WouldTriggerImmediately), (refused.Status, refused.Reason));
        Assert.True(_rig.State.Positions.IsEmpty);
    }

    [Theory]
    [InlineData(50_500, 0, Reason.None)]
    [InlineData(51_000, 0, Reason.StopLossWrongSide)]
    [InlineData(51_200, 0, Reason.StopLossWrongSide)]
    [InlineData(44_300, 0, Reason.StopLossBeyondLiquidation)]
    [InlineData(0, 51_001, Reason.None)]
    [InlineData(0, 51_000, Reason.TakeProfitWrongSide)]
    [InlineData(0, 50_500, Reason.TakeProfitWrongSide)]
    public void Levels_are_on_their_side_of_the_trigger_wherever_the_market_is(long stop, long take, Reason reason)
    {
        var events = _rig.PlaceEntry(_rig.Entry(PositionSide.Long, levels: new PositionLevels(stop, take)), 51_000);

        Assert.Equal(reason, events[0] is OrderDone refused ? refused.Reason : Reason.None);
    }

    [Fact]
    public void A_gap_over_the_trigger_opens_where_the_market_is_then()
    {
        _rig.PlaceEntry(_rig.Entry(PositionSide.Long), 51_000);

        var events = _rig.Move(59_999, 60_000);

        Assert.Equal((51_000, 60_000), (Single<EntryFired>(events).LevelTicks, Single<EntryFired>(events).PriceTicks));
        Assert.Equal(60_000, Single<Traded>(events).PriceTicks);
    }

    [Fact]
    public void Levels_that_a_gap_has_made_wrong_refuse_it_in_the_record_in_which_it_fires()
    {
        var entry = _rig.Entry(PositionSide.Long, levels: new PositionLevels(StopLossTicks: 50_500));
        _rig.PlaceEntry(entry, 51_000);

        var events = _rig.Move(59_999, 60_000);

        Assert.Equal([typeof(EntryFired), typeof(OrderDone)], Types(events));
        Assert.Equal(new OrderDone(entry.PositionId, Ann, OrderStatus.Rejected, Reason.StopLossBeyondLiquidation, 0, 0), events[1]);
        Assert.True(_rig.State.Positions.IsEmpty);
        Assert.True(_rig.State.Orders.TryFinished(Ann, entry.PositionId, out _));
    }

    [Fact]
    public void A_market_that_offers_nothing_near_its_mark_price_refuses_it()
    {
        _rig.PlaceEntry(_rig.Entry(PositionSide.Long), 51_000);

        var events = _rig.Move(30_000, 60_000);

        Assert.Equal(Reason.SlippageTooLarge, Single<OrderDone>(events).Reason);
        Assert.True(_rig.State.Positions.IsEmpty);
    }

    [Fact]
    public void What_the_market_cannot_fill_stays_out_of_it_as_with_any_entry()
    {
        _rig.PlaceEntry(_rig.Entry(PositionSide.Long, margin: 100_000), 51_000);

        var opened = Single<PositionOpened>(_rig.Move(50_999, 51_000, lots: 10));

        Assert.Equal(10, opened.Lots);
        Assert.Equal(opened.EntryNotional / 10, opened.Margin);
    }

    [Fact]
    public void It_waits_no_longer_than_the_position_was_to_run()
    {
        var entry = _rig.Entry(PositionSide.Long, levels: new PositionLevels(ExpiresAtMs: 1));
        _rig.PlaceEntry(entry, 51_000);

        var events = _rig.Move(50_000, 50_001);

        Assert.Equal(
            [
                new EntryCancelled(entry.PositionId, Ann, Reason.EntryExpired),
                new OrderDone(entry.PositionId, Ann, OrderStatus.Expired, Reason.EntryExpired, 0, 0),
            ],
            events);
        Assert.Empty(_rig.Move(51_000, 51_001));
    }

    [Fact]
    public void A_price_that_comes_with_its_expiry_comes_too_late_to_open_it()
    {
        _rig.PlaceEntry(_rig.Entry(PositionSide.Long, levels: new PositionLevels(ExpiresAtMs: 1)), 51_000);

        var events = _rig.Move(51_000, 51_001);

        Assert.Equal([typeof(EntryFired), typeof(OrderDone)], Types(events));
        Assert.Equal(Reason.InvalidExpiry, Single<OrderDone>(events).Reason);
    }

    [Fact]
    public void Its_owner_takes_it_back_once_and_nobody_else_does()
    {
        var entry = _rig.Entry(PositionSide.Long);
        _rig.PlaceEntry(entry, 51_000);

        Assert.Equal(Reason.UnknownPosition, _rig.CancelEntry(entry.PositionId, Bob));
        Assert.Equal(Reason.None, _rig.CancelEntry(entry.PositionId));
        Assert.Equal(Reason.UnknownPosition, _rig.CancelEntry(entry.PositionId));
        Assert.Empty(_rig.Move(51_000, 51_001));
    }

    [Fact]
    public void What_waits_cannot_be_closed()
    {
        var entry = _rig.Entry(PositionSide.Long);
        _rig.PlaceEntry(entry, 51_000);

        Assert.Equal(Reason.PositionWaiting, _rig.CloseWaiting(entry.PositionId));
    }

    [Fact]
    public void Its_fee_is_never_more_than_was_put_aside_whatever_the_terms_are_by_then()
    {
        _rig.Terms = _rig.Terms with { EntryFeeBps = 10 };
        _rig.PlaceEntry(_rig.Entry(PositionSide.Long) with { FeeMax = 4 }, 51_000);
        _rig.PlaceEntry(_rig.Entry(PositionSide.Long) with { FeeMax = 100 }, 51_000);

        var opened = _rig.Move(50_999, 51_000).OfType<PositionOpened>().ToList();

        Assert.Equal([4m, opened[1].EntryNotional / 1_000], opened.Select(position => position.EntryFee));
    }

    [Fact]
    public void What_fires_together_goes_to_the_market_in_the_order_in_which_it_fired()
    {
        var (far, near) = (_rig.Entry(PositionSide.Long), _rig.Entry(PositionSide.Long));
        var stop = _rig.Order(ConditionalType.StopLoss, Side.Buy, stop: 50_500) with { BudgetQuote = 1_000_000 };
        _rig.PlaceEntry(far, 50_600);
        _rig.PlaceEntry(near, 50_400);
        _rig.Place(stop);

        var events = _rig.Move(50_999, 51_000);

        Assert.Equal(
            [near.PositionId, stop.OrderId, far.PositionId],
            events.Select(happened => (happened as PositionOpened)?.PositionId ?? (happened as OrderDone)?.OrderId ?? 0).Where(id => id != 0));
    }

    private static List<Type> Types(IEnumerable<DomainEvent> events) => [.. events.Select(happened => happened.GetType())];

    private static T Single<T>(IEnumerable<DomainEvent> events)
        where T : DomainEvent => events.OfType<T>().Single();

    private static (long Id, PositionSide Side, decimal Margin) Opened(IEnumerable<DomainEvent> events)
    {
        var opened = Single<PositionOpened>(events);
        return (opened.PositionId, opened.Side, opened.Margin);
    }
}
