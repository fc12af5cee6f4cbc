using Exchange.Domain.Book;
using Exchange.Domain.Matching;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Matching;

/// <summary>The rules of matching. Each order book runs all of them; the files of this class hold one group each.</summary>
public abstract partial class MatcherTests
{
    private const long Self = 77;

    private readonly Market _market;
    private long _lastTaker = 1000;

    protected MatcherTests(Market market) => _market = market;

    [Fact]
    public void A_limit_order_that_meets_nobody_rests()
    {
        var outcome = Execute(new Order { Id = 1, Account = 2, Side = Side.Buy, Price = 100, Lots = 5 });

        Assert.Equal(new Outcome(OrderStatus.New, Reason.None, Filled: 0, Remaining: 5), outcome);
        Assert.Equal([new RestingOrder(1, 2, Side.Buy, 100, 5)], Resting);
    }

    [Fact]
    public void A_taker_trades_at_the_makers_price()
    {
        Ask(1, price: 100, lots: 5);

        var outcome = Execute(Buy(price: 110, lots: 5));

        Assert.Equal(new Outcome(OrderStatus.Filled, Reason.None, Filled: 5, Remaining: 0), outcome);
        Happened(MatchEvent.Trade(1, price: 100, lots: 5, left: 0));
        Assert.Empty(Resting);
    }

    [Fact]
    public void Better_prices_come_first_and_older_orders_first_at_the_same_price()
    {
        Ask(1, price: 101, lots: 5);
        Ask(2, price: 100, lots: 5);
        Ask(3, price: 101, lots: 5);
        Ask(4, price: 100, lots: 5);

        Execute(Buy(price: 101, lots: 17));

        Happened(
            MatchEvent.Trade(2, 100, lots: 5, left: 0),
            MatchEvent.Trade(4, 100, lots: 5, left: 0),
            MatchEvent.Trade(1, 101, lots: 5, left: 0),
            MatchEvent.Trade(3, 101, lots: 2, left: 3));
    }

    [Fact]
    public void A_seller_takes_the_highest_bids_first()
    {
        Bid(1, price: 99, lots: 5);
        Bid(2, price: 100, lots: 5);

        Execute(Sell(price: 99, lots: 8));

        Happened(MatchEvent.Trade(2, 100, lots: 5, left: 0), MatchEvent.Trade(1, 99, lots: 3, left: 2));
    }

    [Fact]
    public void What_a_limit_order_does_not_get_rests_at_its_limit()
    {
        Ask(1, price: 100, lots: 5);
        Ask(2, price: 102, lots: 5);

        var outcome = Execute(Buy(price: 101, lots: 8));

        Assert.Equal(new Outcome(OrderStatus.PartiallyFilled, Reason.None, Filled: 5, Remaining: 3), outcome);
        Assert.True(_market.Book.TryBest(Side.Buy, out var price, out var lots));
        Assert.Equal((101, 3), (price, lots));
    }

    [Fact]
    public void Immediate_or_cancel_takes_what_is_there_and_expires()
    {
        Ask(1, price: 100, lots: 5);

        var outcome = Execute(Buy(price: 101, lots: 8, TimeInForce.ImmediateOrCancel));

        Assert.Equal(new Outcome(OrderStatus.Expired, Reason.RemainderExpired, Filled: 5, Remaining: 3), outcome);
        Assert.Empty(Resting);
    }

    [Fact]
    public void Immediate_or_cancel_that_meets_nobody_expires_whole()
    {
        var outcome = Execute(Buy(price: 101, lots: 8, TimeInForce.ImmediateOrCancel));

        Assert.Equal(new Outcome(OrderStatus.Expired, Reason.RemainderExpired, Filled: 0, Remaining: 8), outcome);
    }

    [Fact]
    public void Fill_or_kill_fills_whole_over_several_levels()
    {
        Ask(1, price: 100, lots: 5);
        Ask(2, price: 101, lots: 3);

        var outcome = Execute(Buy(price: 101, lots: 8, TimeInForce.FillOrKill));

        Assert.Equal(new Outcome(OrderStatus.Filled, Reason.None, Filled: 8, Remaining: 0), outcome);
    }

    [Fact]
    public void Fill_or_kill_that_cannot_fill_whole_changes_nothing()
    {
        Ask(1, price: 100, lots: 5);
        Ask(2, price: 102, lots: 3);
        var before = _market.Book.StateHash();

        var outcome = Execute(Buy(price: 101, lots: 8, TimeInForce.FillOrKill));

        Assert.Equal(new Outcome(OrderStatus.Expired, Reason.FillOrKillUnfilled, Filled: 0, Remaining: 8), outcome);
        Happened();
        Assert.Equal(before, _market.Book.StateHash());
    }

    [Fact]
    public void Fill_or_kill_counts_the_hidden_lots_of_icebergs()
    {
        Iceberg(1, Side.Sell, price: 100, lots: 25, display: 10);

        var outcome = Execute(Buy(price: 100, lots: 25, TimeInForce.FillOrKill));

        Assert.Equal(new Outcome(OrderStatus.Filled, Reason.None, Filled: 25, Remaining: 0), outcome);
    }

    [Fact]
    public void A_maker_only_order_that_meets_nobody_rests()
    {
        Ask(1, price: 101, lots: 5);

        var outcome = Execute(MakerOnly(price: 100, lots: 3));

        Assert.Equal(new Outcome(OrderStatus.New, Reason.None, Filled: 0, Remaining: 3), outcome);
        Assert.Equal(2, _market.Book.Count);
    }

    [Fact]
    public void A_maker_only_order_that_would_take_is_rejected()
    {
        Ask(1, price: 100, lots: 5);

        var outcome = Execute(MakerOnly(price: 100, lots: 3));

        Assert.Equal(new Outcome(OrderStatus.Rejected, Reason.WouldTakeLiquidity, Filled: 0, Remaining: 3), outcome);
        Happened();
        Assert.Equal(1, _market.Book.Count);
    }

    [Fact]
    public void An_incoming_iceberg_takes_with_all_its_lots_and_displays_a_slice_of_the_rest()
    {
        Ask(1, price: 100, lots: 12);

        Execute(new Order { Id = 2, Account = 2, Side = Side.Buy, Price = 100, Lots = 40, Display = 10 });

        Happened(MatchEvent.Trade(1, 100, lots: 12, left: 0));
        Assert.Equal([new RestingOrder(2, 2, Side.Buy, 100, lots: 28, display: 10, visible: 10)], Resting);
    }

    [Fact]
    public void An_iceberg_gives_one_slice_then_lets_the_others_of_its_level_go_first()
    {
        Iceberg(1, Side.Sell, price: 100, lots: 25, display: 10);
        Ask(2, price: 100, lots: 4);

        Execute(Buy(price: 100, lots: 26));

        Happened(
            MatchEvent.Trade(1, 100, lots: 10, left: 15),
            MatchEvent.Trade(2, 100, lots: 4, left: 0),
            MatchEvent.Trade(1, 100, lots: 10, left: 5),
            MatchEvent.Trade(1, 100, lots: 2, left: 3));
        Assert.Equal([new RestingOrder(1, 1, Side.Sell, 100, lots: 3, display: 10, visible: 3)], Resting);
    }

    [Theory]
    [InlineData(OrderType.Limit, TimeInForce.GoodTillCancelled, 0, 5, 0, 0, Reason.InvalidPrice)]
    [InlineData(OrderType.Limit, TimeInForce.GoodTillCancelled, -1, 5, 0, 0, Reason.InvalidPrice)]
    [InlineData(OrderType.Limit, TimeInForce.GoodTillCancelled, RestingOrder.MaxPrice + 1, 5, 0, 0, Reason.InvalidPrice)]
    [InlineData(OrderType.Limit, TimeInForce.GoodTillCancelled, 100, 0, 0, 0, Reason.InvalidQuantity)]
    [InlineData(OrderType.Limit, TimeInForce.GoodTillCancelled, 100, -5, 0, 0, Reason.InvalidQuantity)]
    [InlineData(OrderType.Limit, TimeInForce.GoodTillCancelled, 100, 5, 6, 0, Reason.InvalidQuantity)]
    [InlineData(OrderType.Limit, TimeInForce.GoodTillCancelled, 100, 5, 0, 50, Reason.UnsupportedCombination)]
    [InlineData(OrderType.Limit, TimeInForce.ImmediateOrCancel, 100, 5, 2, 0, Reason.UnsupportedCombination)]
    [InlineData(OrderType.LimitMaker, TimeInForce.FillOrKill, 100, 5, 0, 0, Reason.UnsupportedCombination)]
    [InlineData(OrderType.Market, TimeInForce.ImmediateOrCancel, 0, 0, 0, 0, Reason.InvalidQuantity)]
    [InlineData(OrderType.Market, TimeInForce.ImmediateOrCancel, 0, 0, 0, -1, Reason.InvalidAmount)]
    [InlineData(OrderType.Market, TimeInForce.ImmediateOrCancel, 0, 5, 1, 0, Reason.UnsupportedCombination)]
    [InlineData(OrderType.Market, TimeInForce.FillOrKill, 0, 0, 0, 100, Reason.UnsupportedCombination)]
    public void An_order_that_makes_no_sense_is_rejected(
        OrderType type, TimeInForce timeInForce, long price, long lots, long display, int budget, Reason reason)
    {
        Ask(1, price: 100, lots: 5);

        var outcome = Execute(new Order
        {
            Id = 2, Type = type, TimeInForce = timeInForce, Price = price, Lots = lots, Display = display, Budget = budget,
        });

        Assert.Equal((OrderStatus.Rejected, reason), (outcome.Status, outcome.Reason));
        Happened();
        Assert.Equal(1, _market.Book.Count);
    }

    private IEnumerable<RestingOrder> Resting => _market.Book.Orders();

    private Outcome Execute(in Order order)
    {
        var outcome = _market.Execute(order);
        _market.Book.Validate();
        return outcome;
    }

    private void Happened(params MatchEvent[] events) => Assert.Equal(events, _market.Events);

    private void Bid(long id, long price, long lots, long account = 1) =>
        _market.Book.Add(new RestingOrder(id, account, Side.Buy, price, lots));

    private void Ask(long id, long price, long lots, long account = 1) =>
        _market.Book.Add(new RestingOrder(id, account, Side.Sell, price, lots));

    private void Iceberg(long id, Side side, long price, long lots, long display, long account = 1) =>
        _market.Book.Add(new RestingOrder(id, account, side, price, lots, display));

    private Order Buy(long price, long lots, TimeInForce timeInForce = TimeInForce.GoodTillCancelled) =>
        Limit(Side.Buy, price, lots, timeInForce);

    private Order Sell(long price, long lots, TimeInForce timeInForce = TimeInForce.GoodTillCancelled) =>
        Limit(Side.Sell, price, lots, timeInForce);

    private Order Limit(Side side, long price, long lots, TimeInForce timeInForce) =>
        new() { Id = ++_lastTaker, Account = Self, Side = side, Price = price, Lots = lots, TimeInForce = timeInForce };

    private Order MakerOnly(long price, long lots) =>
        new() { Id = ++_lastTaker, Account = Self, Price = price, Lots = lots, Type = OrderType.LimitMaker };

    private Order MarketOrder(Side side, long lots = 0, long budget = 0, long protection = 0) => new()
    {
        Id = ++_lastTaker, Account = Self, Side = side, Type = OrderType.Market, Lots = lots, Budget = budget,
        Price = protection,
    };
}

public sealed class MatcherOverNaiveBookTests() : MatcherTests(Market.Naive());

public sealed class MatcherOverFastBookTests() : MatcherTests(Market.Fast());
