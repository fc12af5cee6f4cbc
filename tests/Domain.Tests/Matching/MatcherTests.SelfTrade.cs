using Exchange.Domain.Book;
using Exchange.Domain.Matching;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Matching;

public abstract partial class MatcherTests
{
    [Fact]
    public void Without_prevention_an_account_trades_with_itself()
    {
        Ask(1, price: 100, lots: 5, account: Self);

        var outcome = Execute(BuyPreventing(SelfTradePrevention.None, lots: 5));

        Assert.Equal(OrderStatus.Filled, outcome.Status);
        Happened(MatchEvent.Trade(1, 100, lots: 5, left: 0, account: Self));
    }

    [Fact]
    public void Expire_maker_removes_own_orders_in_the_way_and_goes_on()
    {
        Ask(1, price: 100, lots: 5, account: Self);
        Ask(2, price: 100, lots: 5);
        Ask(3, price: 101, lots: 9, account: Self);

        var outcome = Execute(BuyPreventing(SelfTradePrevention.ExpireMaker, lots: 8));

        Assert.Equal(new Outcome(OrderStatus.PartiallyFilled, Reason.None, Filled: 5, Remaining: 3), outcome);
        Happened(
            MatchEvent.MakerExpired(1, Self, lots: 5),
            MatchEvent.Trade(2, 100, lots: 5, left: 0),
            MatchEvent.MakerExpired(3, Self, lots: 9));
    }

    [Fact]
    public void Expire_maker_leaves_own_orders_alone_that_the_taker_does_not_reach()
    {
        Ask(1, price: 100, lots: 5);
        Ask(2, price: 100, lots: 5, account: Self);

        Execute(BuyPreventing(SelfTradePrevention.ExpireMaker, lots: 5));

        Happened(MatchEvent.Trade(1, 100, lots: 5, left: 0));
        Assert.Equal([new RestingOrder(2, Self, Side.Sell, 100, 5)], Resting);
    }

    [Fact]
    public void Expire_taker_ends_the_taker_where_it_meets_an_own_order()
    {
        Ask(1, price: 100, lots: 5);
        Ask(2, price: 100, lots: 5, account: Self);
        Ask(3, price: 100, lots: 5);

        var outcome = Execute(BuyPreventing(SelfTradePrevention.ExpireTaker, lots: 8));

        Assert.Equal(new Outcome(OrderStatus.ExpiredInMatch, Reason.SelfTrade, Filled: 5, Remaining: 3), outcome);
        Happened(MatchEvent.Trade(1, 100, lots: 5, left: 0));
        Assert.Equal([2L, 3L], Resting.Select(order => order.Id));
    }

    [Fact]
    public void Expire_both_ends_the_taker_and_the_own_order_it_meets()
    {
        Iceberg(1, Side.Sell, price: 100, lots: 25, display: 10, account: Self);
        Ask(2, price: 100, lots: 5, account: Self);

        var outcome = Execute(BuyPreventing(SelfTradePrevention.ExpireBoth, lots: 8));

        Assert.Equal(new Outcome(OrderStatus.ExpiredInMatch, Reason.SelfTrade, Filled: 0, Remaining: 8), outcome);
        Happened(MatchEvent.MakerExpired(1, Self, lots: 25));
        Assert.Equal([2L], Resting.Select(order => order.Id));
    }

    [Fact]
    public void Decrement_takes_the_smaller_quantity_off_both_and_a_larger_taker_goes_on()
    {
        Ask(1, price: 100, lots: 5, account: Self);
        Ask(2, price: 100, lots: 2);

        var outcome = Execute(BuyPreventing(SelfTradePrevention.Decrement, lots: 8));

        Assert.Equal(
            new Outcome(OrderStatus.PartiallyFilled, Reason.None, Filled: 2, Remaining: 1, Prevented: 5), outcome);
        Happened(MatchEvent.Decremented(1, Self, lots: 5, left: 0), MatchEvent.Trade(2, 100, lots: 2, left: 0));
    }

    [Fact]
    public void Decrement_expires_a_smaller_taker_and_leaves_the_maker_its_place()
    {
        Iceberg(1, Side.Sell, price: 100, lots: 25, display: 10, account: Self);
        Ask(2, price: 100, lots: 5);

        var outcome = Execute(BuyPreventing(SelfTradePrevention.Decrement, lots: 18));

        Assert.Equal(
            new Outcome(OrderStatus.ExpiredInMatch, Reason.SelfTrade, Filled: 0, Remaining: 0, Prevented: 18), outcome);
        Happened(MatchEvent.Decremented(1, Self, lots: 18, left: 7));
        Assert.Equal(new RestingOrder(1, Self, Side.Sell, 100, lots: 7, display: 10, visible: 7), Resting.First());
    }

    [Fact]
    public void Decrement_of_equals_expires_both()
    {
        Ask(1, price: 100, lots: 5, account: Self);

        var outcome = Execute(BuyPreventing(SelfTradePrevention.Decrement, lots: 5));

        Assert.Equal(
            new Outcome(OrderStatus.ExpiredInMatch, Reason.SelfTrade, Filled: 0, Remaining: 0, Prevented: 5), outcome);
        Happened(MatchEvent.Decremented(1, Self, lots: 5, left: 0));
        Assert.Empty(Resting);
    }

    [Fact]
    public void Decrement_uses_up_a_budget_as_a_trade_would()
    {
        Ask(1, price: 100, lots: 3, account: Self);
        Ask(2, price: 100, lots: 9);
        var order = new Order
        {
            Id = 3, Account = Self, Side = Side.Buy, Type = OrderType.Market, Budget = 550,
            Prevention = SelfTradePrevention.Decrement,
        };

        var outcome = Execute(order);

        Assert.Equal(new Outcome(OrderStatus.Filled, Reason.None, Filled: 2, Remaining: 0, Prevented: 3), outcome);
        Happened(MatchEvent.Decremented(1, Self, lots: 3, left: 0), MatchEvent.Trade(2, 100, lots: 2, left: 7));
    }

    [Fact]
    public void Decrement_that_uses_up_a_budget_expires_the_taker()
    {
        Ask(1, price: 100, lots: 9, account: Self);
        var order = new Order
        {
            Id = 3, Account = Self, Side = Side.Buy, Type = OrderType.Market, Budget = 550,
            Prevention = SelfTradePrevention.Decrement,
        };

        var outcome = Execute(order);

        Assert.Equal(
            new Outcome(OrderStatus.ExpiredInMatch, Reason.SelfTrade, Filled: 0, Remaining: 0, Prevented: 5), outcome);
        Happened(MatchEvent.Decremented(1, Self, lots: 5, left: 4));
    }

    [Theory]
    [InlineData(SelfTradePrevention.None, true)]
    [InlineData(SelfTradePrevention.ExpireMaker, false)]
    [InlineData(SelfTradePrevention.ExpireTaker, false)]
    [InlineData(SelfTradePrevention.ExpireBoth, false)]
    [InlineData(SelfTradePrevention.Decrement, false)]
    public void Fill_or_kill_does_not_count_own_orders_as_liquidity(SelfTradePrevention prevention, bool fills)
    {
        Ask(1, price: 100, lots: 5);
        Ask(2, price: 100, lots: 3, account: Self);

        var outcome = Execute(BuyPreventing(prevention, lots: 8, TimeInForce.FillOrKill));

        Assert.Equal(fills ? OrderStatus.Filled : OrderStatus.Expired, outcome.Status);
        Assert.Equal(fills ? 0 : 2, _market.Book.Count);
    }

    [Fact]
    public void Fill_or_kill_that_fills_behind_an_own_order_expires_that_order()
    {
        Ask(1, price: 100, lots: 3, account: Self);
        Ask(2, price: 100, lots: 8);

        var outcome = Execute(BuyPreventing(SelfTradePrevention.ExpireMaker, lots: 8, TimeInForce.FillOrKill));

        Assert.Equal(new Outcome(OrderStatus.Filled, Reason.None, Filled: 8, Remaining: 0), outcome);
        Happened(MatchEvent.MakerExpired(1, Self, lots: 3), MatchEvent.Trade(2, 100, lots: 8, left: 0));
    }

    [Fact]
    public void Fill_or_kill_that_would_end_on_an_own_order_counts_the_venue_only_at_better_prices()
    {
        Ask(1, price: 101, lots: 3, account: Self);
        _market.Venue.Asks.AddRange([new(100, 5), new(101, 5)]);

        var killed = Execute(BuyPreventing(SelfTradePrevention.ExpireTaker, lots: 6, TimeInForce.FillOrKill));
        Assert.Equal(Reason.FillOrKillUnfilled, killed.Reason);
        Happened();

        var filled = Execute(BuyPreventing(SelfTradePrevention.ExpireTaker, lots: 5, TimeInForce.FillOrKill));
        Assert.Equal(OrderStatus.Filled, filled.Status);
        Happened(MatchEvent.VenueTrade(100, lots: 5));
    }

    private Order BuyPreventing(
        SelfTradePrevention prevention, long lots, TimeInForce timeInForce = TimeInForce.GoodTillCancelled) => new()
    {
        Id = ++_lastTaker, Account = Self, Side = Side.Buy, Price = 105, Lots = lots, TimeInForce = timeInForce,
        Prevention = prevention,
    };
}
