using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;
using static Exchange.Domain.Tests.Symbols.ConditionalRig;

namespace Exchange.Domain.Tests.Symbols;

/// <summary>What conditional orders do in a symbol's records. The venue's bid is 50,000 ticks, its ask 50,001.</summary>
public sealed class ConditionalTradingTests
{
    private readonly ConditionalRig _rig = new();

    [Fact]
    public void A_stop_goes_to_the_market_in_the_record_in_which_it_fires()
    {
        var stop = _rig.Order(ConditionalType.StopLoss, Side.Sell, stop: 49_000);
        Assert.IsType<ConditionalArmed>(Assert.Single(_rig.Place(stop)));

        var events = _rig.Move(49_000, 49_001);

        Assert.Equal([typeof(ConditionalFired), typeof(OrderAccepted), typeof(Traded), typeof(OrderDone)], Types(events));
        Assert.Equal(49_000, events.OfType<Traded>().Single().PriceTicks);
        Assert.Equal((stop.OrderId, OrderStatus.Filled), Ends(events).Single());
        Assert.Equal(OrderType.Market, events.OfType<OrderAccepted>().Single().Type);
    }

    [Fact]
    public void A_stop_fires_once_however_often_its_price_comes_back()
    {
        _rig.Place(_rig.Order(ConditionalType.StopLoss, Side.Sell, stop: 49_000));

        Assert.NotEmpty(_rig.Move(48_999, 49_001));
        Assert.Empty(_rig.Move(50_000, 50_001));
        Assert.Empty(_rig.Move(48_000, 48_001));
        Assert.True(_rig.State.Positions.IsEmpty);
    }

    [Fact]
    public void A_price_that_gaps_past_a_stop_fires_it_where_the_market_is_then()
    {
        _rig.Place(_rig.Order(ConditionalType.StopLoss, Side.Sell, stop: 49_000));

        var events = _rig.Move(30_000, 30_001);

        Assert.Equal(30_000, events.OfType<Traded>().Single().PriceTicks);
    }

    [Fact]
    public void A_stop_limit_rests_at_its_limit_where_the_market_has_gapped_past_it()
    {
        var stop = _rig.Order(ConditionalType.StopLossLimit, Side.Sell, stop: 49_000, price: 48_900);
        _rig.Place(stop);

        var events = _rig.Move(30_000, 30_001);

        Assert.Equal([typeof(ConditionalFired), typeof(OrderAccepted), typeof(OrderRested)], Types(events));
        Assert.True(_rig.State.Book.TryBest(Side.Sell, out var best, out var lots));
        Assert.Equal((48_900L, 10L), (best, lots));
    }

    [Fact]
    public void A_stop_that_buys_spends_no_more_than_was_held_for_it_however_far_the_market_has_gapped()
    {
        var held = Market.NotionalOf(55_000, 10);
        var stop = _rig.Order(ConditionalType.StopLoss, Side.Buy, stop: 51_000) with { BudgetQuote = held };
        _rig.Place(stop);

        var events = _rig.Move(99_999, 100_000);

        var done = events.OfType<OrderDone>().Single();
        Assert.Equal((OrderStatus.Expired, Reason.BudgetSpent), (done.Status, done.Reason));
        Assert.Equal((5L, Market.NotionalOf(100_000, 5)), (done.FilledLots, done.FilledQuote));
        Assert.True(done.FilledQuote <= held);
    }

    [Fact]
    public void What_fires_does_not_trade_further_from_the_market_than_any_market_order()
    {
        var stop = _rig.Order(ConditionalType.StopLoss, Side.Sell, stop: 49_000);
        _rig.Place(stop);

        var accepted = _rig.Move(48_999, 49_001).OfType<OrderAccepted>().Single();

        Assert.Equal(44_100, accepted.PriceTicks);
    }

    [Fact]
    public void A_conditional_order_that_would_fire_at_once_ends_rejected()
    {
        var stop = _rig.Order(ConditionalType.StopLoss, Side.Sell, stop: 50_000);

        var done = Assert.IsType<OrderDone>(Assert.Single(_rig.Place(stop)));

        Assert.Equal((OrderStatus.Rejected, Reason.WouldTriggerImmediately), (done.Status, done.Reason));
        Assert.True(_rig.State.Positions.IsEmpty);
    }

    [Fact]
    public void An_order_that_rests_ends_the_stop_it_is_paired_with_before_its_first_lot_trades()
    {
        var (profit, stop) = Pair();

        var events = _rig.VenueTrades(51_001, 3);

        Assert.Equal([typeof(ConditionalCancelled), typeof(OrderDone), typeof(Traded)], Types(events));
        Assert.Equal(new OrderDone(stop, Ann, OrderStatus.Expired, Reason.PairDone, 0, 0), events[1]);
        Assert.Equal(profit, events.OfType<Traded>().Single().MakerOrderId);
        Assert.Empty(_rig.Move(48_000, 48_001));
        Assert.True(_rig.State.Orders.TryLive(profit, out var live));
        Assert.Equal(3, live.FilledLots);
    }

    [Fact]
    public void A_stop_ends_the_order_it_is_paired_with_before_it_executes_itself()
    {
        var (profit, stop) = Pair();

        var events = _rig.Move(48_999, 49_001);

        Assert.Equal([typeof(ConditionalFired), typeof(OrderDone), typeof(OrderAccepted), typeof(Traded), typeof(OrderDone)], Types(events));
        Assert.Equal([(profit, OrderStatus.Expired), (stop, OrderStatus.Filled)], Ends(events));
        Assert.Equal(0, _rig.State.Book.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cancelling_either_of_a_pair_cancels_both(bool byProfit)
    {
        var (profit, stop) = Pair();

        var events = byProfit ? _rig.CancelResting(profit) : _rig.CancelArmed(stop);

        Assert.Equal([(profit, OrderStatus.Cancelled), (stop, OrderStatus.Cancelled)], Ends(events).Order());
        Assert.All(events.OfType<OrderDone>(), done => Assert.Equal(Reason.CancelledByUser, done.Reason));
        Assert.True(_rig.State.Positions.IsEmpty);
        Assert.Equal(0, _rig.State.Book.Count);
        Assert.Empty(_rig.Move(40_000, 60_000));
    }

    [Fact]
    public void Two_conditional_orders_are_a_pair_as_well()
    {
        var profit = _rig.Order(ConditionalType.TakeProfitLimit, Side.Sell, stop: 51_000, price: 50_900);
        var stop = _rig.Order(ConditionalType.StopLoss, Side.Sell, stop: 49_000);
        Assert.Equal(2, _rig.PlacePair(profit, stop).Count);

        var events = _rig.Move(51_000, 51_001);

        Assert.Equal((stop.OrderId, OrderStatus.Expired), Ends(events)[0]);
        Assert.Equal((profit.OrderId, OrderStatus.Filled), Ends(events)[^1]);
        Assert.Equal(51_000, events.OfType<Traded>().Single().PriceTicks);
        Assert.True(_rig.State.Positions.IsEmpty);
    }

    [Fact]
    public void Of_a_pair_that_cannot_be_both_are_rejected()
    {
        var profit = _rig.LimitMaker(Side.Sell, 50_000);
        var stop = _rig.Order(ConditionalType.StopLoss, Side.Sell, stop: 49_000);

        var events = _rig.PlacePair(profit, stop);

        Assert.Equal([(profit.OrderId, OrderStatus.Rejected), (stop.OrderId, OrderStatus.Rejected)], Ends(events));
        Assert.All(events.OfType<OrderDone>(), done => Assert.Equal(Reason.WouldTakeLiquidity, done.Reason));
        Assert.True(_rig.State.Positions.IsEmpty);
        Assert.Equal(0, _rig.State.Book.Count);
    }

    [Fact]
    public void A_stop_that_fires_beside_a_pair_does_not_meet_the_order_that_this_pair_takes_away()
    {
        var bought = _rig.LimitMaker(Side.Buy, 49_900, account: Bob);
        var stopToBuy = _rig.Order(ConditionalType.StopLoss, Side.Buy, stop: 51_000, account: Bob) with { BudgetQuote = 1_000_000 };
        _rig.PlacePair(bought, stopToBuy);
        var sold = _rig.Order(ConditionalType.StopLoss, Side.Sell, stop: 49_000);
        _rig.Place(sold);

        var events = _rig.Tick(new PricePath(50_000, 48_900, 50_000, 50_000), new PricePath(50_001, 50_001, 51_100, 50_001));

        Assert.Equal(2, events.OfType<ConditionalFired>().Count());
        Assert.DoesNotContain(events, e => e is Traded traded && traded.MakerOrderId == bought.OrderId);
        Assert.Equal(
            [(bought.OrderId, OrderStatus.Expired), (sold.OrderId, OrderStatus.Filled), (stopToBuy.OrderId, OrderStatus.Filled)], Ends(events));
    }

    [Fact]
    public void A_stop_that_fires_into_the_order_of_a_pair_ends_that_pair_s_stop()
    {
        var profit = _rig.LimitMaker(Side.Sell, 50_500, account: Bob);
        var bobs = _rig.Order(ConditionalType.StopLoss, Side.Sell, stop: 45_000, account: Bob);
        _rig.PlacePair(profit, bobs);
        var anns = _rig.Order(ConditionalType.StopLoss, Side.Buy, stop: 50_400) with { BudgetQuote = 1_000_000 };
        _rig.Place(anns);

        var events = _rig.Move(50_400, 50_600);

        Assert.Equal([(bobs.OrderId, OrderStatus.Expired), (profit.OrderId, OrderStatus.Filled), (anns.OrderId, OrderStatus.Filled)], Ends(events));
        Assert.True(_rig.State.Positions.IsEmpty);
    }

    [Fact]
    public void A_trailing_stop_keeps_what_it_has_followed_and_fires_there()
    {
        _rig.Place(_rig.Order(ConditionalType.StopLoss, Side.Sell, stop: 0) with { TrailingBps = 100 });

        Assert.Empty(_rig.Move(60_000, 60_001));
        Assert.Empty(_rig.Move(59_401, 59_402));
        var events = _rig.Move(59_400, 59_401);

        Assert.Equal(59_400, events.OfType<ConditionalFired>().Single().LevelTicks);
        Assert.Equal(59_400, events.OfType<Traded>().Single().PriceTicks);
    }

    [Fact]
    public void Nobody_cancels_what_is_not_theirs()
    {
        var stop = _rig.Order(ConditionalType.StopLoss, Side.Sell, stop: 49_000);
        _rig.Place(stop);

        Assert.Empty(_rig.CancelArmed(stop.OrderId, Bob));
        Assert.Equal(1, _rig.State.Positions.Conditionals.Count);
    }

    private (long Profit, long Stop) Pair()
    {
        var profit = _rig.LimitMaker(Side.Sell, 51_000);
        var stop = _rig.Order(ConditionalType.StopLoss, Side.Sell, stop: 49_000);
        Assert.Equal([typeof(OrderAccepted), typeof(OrderRested), typeof(ConditionalArmed)], Types(_rig.PlacePair(profit, stop)));
        return (profit.OrderId, stop.OrderId);
    }

    private static List<Type> Types(List<DomainEvent> events) => [.. events.Select(happened => happened.GetType())];

    private static List<(long OrderId, OrderStatus Status)> Ends(List<DomainEvent> events) =>
        [.. events.OfType<OrderDone>().Select(done => (done.OrderId, done.Status))];
}
