using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Positions;

/// <summary>Orders that wait for a price. The bid is 235.99, the ask 236.00.</summary>
public sealed class ConditionalOrderTests
{
    private readonly Floor _floor = new();

    [Theory]
    [InlineData(ConditionalType.StopLoss, Side.Buy, TriggerDirection.Rising)]
    [InlineData(ConditionalType.StopLossLimit, Side.Buy, TriggerDirection.Rising)]
    [InlineData(ConditionalType.StopLoss, Side.Sell, TriggerDirection.Falling)]
    [InlineData(ConditionalType.StopLossLimit, Side.Sell, TriggerDirection.Falling)]
    [InlineData(ConditionalType.TakeProfit, Side.Buy, TriggerDirection.Falling)]
    [InlineData(ConditionalType.TakeProfitLimit, Side.Buy, TriggerDirection.Falling)]
    [InlineData(ConditionalType.TakeProfit, Side.Sell, TriggerDirection.Rising)]
    [InlineData(ConditionalType.TakeProfitLimit, Side.Sell, TriggerDirection.Rising)]
    public void Each_type_waits_on_its_side_of_the_market(ConditionalType type, Side side, TriggerDirection direction)
    {
        var away = direction == TriggerDirection.Rising ? 100 : -100;
        var order = Order(type, side, stop: _floor.Quotes.At(side) + away);

        Assert.Equal(Reason.None, Arm(order));
        Assert.Empty(Fired(_floor.Mark(23_600 + away - Math.Sign(away))));
        Assert.Equal([order.OrderId], Fired(_floor.Mark(23_600 + away)));
        Assert.Empty(Fired(_floor.Mark(23_600 + 2 * away)));
        Assert.True(_floor.Book.IsEmpty);
    }

    [Theory]
    [InlineData(ConditionalType.StopLoss, Side.Buy, 23_600)]
    [InlineData(ConditionalType.StopLoss, Side.Sell, 23_599)]
    [InlineData(ConditionalType.TakeProfit, Side.Buy, 23_600)]
    [InlineData(ConditionalType.TakeProfitLimit, Side.Sell, 23_599)]
    public void What_would_fire_at_once_is_refused(ConditionalType type, Side side, long stop)
    {
        Assert.Equal(Reason.WouldTriggerImmediately, Arm(Order(type, side, stop)));
        Assert.True(_floor.Book.IsEmpty);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var order = Order(ConditionalType.StopLossLimit, Side.Sell, stop: 23_000);

        Assert.Equal(Reason.InvalidPrice, Check(order with { StopTicks = 0 }));
        Assert.Equal(Reason.InvalidPrice, Check(order with { StopTicks = -1 }));
        Assert.Equal(Reason.InvalidPrice, Check(order with { StopTicks = 10_000_001 }));
        Assert.Equal(Reason.InvalidPrice, Check(order with { PriceTicks = 0 }));
        Assert.Equal(Reason.InvalidPrice, Check(order with { Type = ConditionalType.StopLoss }));
        Assert.Equal(Reason.InvalidTrailing, Check(order with { TrailingBps = 10_000 }));
        Assert.Equal(Reason.InvalidTrailing, Check(order with { TrailingBps = -1 }));
        Assert.Equal(Reason.InvalidQuantity, Check(order with { Lots = 0 }));
        Assert.Equal(Reason.InvalidQuantity, Check(order with { Type = ConditionalType.StopLoss, PriceTicks = 0, QuoteAmount = 5 }));
    }

    [Fact]
    public void A_trailing_order_without_a_stop_price_follows_at_once()
    {
        var order = Order(ConditionalType.StopLoss, Side.Sell, stop: 0) with { TrailingBps = 100 };
        Assert.Equal(Reason.None, Arm(order));

        Assert.Empty(Fired(_floor.Mark(25_001)));
        Assert.Empty(Fired(_floor.Mark(24_752)));
        Assert.Equal([order.OrderId], Fired(_floor.Mark(24_751)));
    }

    [Fact]
    public void A_trailing_order_without_a_stop_price_needs_a_price_to_follow()
    {
        _floor.Tick(default, new Quotes(0, 23_600, 23_600));

        Assert.Equal(Reason.NoLiquidity, Arm(Order(ConditionalType.StopLoss, Side.Sell, stop: 0) with { TrailingBps = 100 }));
    }

    [Fact]
    public void A_trailing_profit_follows_once_its_stop_price_is_reached()
    {
        var order = Order(ConditionalType.TakeProfit, Side.Sell, stop: 24_000) with { TrailingBps = 100 };
        Assert.Equal(Reason.None, Arm(order));

        Assert.Empty(_floor.Mark(20_001));
        Assert.Equal(new ConditionalActivated(order.OrderId, Floor.Ann, 24_100), Assert.Single(_floor.Mark(24_101)));
        Assert.Empty(Fired(_floor.Mark(26_001)));
        Assert.Equal([order.OrderId], Fired(_floor.Mark(25_741)));
    }

    [Fact]
    public void A_trailing_stop_that_buys_follows_the_low_from_its_stop_price_on()
    {
        var order = Order(ConditionalType.StopLoss, Side.Buy, stop: 24_000) with { TrailingBps = 500 };
        Assert.Equal(Reason.None, Arm(order));

        _floor.Mark(24_000);
        Assert.Empty(Fired(_floor.Mark(23_000)));
        Assert.Empty(Fired(_floor.Mark(24_149)));
        Assert.Equal([order.OrderId], Fired(_floor.Mark(24_150)));
    }

    [Fact]
    public void One_tick_can_carry_an_order_to_its_stop_price_and_back_to_its_trailing_level()
    {
        var order = Order(ConditionalType.TakeProfit, Side.Sell, stop: 24_000) with { TrailingBps = 100 };
        Arm(order);
        var path = new PricePath(23_599, 23_590, 25_000, 23_590);

        var events = _floor.Tick(new MarketTick(path, null, null), new Quotes(23_590, 23_591, 23_600));

        Assert.Equal([order.OrderId], Fired(events));
        Assert.Equal(24_750, events.OfType<ConditionalFired>().Single().LevelTicks);
    }

    [Fact]
    public void Of_two_paired_orders_the_one_that_fires_cancels_the_other()
    {
        var (profit, stop) = Pair();

        var events = _floor.Mark(24_001);

        Assert.Equal([profit.OrderId], Fired(events));
        Assert.Equal(new ConditionalCancelled(stop.OrderId, Floor.Ann, Reason.PairDone), events[^1]);
        Assert.True(_floor.Book.IsEmpty);
    }

    [Fact]
    public void A_path_through_both_of_a_pair_fires_the_one_it_reached_first()
    {
        var (_, stop) = Pair();
        var path = new PricePath(23_599, 22_900, 24_100, 23_650);

        var events = _floor.Tick(new MarketTick(path, null, null), new Quotes(23_650, 23_651, 23_600));

        Assert.Equal([stop.OrderId], Fired(events));
        Assert.True(_floor.Book.IsEmpty);
    }

    [Fact]
    public void An_order_in_the_book_that_fills_cancels_the_stop_it_is_paired_with()
    {
        var stop = Order(ConditionalType.StopLoss, Side.Sell, stop: 23_000) with { PairId = 77 };
        Arm(stop);

        _floor.Conditionals.PairEnded(78);
        Assert.Equal(1, _floor.Book.Conditionals.Count);
        _floor.Conditionals.PairEnded(77);
        Assert.Equal(new ConditionalCancelled(stop.OrderId, Floor.Ann, Reason.PairDone), _floor.Events[^1]);
        Assert.Empty(Fired(_floor.Mark(22_000)));
    }

    [Fact]
    public void A_stop_that_fires_names_the_order_in_the_book_that_has_to_go()
    {
        Arm(Order(ConditionalType.StopLoss, Side.Sell, stop: 23_000) with { PairId = 77 });

        Assert.Equal(77, Assert.IsType<ConditionalFired>(Assert.Single(_floor.Mark(22_000))).PairId);
    }

    [Fact]
    public void Cancelling_one_of_a_pair_cancels_both()
    {
        var (profit, stop) = Pair();

        Assert.Equal(Reason.UnknownOrder, _floor.Conditionals.Cancel(Floor.Bob, stop.OrderId, Reason.CancelledByUser));
        Assert.Equal(Reason.None, _floor.Conditionals.Cancel(Floor.Ann, stop.OrderId, Reason.CancelledByUser));
        Assert.Equal(Reason.UnknownOrder, _floor.Conditionals.Cancel(Floor.Ann, profit.OrderId, Reason.CancelledByUser));
        Assert.True(_floor.Book.IsEmpty);
        _floor.Book.Validate();
    }

    [Fact]
    public void A_pair_is_a_stop_and_a_profit_of_one_side_and_size()
    {
        var stop = Order(ConditionalType.StopLoss, Side.Sell, stop: 23_000);
        var profit = Order(ConditionalType.TakeProfitLimit, Side.Sell, stop: 24_000);

        Assert.Equal(Reason.None, ConditionalDesk.CheckPair(stop, profit));
        Assert.Equal(Reason.UnsupportedCombination, ConditionalDesk.CheckPair(stop, stop));
        Assert.Equal(Reason.UnsupportedCombination, ConditionalDesk.CheckPair(stop, profit with { Lots = 6 }));
        Assert.Equal(Reason.UnsupportedCombination, ConditionalDesk.CheckPair(stop, profit with { Side = Side.Buy }));
        Assert.Equal(Reason.None, ConditionalDesk.CheckPair(stop, Side.Sell, 24_000, stop.Lots, _floor.Quotes));
        Assert.Equal(Reason.WouldTakeLiquidity, ConditionalDesk.CheckPair(stop, Side.Sell, 23_599, stop.Lots, _floor.Quotes));
        Assert.Equal(Reason.UnsupportedCombination, ConditionalDesk.CheckPair(profit, Side.Sell, 24_000, stop.Lots, _floor.Quotes));
    }

    private (ConditionalArmed Profit, ConditionalArmed Stop) Pair()
    {
        var (one, other) = (_floor.NextId(), _floor.NextId());
        var profit = Order(ConditionalType.TakeProfit, Side.Sell, stop: 24_000) with { OrderId = one, PairId = other };
        var stop = Order(ConditionalType.StopLoss, Side.Sell, stop: 23_000) with { OrderId = other, PairId = one };
        Assert.Equal((Reason.None, Reason.None), (Arm(profit), Arm(stop)));
        return (profit, stop);
    }

    private ConditionalArmed Order(ConditionalType type, Side side, long stop) => new(
        _floor.NextId(), Floor.Ann, "mine", type, side, TimeInForce.GoodTillCancelled, stop, 0, 0,
        type.IsLimit() ? stop : 0, 5, 0, 0, SelfTradePrevention.None, 0);

    private Reason Check(ConditionalArmed order) => _floor.Conditionals.Check(order, _floor.Quotes);

    private Reason Arm(ConditionalArmed order)
    {
        var reason = Check(order);
        if (reason == Reason.None)
            _floor.Conditionals.Arm(order, _floor.Quotes);
        return reason;
    }

    private static List<long> Fired(List<DomainEvent> events) => [.. events.OfType<ConditionalFired>().Select(e => e.OrderId)];
}
