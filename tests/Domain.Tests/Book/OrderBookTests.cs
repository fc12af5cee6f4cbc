using Exchange.Domain.Book;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Book;

/// <summary>What every order book does. Each implementation runs all of it.</summary>
public abstract class OrderBookTests
{
    private readonly IOrderBook _book;

    protected OrderBookTests() => _book = NewBook();

    protected abstract IOrderBook NewBook();

    [Fact]
    public void An_empty_book_has_no_best_price_and_no_depth()
    {
        Assert.False(_book.TryBest(Side.Buy, out _, out _));
        Assert.False(_book.TryBest(Side.Sell, out _, out _));
        Assert.Equal(0, _book.Depth(Side.Buy, new DepthLevel[5]));
        Assert.Equal(0, _book.Count);
        _book.Validate();
    }

    [Fact]
    public void The_best_bid_is_the_highest_and_the_best_ask_the_lowest()
    {
        Bid(1, price: 99, lots: 5);
        Bid(2, price: 100, lots: 7);
        Ask(3, price: 103, lots: 2);
        Ask(4, price: 102, lots: 4);

        Assert.Equal((100, 7), Best(Side.Buy));
        Assert.Equal((102, 4), Best(Side.Sell));
    }

    [Fact]
    public void Depth_sums_the_lots_of_a_level_and_stops_where_the_span_ends()
    {
        Bid(1, price: 100, lots: 5);
        Bid(2, price: 98, lots: 1);
        Bid(3, price: 100, lots: 7);
        Bid(4, price: 99, lots: 3);

        Assert.Equal([new(100, 12), new(99, 3)], DepthOf(Side.Buy, atMost: 2));
        Assert.Equal([new(100, 12), new(99, 3), new(98, 1)], DepthOf(Side.Buy, atMost: 9));
    }

    [Fact]
    public void Removing_the_last_order_of_the_best_level_makes_the_next_level_best()
    {
        Ask(1, price: 101, lots: 5);
        Ask(2, price: 5_000_000, lots: 6);

        Assert.True(_book.Remove(1));

        Assert.Equal((5_000_000, 6), Best(Side.Sell));
        _book.Validate();
    }

    [Fact]
    public void An_order_that_does_not_rest_cannot_be_removed_reduced_filled_or_read()
    {
        Bid(1, price: 100, lots: 5);

        Assert.False(_book.Remove(2));
        Assert.False(_book.Reduce(2, 1));
        Assert.False(_book.Fill(2, 1));
        Assert.False(_book.TryGet(2, out _));
        Assert.Equal(1, _book.Count);
    }

    [Fact]
    public void An_id_rests_only_once()
    {
        Bid(1, price: 100, lots: 5);
        var before = _book.StateHash();

        Assert.Throws<ArgumentException>(() => Bid(1, price: 101, lots: 6));

        Assert.Equal(before, _book.StateHash());
        _book.Validate();
    }

    [Theory]
    [InlineData(0, 1, 0, 0)]
    [InlineData(-1, 1, 0, 0)]
    [InlineData(RestingOrder.MaxPrice + 1, 1, 0, 0)]
    [InlineData(1, 0, 0, 0)]
    [InlineData(1, -1, 0, 0)]
    [InlineData(1, 5, -1, 0)]
    [InlineData(1, 5, 2, 3)]
    [InlineData(1, 5, 7, 6)]
    public void An_impossible_order_is_not_added(long price, long lots, long display, long visible)
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _book.Add(new RestingOrder(1, 1, Side.Buy, price, lots, display, visible)));
        Assert.Equal(0, _book.Count);
        _book.Validate();
    }

    [Fact]
    public void Lots_that_overflow_a_level_are_refused_and_change_nothing()
    {
        Bid(1, price: 100, lots: long.MaxValue);
        var before = _book.StateHash();

        Assert.Throws<OverflowException>(() => Bid(2, price: 100, lots: 1));

        Assert.Equal(before, _book.StateHash());
        _book.Validate();
    }

    [Fact]
    public void A_reduced_order_keeps_its_place()
    {
        Bid(1, price: 100, lots: 5);
        Bid(2, price: 100, lots: 5);

        Assert.True(_book.Reduce(1, 2));

        Assert.Equal([(1, 3), (2, 5)], Queue());
        Assert.Equal((100, 8), Best(Side.Buy));
    }

    [Fact]
    public void An_order_reduced_by_all_its_lots_is_removed()
    {
        Bid(1, price: 100, lots: 5);

        Assert.True(_book.Reduce(1, 5));

        Assert.Equal(0, _book.Count);
        Assert.False(_book.TryBest(Side.Buy, out _, out _));
        _book.Validate();
    }

    [Fact]
    public void Nobody_can_take_more_off_an_order_than_it_has()
    {
        Bid(1, price: 100, lots: 5);
        Iceberg(2, price: 100, lots: 9, display: 3);

        Assert.Throws<ArgumentOutOfRangeException>(() => _book.Reduce(1, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => _book.Reduce(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _book.Fill(1, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => _book.Fill(2, 4));
        Assert.Equal([(1, 5), (2, 9)], Queue());
    }

    [Fact]
    public void A_partly_filled_order_keeps_its_place()
    {
        Bid(1, price: 100, lots: 5);
        Bid(2, price: 100, lots: 5);

        Assert.True(_book.Fill(1, 4));

        Assert.Equal([(1, 1), (2, 5)], Queue());
    }

    [Fact]
    public void An_iceberg_displays_one_slice()
    {
        Iceberg(1, price: 100, lots: 25, display: 10);

        Assert.Equal((100, 10), Best(Side.Buy));
        Assert.Equal(new RestingOrder(1, 1, Side.Buy, 100, 25, 10, 10), Get(1));
    }

    [Fact]
    public void A_used_up_slice_is_replaced_and_goes_to_the_back_of_its_level()
    {
        Iceberg(1, price: 100, lots: 25, display: 10);
        Bid(2, price: 100, lots: 5);

        _book.Fill(1, 4);
        Assert.Equal([(1, 21), (2, 5)], Queue());
        Assert.Equal(6, Get(1).Visible);

        _book.Fill(1, 6);
        Assert.Equal([(2, 5), (1, 15)], Queue());
        Assert.Equal(10, Get(1).Visible);

        _book.Fill(1, 10);
        Assert.Equal(5, Get(1).Visible);
        _book.Fill(1, 5);
        Assert.Equal([(2, 5)], Queue());
        _book.Validate();
    }

    [Fact]
    public void Reducing_an_iceberg_takes_hidden_lots_first()
    {
        Iceberg(1, price: 100, lots: 25, display: 10);

        _book.Reduce(1, 15);
        Assert.Equal(new RestingOrder(1, 1, Side.Buy, 100, 10, 10, 10), Get(1));

        _book.Reduce(1, 4);
        Assert.Equal(new RestingOrder(1, 1, Side.Buy, 100, 6, 10, 6), Get(1));
        Assert.Equal((100, 6), Best(Side.Buy));
        _book.Validate();
    }

    [Fact]
    public void Orders_come_out_bids_first_best_first_oldest_first()
    {
        Ask(1, price: 105, lots: 1);
        Bid(2, price: 99, lots: 1);
        Bid(3, price: 100, lots: 1);
        Ask(4, price: 104, lots: 1);
        Bid(5, price: 100, lots: 1);
        Ask(6, price: 104, lots: 1);

        Assert.Equal([3, 5, 2, 4, 6, 1], _book.Orders().Select(order => order.Id));
    }

    [Fact]
    public void A_book_rebuilt_from_its_orders_is_the_same_book()
    {
        Bid(1, price: 100, lots: 3);
        Iceberg(2, price: 100, lots: 25, display: 10);
        _book.Fill(2, 4);
        Ask(3, price: 1_000_000_000_000, lots: 8);

        var rebuilt = NewBook();
        foreach (var order in _book.Orders())
            rebuilt.Add(order);

        Assert.Equal(_book.StateHash(), rebuilt.StateHash());
        Assert.Equal(_book.Orders(), rebuilt.Orders());
    }

    [Fact]
    public void The_state_hash_depends_on_the_order_of_the_queue()
    {
        Bid(1, price: 100, lots: 5);
        Bid(2, price: 100, lots: 5);
        var other = NewBook();
        other.Add(new RestingOrder(2, 1, Side.Buy, 100, 5));
        other.Add(new RestingOrder(1, 1, Side.Buy, 100, 5));

        Assert.NotEqual(_book.StateHash(), other.StateHash());
    }

    [Fact]
    public void A_cleared_book_is_empty_and_can_be_used_again()
    {
        Bid(1, price: 100, lots: 5);
        Bid(2, price: 9_000_000, lots: 5);
        Iceberg(3, price: 100, lots: 25, display: 10);
        _book.Clear();

        Assert.Equal(NewBook().StateHash(), _book.StateHash());
        Bid(1, price: 7, lots: 2);
        Assert.Equal((7, 2), Best(Side.Buy));
        Assert.Equal(1, _book.Count);
        _book.Validate();
    }

    [Fact]
    public void Orders_at_one_tick_and_at_a_trillion_ticks_rest_in_one_book()
    {
        const long trillion = 1_000_000_000_000;
        Bid(1, price: 1, lots: 5);
        Ask(2, price: trillion, lots: 6);
        Bid(3, price: trillion - 1, lots: 7);
        Ask(4, price: RestingOrder.MaxPrice, lots: 8);

        Assert.Equal([new(trillion - 1, 7), new(1, 5)], DepthOf(Side.Buy, atMost: 9));
        Assert.Equal([new(trillion, 6), new(RestingOrder.MaxPrice, 8)], DepthOf(Side.Sell, atMost: 9));
        _book.Remove(3);
        Assert.Equal((1, 5), Best(Side.Buy));
        _book.Validate();
    }

    [Theory]
    [InlineData(SelfTradePrevention.None, 105, 0, 42)]
    [InlineData(SelfTradePrevention.None, 100, 0, 12)]
    [InlineData(SelfTradePrevention.None, 99, 0, 0)]
    [InlineData(SelfTradePrevention.ExpireMaker, 105, 0, 38)]
    [InlineData(SelfTradePrevention.ExpireTaker, 105, 102, 22)]
    [InlineData(SelfTradePrevention.ExpireBoth, 105, 102, 22)]
    [InlineData(SelfTradePrevention.Decrement, 105, 102, 22)]
    [InlineData(SelfTradePrevention.ExpireTaker, 101, 0, 12)]
    public void Available_counts_hidden_lots_up_to_the_limit_but_not_behind_own_orders_that_stop_the_taker(
        SelfTradePrevention prevention, long limit, long stoppedAt, long lots)
    {
        const long self = 7;
        Ask(1, price: 100, lots: 12);
        _book.Add(new RestingOrder(2, 1, Side.Sell, 102, lots: 25, display: 10));
        _book.Add(new RestingOrder(3, self, Side.Sell, 102, lots: 4));
        Ask(4, price: 105, lots: 1);
        var taker = new Taker(9, self, Side.Buy, lots: 1000, prevention);

        Assert.Equal(lots, _book.Available(taker, limit, out var stop));
        Assert.Equal(stoppedAt, stop);
    }

    [Fact]
    public void Available_counts_no_more_than_the_taker_wants()
    {
        Ask(1, price: 100, lots: 12);
        Ask(2, price: 101, lots: 12);
        var taker = new Taker(9, 1, Side.Buy, lots: 15);

        Assert.Equal(15, _book.Available(taker, 105, out _));
    }

    private void Bid(long id, long price, long lots) => _book.Add(new RestingOrder(id, 1, Side.Buy, price, lots));

    private void Ask(long id, long price, long lots) => _book.Add(new RestingOrder(id, 1, Side.Sell, price, lots));

    private void Iceberg(long id, long price, long lots, long display) =>
        _book.Add(new RestingOrder(id, 1, Side.Buy, price, lots, display));

    private RestingOrder Get(long id)
    {
        Assert.True(_book.TryGet(id, out var order));
        return order;
    }

    private (long Price, long Lots) Best(Side side)
    {
        Assert.True(_book.TryBest(side, out var price, out var lots));
        return (price, lots);
    }

    private DepthLevel[] DepthOf(Side side, int atMost)
    {
        var levels = new DepthLevel[atMost];
        return levels[.._book.Depth(side, levels)];
    }

    private IEnumerable<(long Id, long Lots)> Queue() => _book.Orders().Select(order => (order.Id, order.Lots));
}

public sealed class NaiveOrderBookTests : OrderBookTests
{
    protected override IOrderBook NewBook() => new NaiveOrderBook();
}

public sealed class LadderOrderBookTests : OrderBookTests
{
    protected override IOrderBook NewBook() => new LadderOrderBook();
}
