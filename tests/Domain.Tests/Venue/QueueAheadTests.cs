using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Tests.Venue;

public sealed class QueueAheadTests
{
    private const long Price = 100;

    private readonly QueueAhead _queue = new();

    [Fact]
    public void An_order_fills_with_what_a_trade_leaves_after_those_before_it()
    {
        Join(1, Side.Buy, Price, lots: 5, venueLots: 10);
        Assert.Equal(0, Trade(7));
        Assert.Equal(3, _queue.Ahead(1));
        Assert.Equal(2, Trade(5));
        _queue.Reduce(1, 2);
        Assert.Equal(3, Trade(100));
    }

    [Fact]
    public void Trades_at_other_prices_or_by_the_same_side_move_nobody()
    {
        Join(1, Side.Buy, Price, lots: 5, venueLots: 10);
        Assert.Empty(_queue.Trade(Side.Sell, Price - 1, 100, 100));
        Assert.Empty(_queue.Trade(Side.Buy, Price, 100, 100));
        Assert.Equal(10, _queue.Ahead(1));
    }

    [Fact]
    public void What_is_cancelled_is_taken_from_behind_first()
    {
        Join(1, Side.Sell, Price, lots: 5, venueLots: 4);
        _queue.Show(Side.Sell, Price, 10);
        Join(2, Side.Sell, Price, lots: 5, venueLots: 10);
        Cancelled(Side.Sell, to: 6);
        Assert.Equal((4, 6), (_queue.Ahead(1), _queue.Ahead(2)));
        Cancelled(Side.Sell, to: 1);
        Assert.Equal((1, 1), (_queue.Ahead(1), _queue.Ahead(2)));
        Cancelled(Side.Sell, to: 9);
        Assert.Equal((1, 1), (_queue.Ahead(1), _queue.Ahead(2)));
    }

    [Fact]
    public void A_level_that_has_gone_leaves_the_orders_at_the_front()
    {
        Join(1, Side.Buy, Price, lots: 5, venueLots: 10);
        Cancelled(Side.Buy, to: 0);
        Assert.Equal(0, _queue.Ahead(1));
        Assert.Equal(5, Trade(8));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_trade_and_the_fall_it_causes_count_once_whichever_is_told_first(bool tradeFirst)
    {
        Join(1, Side.Buy, Price, lots: 5, venueLots: 4);
        _queue.Show(Side.Buy, Price, 10);
        Join(2, Side.Buy, Price, lots: 5, venueLots: 10);
        if (tradeFirst)
            Assert.Equal(0, Trade(3));
        _queue.Show(Side.Buy, Price, 7);
        if (!tradeFirst)
            Assert.Equal(0, Trade(3));
        _queue.Show(Side.Buy, Price, 8);
        Assert.Equal((1, 7), (_queue.Ahead(1), _queue.Ahead(2)));
    }

    [Fact]
    public void Users_orders_at_one_price_fill_in_their_order_of_time()
    {
        Join(1, Side.Buy, Price, lots: 5, venueLots: 10);
        Join(2, Side.Buy, Price, lots: 5, venueLots: 10);
        Assert.Equal(7, Trade(17));
        _queue.Leave(1);
        _queue.Reduce(2, 2);
        Assert.Equal(3, Trade(50));
    }

    [Fact]
    public void A_later_order_has_more_before_it()
    {
        Join(1, Side.Buy, Price, lots: 5, venueLots: 2);
        _queue.Show(Side.Buy, Price, 20);
        Join(2, Side.Buy, Price, lots: 5, venueLots: 20);
        Assert.Equal(5, Trade(15));
        Assert.Equal((0, 5), (_queue.Ahead(1), _queue.Ahead(2)));
    }

    [Fact]
    public void A_new_book_is_looked_at_for_all_prices_with_orders()
    {
        var depth = new VenueDepth();
        depth.ApplySnapshot([new DepthLevel(100, 3), new DepthLevel(99, 8)], [new DepthLevel(101, 5)], 1);
        Join(1, Side.Buy, 100, lots: 1, venueLots: 10);
        Join(2, Side.Buy, 99, lots: 1, venueLots: 8);
        Join(3, Side.Sell, 102, lots: 1, venueLots: 6);
        _queue.Show(depth);
        _queue.Show(depth);
        Assert.Equal((3, 8, 0), (_queue.Ahead(1), _queue.Ahead(2), _queue.Ahead(3)));
    }

    [Fact]
    public void In_touch_mode_a_trade_reaches_nobody()
    {
        var touch = new QueueAhead(RestingFill.Touch);
        touch.Join(1, Side.Buy, Price, lots: 5, ahead: 0);
        Assert.Equal(0, touch.Orders);
        Assert.Empty(touch.Trade(Side.Sell, Price, 100, 100));
    }

    [Fact]
    public void Nothing_stays_of_orders_that_left()
    {
        for (int i = 0; i < 100_000; i++)
        {
            Join(i, Side.Buy, Price, lots: 1, venueLots: 5);
            _queue.Show(Side.Buy, Price, 10 + i);
            if (i >= 10)
                _queue.Leave(i - 10);
        }
        Assert.Equal(10, _queue.Orders);
        Assert.InRange(_queue.Groups(Side.Buy, Price), 1, 40);
    }

    [Fact]
    public void It_agrees_with_a_queue_in_which_every_order_keeps_its_own_count()
    {
        for (int seed = 0; seed < 200; seed++)
            Compare(new Random(seed), seed);
    }

    private static void Compare(Random random, int seed)
    {
        var queue = new QueueAhead();
        var naive = new NaiveQueue();
        long shown = 20;
        naive.Show(shown);
        for (int step = 0; step < 300; step++)
        {
            switch (random.Next(5))
            {
                case 0:
                    long lots = random.Next(1, 20);
                    queue.Join(step, Side.Buy, Price, lots, queue.AheadOfNew(Side.Buy, Price, shown));
                    naive.Join(step, lots);
                    break;
                case 1:
                    shown = random.Next(60);
                    queue.Show(Side.Buy, Price, shown);
                    naive.Show(shown);
                    break;
                case 2 when naive.Any(random) is { } id:
                    queue.Leave(id);
                    naive.Leave(id);
                    break;
                default:
                    long traded = random.Next(1, 15);
                    var fills = naive.Trade(traded);
                    Assert.True(
                        fills.SequenceEqual(queue.Trade(Side.Sell, Price, traded, traded).Select(fill => (fill.OrderId, fill.Lots))),
                        $"seed {seed} step {step}");
                    fills.ForEach(fill => queue.Reduce(fill.Id, fill.Lots));
                    break;
            }
            foreach (long id in naive.Ids)
                Assert.True(naive.Ahead(id) == queue.Ahead(id), $"seed {seed} step {step} order {id}: {naive.Ahead(id)} {queue.Ahead(id)}");
            // A level without orders is forgotten, and what it knew of late trades with it.
            if (!naive.Ids.Any())
                naive.Forget(shown);
        }
    }

    /// <summary>A total is told twice, for only the next total shows that a fall was no trade.</summary>
    private void Cancelled(Side side, long to)
    {
        _queue.Show(side, Price, to);
        _queue.Show(side, Price, to);
    }

    private void Join(long orderId, Side side, long price, long lots, long venueLots) =>
        _queue.Join(orderId, side, price, lots, _queue.AheadOfNew(side, price, venueLots));

    private long Trade(long lots) => _queue.Trade(Side.Sell, Price, lots, lots).Sum(fill => fill.Lots);

    /// <summary>The same rules, written down order by order.</summary>
    private sealed class NaiveQueue
    {
        private readonly SortedDictionary<long, (long Lots, long Ahead)> _orders = [];
        private long _shown;
        private long _gone;
        private long _tradedSince;

        public IEnumerable<long> Ids => _orders.Keys;

        public long Ahead(long id) => Math.Max(0, _orders[id].Ahead);

        public long? Any(Random random) => _orders.Count == 0 ? null : _orders.Keys.ElementAt(random.Next(_orders.Count));

        public void Forget(long shown) => (_shown, _gone, _tradedSince) = (shown, 0, 0);

        public void Join(long id, long lots) => _orders.Add(id, (lots, _shown + _gone - _tradedSince));

        public void Leave(long id) => _orders.Remove(id);

        public void Show(long lots)
        {
            long late = Math.Min(_tradedSince, _gone);
            long unseen = _tradedSince - late;
            Cut(_shown - unseen);
            _gone = Math.Max(0, Math.Max(0, _shown - lots) - unseen);
            (_shown, _tradedSince) = (lots, 0);
            Cut(_shown + _gone);
        }

        public List<(long Id, long Lots)> Trade(long lots)
        {
            var fills = new List<(long, long)>();
            long given = 0;
            foreach (long id in _orders.Keys.ToArray())
            {
                var (left, ahead) = _orders[id];
                long fill = Math.Clamp(lots - Math.Max(0, ahead) - given, 0, left);
                given += fill;
                if (fill > 0)
                    fills.Add((id, fill));
                if (fill == left)
                    _orders.Remove(id);
                else
                    _orders[id] = (left - fill, ahead - lots);
            }
            _tradedSince += lots;
            return fills;
        }

        private void Cut(long most)
        {
            foreach (long id in _orders.Keys.ToArray())
                _orders[id] = (_orders[id].Lots, Math.Min(_orders[id].Ahead, most));
        }
    }
}
