using System.Runtime.CompilerServices;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Book;

/// <summary>
/// The fast book: price levels in tick ladders, orders in one pool with links inside, ids in an open-addressing index.
/// An operation touches a handful of cache lines and allocates nothing once the pools have grown to what is open.
/// </summary>
public sealed partial class LadderOrderBook : IOrderBook
{
    private const int StartCapacity = 256;

    private readonly PriceLadder[] _ladders = [new(), new()];
    private IdIndex<Node> _index = new(capacityLog2: 9);
    private Pool<Node> _nodes = new(StartCapacity);
    private Pool<Level> _levels = new(StartCapacity);
    private Pool<Iceberg> _icebergs = new(4);

    public int Count => _index.Count;

    public void Add(in RestingOrder order)
    {
        order.ThrowIfInvalid();
        var key = Level.KeyOf(order.Side, order.Price);
        ref var ladder = ref _ladders[(int)order.Side];
        var at = ladder.Find(key);
        if (at != 0)
            _ = checked(_levels.Items[at].Lots + order.Lots + _levels.Items[at].Hidden);

        var number = _nodes.Rent();
        ref var node = ref _nodes.Items[number];
        if (!_index.TryAdd(order.Id, number, _nodes.Items))
        {
            _nodes.Return(number);
            ThrowDuplicate(order.Id);
        }

        if (at == 0)
            at = AddLevel(ref ladder, order.Side, key);
        node.Id = order.Id;
        node.Account = order.Account;
        node.Lots = order.Visible;
        node.Level = at;
        node.Iceberg = order.Display == 0 ? 0 : AddIceberg(order);
        ref var level = ref _levels.Items[at];
        level.Lots += order.Visible;
        level.Hidden += order.Lots - order.Visible;
        Append(ref level, ref node, number);
    }

    public bool Remove(long id)
    {
        var number = _index.Remove(id, _nodes.Items);
        if (number == 0)
            return false;
        ref var node = ref _nodes.Items[number];
        ref var level = ref _levels.Items[node.Level];
        level.Lots -= node.Lots;
        if (node.Iceberg != 0)
            DropIceberg(ref node, ref level);
        Unlink(ref level, ref node);
        _nodes.Return(number);
        if (level.Head == 0)
            DropLevel(node.Level);
        return true;
    }

    public bool Reduce(long id, long lots)
    {
        var number = _index.Find(id, _nodes.Items);
        if (number == 0)
            return false;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lots);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lots, TotalLots(_nodes.Items[number]));
        Reduce(ref _nodes.Items[number], lots);
        return true;
    }

    public bool Fill(long id, long lots)
    {
        var number = _index.Find(id, _nodes.Items);
        if (number == 0)
            return false;
        ref var node = ref _nodes.Items[number];
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lots);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lots, node.Lots);
        if (lots == TotalLots(node))
            return Remove(id);
        node.Lots -= lots;
        ref var level = ref _levels.Items[node.Level];
        level.Lots -= lots;
        if (node.Lots == 0)
            Replenish(ref level, ref node, number);
        return true;
    }

    public bool TryGet(long id, out RestingOrder order)
    {
        var number = _index.Find(id, _nodes.Items);
        order = number == 0 ? default : AsResting(_nodes.Items[number]);
        return number != 0;
    }

    public bool TryBest(Side side, out long price, out long lots)
    {
        ref var ladder = ref _ladders[(int)side];
        price = ladder.BestLevel == 0 ? 0 : Level.KeyOf(side, ladder.BestKey);
        lots = _levels.Items[ladder.BestLevel].Lots;
        return ladder.BestLevel != 0;
    }

    public int Depth(Side side, Span<DepthLevel> levels)
    {
        ref var ladder = ref _ladders[(int)side];
        var count = 0;
        var key = ladder.BestKey;
        for (var at = ladder.BestLevel; at != 0 && count < levels.Length; at = ladder.Below(key, out key))
            levels[count++] = new DepthLevel(Level.KeyOf(side, key), _levels.Items[at].Lots);
        return count;
    }

    public IEnumerable<RestingOrder> Orders() => OrdersOf(Side.Buy).Concat(OrdersOf(Side.Sell));

    public void Clear()
    {
        _ladders[0].Clear();
        _ladders[1].Clear();
        _index.Clear();
        _nodes.Clear();
        _levels.Clear();
        _icebergs.Clear();
    }

    public ulong StateHash() => BookHash.Of(Orders());

    private IEnumerable<RestingOrder> OrdersOf(Side side)
    {
        var key = _ladders[(int)side].BestKey;
        for (var at = _ladders[(int)side].BestLevel; at != 0; at = _ladders[(int)side].Below(key, out key))
        {
            for (var number = _levels.Items[at].Head; number != 0; number = _nodes.Items[number].Next)
                yield return AsResting(_nodes.Items[number]);
        }
    }

    private RestingOrder AsResting(in Node node)
    {
        ref var level = ref _levels.Items[node.Level];
        ref var iceberg = ref _icebergs.Items[node.Iceberg];
        return new RestingOrder(
            node.Id, node.Account, level.Side, level.Price, node.Lots + iceberg.Hidden, iceberg.Display, node.Lots);
    }

    private static void ThrowDuplicate(long id) => throw new ArgumentException($"Order {id} rests already.");

    private long TotalLots(in Node node) => node.Lots + _icebergs.Items[node.Iceberg].Hidden;

    private int AddLevel(ref PriceLadder ladder, Side side, long key)
    {
        var number = _levels.Rent();
        _levels.Items[number] = new Level { Key = key, Side = side };
        ladder.Insert(key, number);
        return number;
    }

    private void DropLevel(int number)
    {
        ref var level = ref _levels.Items[number];
        _ladders[(int)level.Side].Remove(level.Key);
        _levels.Return(number);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(ref Level level, ref Node node, int number)
    {
        node.Previous = level.Tail;
        node.Next = 0;
        if (level.Tail == 0)
            level.Head = number;
        else
            _nodes.Items[level.Tail].Next = number;
        level.Tail = number;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Unlink(ref Level level, ref Node node)
    {
        if (node.Previous == 0)
            level.Head = node.Next;
        else
            _nodes.Items[node.Previous].Next = node.Next;
        if (node.Next == 0)
            level.Tail = node.Previous;
        else
            _nodes.Items[node.Next].Previous = node.Previous;
    }

    private int AddIceberg(in RestingOrder order)
    {
        var number = _icebergs.Rent();
        _icebergs.Items[number] = new Iceberg { Display = order.Display, Hidden = order.Lots - order.Visible };
        return number;
    }

    private void DropIceberg(ref Node node, ref Level level)
    {
        level.Hidden -= _icebergs.Items[node.Iceberg].Hidden;
        _icebergs.Return(node.Iceberg);
    }

    /// <summary>The next slice of an iceberg comes out of its hidden lots and queues up again.</summary>
    private void Replenish(ref Level level, ref Node node, int number)
    {
        ref var iceberg = ref _icebergs.Items[node.Iceberg];
        var slice = Math.Min(iceberg.Display, iceberg.Hidden);
        iceberg.Hidden -= slice;
        level.Hidden -= slice;
        level.Lots += slice;
        node.Lots = slice;
        Unlink(ref level, ref node);
        Append(ref level, ref node, number);
    }

    private void Reduce(ref Node node, long lots)
    {
        ref var level = ref _levels.Items[node.Level];
        ref var iceberg = ref _icebergs.Items[node.Iceberg];
        if (lots == node.Lots + iceberg.Hidden)
        {
            Remove(node.Id);
            return;
        }

        var hidden = Math.Min(lots, iceberg.Hidden);
        iceberg.Hidden -= hidden;
        level.Hidden -= hidden;
        node.Lots -= lots - hidden;
        level.Lots -= lots - hidden;
    }
}
