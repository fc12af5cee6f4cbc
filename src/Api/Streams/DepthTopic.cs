using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Streams;

/// <summary>
/// The increments of a book, and the book itself: a new subscriber starts from it, and one that fell behind starts again.
/// </summary>
internal sealed class DepthTopic(string name, string symbol) : Topic(name, Overflow.Resnapshot)
{
    private readonly SortedDictionary<decimal, decimal> _bids = new(Comparer<decimal>.Create((left, right) => right.CompareTo(left)));
    private readonly SortedDictionary<decimal, decimal> _asks = [];
    private readonly List<SymbolUpdate> _early = [];
    private byte[]? _snapshot;
    private long _lastId;
    private bool _isBased;

    /// <summary>Until there is a base, increments wait for it.</summary>
    public void LoseBase()
    {
        lock (Gate)
        {
            _isBased = false;
            _early.Clear();
        }
    }

    /// <summary>Who is subscribed already gets the whole book anew.</summary>
    public void Rebase(DepthView depth, long atMs)
    {
        lock (Gate)
        {
            Replace(_bids, depth.Bids);
            Replace(_asks, depth.Asks);
            _lastId = depth.UpdateId;
            _isBased = true;
            _snapshot = null;
            Send(Snapshot(atMs));
            foreach (var update in _early)
                Apply(update);
            _early.Clear();
        }
    }

    /// <summary>False where something is missing before this increment, so that a new base is needed.</summary>
    public bool Update(SymbolUpdate update)
    {
        lock (Gate)
        {
            if (_isBased)
                return Apply(update);
            _early.Add(update);
            return true;
        }
    }

    protected override byte[]? Greeting() => _isBased ? Snapshot(0) : null;

    protected override byte[] StandIn() => Snapshot(0);

    private bool Apply(SymbolUpdate update)
    {
        var increment = update.Depth!;
        if (increment.LastId <= _lastId)
            return true;
        if (increment.FirstId > _lastId + 1)
        {
            _isBased = false;
            return false;
        }

        Merge(_bids, increment.Bids);
        Merge(_asks, increment.Asks);
        _lastId = increment.LastId;
        _snapshot = null;
        Send(StreamMessages.Depth(Name, symbol, update.AtMs, increment));
        return true;
    }

    private byte[] Snapshot(long atMs) => _snapshot ??= StreamMessages.DepthSnapshot(Name, symbol, atMs, _lastId, _bids, _asks);

    private static void Replace(SortedDictionary<decimal, decimal> side, PriceLevel[] levels)
    {
        side.Clear();
        Merge(side, levels);
    }

    private static void Merge(SortedDictionary<decimal, decimal> side, PriceLevel[] levels)
    {
        foreach (var level in levels)
        {
            if (level.Quantity == 0)
                side.Remove(level.Price);
            else
                side[level.Price] = level.Quantity;
        }
    }
}
