namespace Exchange.Domain.Tests.Book;

public enum StreamRecordType
{
    Limit,
    ImmediateOrCancel,
    Cancel,
}

public readonly record struct StreamRecord(StreamRecordType Type, int Side, uint Id, uint Price, uint Lots);

/// <summary>
/// Draws the standard order stream of a seed and matches it on the way, with nothing but dictionaries of queues. Its
/// trade hash is therefore independent of the books it is compared with.
/// </summary>
public sealed class OrderStream(ulong seed, int target, uint spread)
{
    private const ulong Prime = 0x100000001b3;

    private readonly SortedDictionary<long, List<uint>>[] _queues = [new(), new()];
    private readonly Dictionary<uint, Resting> _resting = [];
    private readonly List<uint> _live = [];
    private readonly Dictionary<uint, int> _positions = [];
    private ulong _state = seed;
    private uint _middle = 100_000;
    private uint _lastId;

    public int Trades { get; private set; }
    public ulong TradeHash { get; private set; } = 0xcbf29ce484222325;

    public StreamRecord Next()
    {
        if (Below(64) == 0)
            _middle = Math.Clamp(Below(2) == 0 ? _middle + 1 : _middle - 1, 80_000, 120_000);
        var draw = Below(1000);
        var cancels = (uint)Math.Min(900, 450 * _live.Count / target);
        if (draw >= 100 && draw < 100 + cancels)
            return Cancel(_live[(int)Below((uint)_live.Count)]);
        return Place(draw < 100 ? Marketable() : Passive());
    }

    private (StreamRecordType Type, int Side, uint Price, uint Lots) Marketable()
    {
        var side = (int)Below(2);
        var type = Below(2) == 0 ? StreamRecordType.ImmediateOrCancel : StreamRecordType.Limit;
        var offset = Below(6);
        var best = Best(1 - side) ?? _middle;
        var price = side == 0 ? best + offset : best - offset;
        var lots = 1 + Below(100);
        return (type, side, price, Below(20) == 0 ? lots * 10 : lots);
    }

    private (StreamRecordType Type, int Side, uint Price, uint Lots) Passive()
    {
        var side = (int)Below(2);
        var distance = 1 + Math.Min(Below(spread), Below(spread));
        return (StreamRecordType.Limit, side, side == 0 ? _middle - distance : _middle + distance, 1 + Below(100));
    }

    private StreamRecord Place((StreamRecordType Type, int Side, uint Price, uint Lots) order)
    {
        var id = ++_lastId;
        var left = Match(id, order.Side, order.Price, order.Lots);
        if (left > 0 && order.Type == StreamRecordType.Limit)
        {
            QueueAt(order.Side, order.Price).Add(id);
            _resting[id] = new Resting(order.Side, order.Price, left);
            _positions[id] = _live.Count;
            _live.Add(id);
        }

        return new StreamRecord(order.Type, order.Side, id, order.Price, order.Lots);
    }

    private uint Match(uint taker, int side, uint limit, uint lots)
    {
        while (lots > 0 && Best(1 - side) is { } price && (side == 0 ? price <= limit : price >= limit))
        {
            var maker = QueueAt(1 - side, price)[0];
            var resting = _resting[maker];
            var traded = Math.Min(lots, resting.Lots);
            lots -= traded;
            Trades++;
            foreach (var value in (ReadOnlySpan<uint>)[maker, taker, price, traded])
                TradeHash = unchecked((TradeHash ^ value) * Prime);
            if (traded == resting.Lots)
                Forget(maker);
            else
                _resting[maker] = resting with { Lots = resting.Lots - traded };
        }

        return lots;
    }

    private StreamRecord Cancel(uint id)
    {
        var resting = _resting[id];
        Forget(id);
        return new StreamRecord(StreamRecordType.Cancel, resting.Side, id, resting.Price, resting.Lots);
    }

    private void Forget(uint id)
    {
        _resting.Remove(id, out var resting);
        var queue = QueueAt(resting.Side, resting.Price);
        queue.Remove(id);
        if (queue.Count == 0)
            _queues[resting.Side].Remove(Key(resting.Side, resting.Price));
        _positions.Remove(id, out var position);
        var last = _live[^1];
        _live.RemoveAt(_live.Count - 1);
        if (last == id)
            return;
        _live[position] = last;
        _positions[last] = position;
    }

    private uint? Best(int side) => _queues[side].Count == 0 ? null : (uint)Math.Abs(_queues[side].First().Key);

    private List<uint> QueueAt(int side, uint price)
    {
        if (!_queues[side].TryGetValue(Key(side, price), out var queue))
            _queues[side][Key(side, price)] = queue = [];
        return queue;
    }

    /// <summary>Bids are sorted by the negative price, so that the best of either side is the first.</summary>
    private static long Key(int side, uint price) => side == 0 ? -(long)price : price;

    private uint Below(uint bound) => (uint)((Draw() >> 32) * bound >> 32);

    private ulong Draw()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ _state >> 30) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
            return mixed ^ mixed >> 31;
        }
    }

    private readonly record struct Resting(int Side, uint Price, uint Lots);
}
