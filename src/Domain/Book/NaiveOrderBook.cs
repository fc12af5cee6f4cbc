using Exchange.Domain.Orders;

namespace Exchange.Domain.Book;

/// <summary>
/// The rules as plainly as they can be written: a list of levels for each side, best first, and in each level a list of
/// orders, oldest first. It is what the fast book is measured against.
/// </summary>
public sealed class NaiveOrderBook : IOrderBook
{
    private readonly List<Level> _bids = [];
    private readonly List<Level> _asks = [];
    private readonly Dictionary<long, Order> _orders = [];

    public int Count => _orders.Count;

    public void Add(in RestingOrder order)
    {
        order.ThrowIfInvalid();
        if (_orders.ContainsKey(order.Id))
            throw new ArgumentException($"Order {order.Id} rests already.");
        var level = LevelFor(order.Side, order.Price);
        _ = checked(level.Orders.Sum(other => other.Lots) + order.Lots);
        var entry = new Order(order);
        level.Orders.Add(entry);
        _orders.Add(order.Id, entry);
    }

    public bool Remove(long id)
    {
        if (!_orders.TryGetValue(id, out var order))
            return false;
        Remove(order);
        return true;
    }

    public bool Reduce(long id, long lots)
    {
        if (!_orders.TryGetValue(id, out var order))
            return false;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lots);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lots, order.Lots);
        Reduce(order, lots);
        return true;
    }

    public bool Fill(long id, long lots)
    {
        if (!_orders.TryGetValue(id, out var order))
            return false;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lots);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lots, order.Visible);
        Fill(order, lots);
        return true;
    }

    public bool TryGet(long id, out RestingOrder order)
    {
        var found = _orders.TryGetValue(id, out var entry);
        order = found ? entry!.AsResting() : default;
        return found;
    }

    public bool TryBest(Side side, out long price, out long lots)
    {
        var levels = LevelsOf(side);
        price = levels.Count == 0 ? 0 : levels[0].Price;
        lots = levels.Count == 0 ? 0 : levels[0].VisibleLots;
        return levels.Count != 0;
    }

    public int Depth(Side side, Span<DepthLevel> levels)
    {
        var own = LevelsOf(side);
        var count = Math.Min(own.Count, levels.Length);
        for (var i = 0; i < count; i++)
            levels[i] = new DepthLevel(own[i].Price, own[i].VisibleLots);
        return count;
    }

    public IEnumerable<RestingOrder> Orders() =>
        _bids.Concat(_asks).SelectMany(level => level.Orders).Select(order => order.AsResting());

    /// <summary>A rehearsal on a copy: whatever the taker gets there, it would get here.</summary>
    public long Available(in Taker taker, long limitPrice, out long stoppedAt)
    {
        var rehearsal = new NaiveOrderBook();
        foreach (var order in LevelsOf(taker.Side.Opposite()).SelectMany(level => level.Orders))
            rehearsal.Append(order.AsResting());
        var prevention = taker.Prevention == SelfTradePrevention.Decrement ? SelfTradePrevention.ExpireTaker : taker.Prevention;
        var walker = taker.WithPrevention(prevention);
        var nobody = default(SilentSink);
        rehearsal.Take(ref walker, limitPrice, ref nobody);

        var account = taker.Account;
        stoppedAt = walker.Stopped == Reason.SelfTrade
            ? LevelsOf(taker.Side.Opposite()).First(level => level.Orders.Exists(order => order.Account == account)).Price
            : 0;
        return walker.Filled;
    }

    public void Take<TSink>(ref Taker taker, long limitPrice, ref TSink sink)
        where TSink : struct, IBookSink
    {
        var levels = LevelsOf(taker.Side.Opposite());
        while (taker.Walks && levels.Count > 0 && Satisfies(taker.Side, levels[0].Price, limitPrice))
            TakeFrom(levels[0].Orders[0], ref taker, ref sink);
    }

    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
        _orders.Clear();
    }

    public ulong StateHash() => BookHash.Of(Orders());

    public void Validate()
    {
        Validate(_bids, Side.Buy);
        Validate(_asks, Side.Sell);
        Invariant.Holds(_bids.Concat(_asks).Sum(level => level.Orders.Count) == _orders.Count, "every order rests once");
    }

    private void TakeFrom<TSink>(Order maker, ref Taker taker, ref TSink sink)
        where TSink : struct, IBookSink
    {
        if (taker.MustNotMeet(maker.Account))
        {
            Prevent(maker, ref taker, ref sink);
            return;
        }

        var lots = taker.Want(maker.Price, maker.Visible);
        if (lots == 0)
            return;
        taker.Fill(maker.Price, lots);
        Fill(maker, lots);
        sink.Traded(maker.Id, maker.Account, maker.Price, lots, maker.Lots);
    }

    private void Prevent<TSink>(Order maker, ref Taker taker, ref TSink sink)
        where TSink : struct, IBookSink
    {
        if (taker.Prevention == SelfTradePrevention.Decrement)
        {
            var lots = taker.Want(maker.Price, maker.Lots);
            if (lots == 0)
                return;
            taker.Decrement(maker.Price, lots);
            Reduce(maker, lots);
            sink.Decremented(maker.Id, maker.Account, lots, maker.Lots);
            return;
        }

        if (taker.Prevention is SelfTradePrevention.ExpireMaker or SelfTradePrevention.ExpireBoth)
        {
            Remove(maker);
            sink.MakerExpired(maker.Id, maker.Account, maker.Lots);
        }

        if (taker.Prevention is SelfTradePrevention.ExpireTaker or SelfTradePrevention.ExpireBoth)
            taker.ExpireBySelfTrade();
    }

    private void Fill(Order order, long lots)
    {
        order.Lots -= lots;
        order.Visible -= lots;
        if (order.Lots == 0)
        {
            Remove(order);
        }
        else if (order.Visible == 0)
        {
            order.Visible = Math.Min(order.Display, order.Lots);
            var queue = LevelFor(order.Side, order.Price).Orders;
            queue.Remove(order);
            queue.Add(order);
        }
    }

    private void Reduce(Order order, long lots)
    {
        order.Lots -= lots;
        order.Visible = Math.Min(order.Visible, order.Lots);
        if (order.Lots == 0)
            Remove(order);
    }

    private void Remove(Order order)
    {
        var level = LevelFor(order.Side, order.Price);
        level.Orders.Remove(order);
        if (level.Orders.Count == 0)
            LevelsOf(order.Side).Remove(level);
        _orders.Remove(order.Id);
    }

    /// <summary>Adds an order that comes after all others of its side.</summary>
    private void Append(in RestingOrder order)
    {
        var levels = LevelsOf(order.Side);
        if (levels.Count == 0 || levels[^1].Price != order.Price)
            levels.Add(new Level(order.Price));
        var entry = new Order(order);
        levels[^1].Orders.Add(entry);
        _orders.Add(order.Id, entry);
    }

    private List<Level> LevelsOf(Side side) => side == Side.Buy ? _bids : _asks;

    private Level LevelFor(Side side, long price)
    {
        var levels = LevelsOf(side);
        var at = levels.FindIndex(level => level.Price == price || IsBetter(side, price, level.Price));
        if (at >= 0 && levels[at].Price == price)
            return levels[at];
        var added = new Level(price);
        levels.Insert(at >= 0 ? at : levels.Count, added);
        return added;
    }

    private static bool IsBetter(Side side, long price, long than) => side == Side.Buy ? price > than : price < than;

    private static bool Satisfies(Side takerSide, long price, long limit) =>
        takerSide == Side.Buy ? price <= limit : price >= limit;

    private static void Validate(List<Level> levels, Side side)
    {
        for (var i = 0; i < levels.Count; i++)
        {
            Invariant.Holds(i == 0 || IsBetter(side, levels[i - 1].Price, levels[i].Price), "levels are in order");
            Invariant.Holds(levels[i].Orders.Count > 0, "no level is empty");
            foreach (var order in levels[i].Orders)
                order.AsResting().ThrowIfInvalid();
        }
    }

    private sealed class Level(long price)
    {
        public long Price { get; } = price;
        public List<Order> Orders { get; } = [];
        public long VisibleLots => Orders.Sum(order => order.Visible);
    }

    private sealed class Order(in RestingOrder order)
    {
        public long Id { get; } = order.Id;
        public long Account { get; } = order.Account;
        public Side Side { get; } = order.Side;
        public long Price { get; } = order.Price;
        public long Display { get; } = order.Display;
        public long Lots { get; set; } = order.Lots;
        public long Visible { get; set; } = order.Visible;

        public RestingOrder AsResting() => new(Id, Account, Side, Price, Lots, Display, Visible);
    }

    private readonly struct SilentSink : IBookSink
    {
        public void Traded(long makerId, long makerAccount, long price, long lots, long makerRemaining) { }

        public void MakerExpired(long makerId, long makerAccount, long lots) { }

        public void Decremented(long makerId, long makerAccount, long lots, long makerRemaining) { }
    }
}
