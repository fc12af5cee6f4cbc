using System.Runtime.CompilerServices;

namespace Exchange.Domain.Book;

/// <summary>
/// One side's levels by key, where the greater key is the better price (bids: the price, asks: its negative).
/// Keys near the best have a slot in a window of consecutive ticks; all others are in a tree. Slots are addressed modulo
/// the window's size, so moving the window touches only the levels that enter or leave it. It moves, or grows, once the
/// operations on far levels outnumber a quarter of all levels: they have paid for it, whoever chooses the prices.
/// </summary>
internal struct PriceLadder
{
    private const int StartSize = 1024;
    private const int GrowthFactor = 4;
    private const int MinFarOperations = 64;

    private readonly PriceTree _far = new();
    private int[] _levels = new int[StartSize];
    private SlotBitmap _used = new(StartSize);
    private long _base;
    private int _windowCount;
    private int _farOperations;

    public PriceLadder()
    {
    }

    public long BestKey { get; private set; } = long.MinValue;
    public int BestLevel { get; private set; }
    public readonly int Count => _windowCount + _far.Count;
    public readonly int FarCount => _far.Count;
    public readonly int WindowSize => _levels.Length;

    /// <summary>The level at the key, or 0. Looking far away is what makes the window follow the market.</summary>
    public int Find(long key) => IsNear(key) ? _levels[Slot(key)] : FindFar(key);

    public void Insert(long key, int level)
    {
        if (IsNear(key))
            PutNear(key, level);
        else
            _far.Insert(key, level);
        if (key > BestKey)
        {
            BestKey = key;
            BestLevel = level;
        }
    }

    public void Remove(long key)
    {
        if (IsNear(key))
        {
            RemoveNear(key);
        }
        else
        {
            _far.Remove(key);
            _farOperations++;
        }

        if (key == BestKey)
        {
            BestLevel = Below(key, out var best);
            BestKey = best;
        }
    }

    /// <summary>The level with the greatest key below the given one, or 0 with the least key there is.</summary>
    public readonly int Below(long key, out long found)
    {
        var level = 0;
        found = long.MinValue;
        if (_windowCount > 0 && key > _base)
        {
            var from = Math.Min(key, _base + _levels.Length);
            var slot = _used.Below(Slot(from));
            var nearest = from - 1 - Slot(from - 1 - slot);
            if (nearest >= _base)
            {
                level = _levels[slot];
                found = nearest;
                if (from == key)
                    return level;
            }
        }

        if (_far.Count > 0)
        {
            var far = _far.Below(key, out var farKey);
            if (far != 0 && farKey > found)
            {
                level = far;
                found = farKey;
            }
        }

        return level;
    }

    public void Clear()
    {
        Array.Clear(_levels);
        _used.ClearAll();
        _far.Clear();
        _windowCount = 0;
        _farOperations = 0;
        BestKey = long.MinValue;
        BestLevel = 0;
    }

    /// <summary>Checks that a level is where its key belongs and nowhere else.</summary>
    public readonly void Validate(long key, int level)
    {
        Invariant.Holds(Peek(key) == level, "a level is found by its price");
        Invariant.Holds(!IsNear(key) || _used.IsSet(Slot(key)), "a used slot is marked");
        Invariant.Holds(!IsNear(key) || _far.Count == 0 || _far.Find(key) == 0, "near levels are not in the tree");
    }

    private readonly bool IsNear(long key) => unchecked((ulong)(key - _base)) < (ulong)_levels.Length;

    private readonly int Slot(long key) => unchecked((int)key & (_levels.Length - 1));

    private void PutNear(long key, int level)
    {
        var slot = Slot(key);
        _levels[slot] = level;
        _used.Set(slot);
        _windowCount++;
    }

    private void RemoveNear(long key)
    {
        var slot = Slot(key);
        _levels[slot] = 0;
        _used.Clear(slot);
        _windowCount--;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindFar(long key)
    {
        if (Count == 0)
            _base = BaseFor(key, _levels.Length);
        else if (++_farOperations > MinFarOperations + Count / 4)
            FollowMarket();
        return Peek(key);
    }

    private readonly int Peek(long key) => IsNear(key) ? _levels[Slot(key)] : _far.Find(key);

    private void FollowMarket()
    {
        _farOperations = 0;
        var bestOffset = BestKey - _base;
        if (bestOffset < _levels.Length / 2 || bestOffset >= _levels.Length)
            MoveTo(BaseFor(BestKey, _levels.Length));
        else if (DeservesGrowth())
            GrowWindow();
    }

    /// <summary>Most of the window lies behind the best price, where orders rest; a quarter is left for it to improve.</summary>
    private static long BaseFor(long best, int size) => best - (size - size / 4);

    private void MoveTo(long newBase)
    {
        var end = newBase + _levels.Length;
        var key = _base + _levels.Length;
        while (_windowCount > 0 && NearBelow(key, out key) is var level and not 0)
        {
            if (key >= newBase && key < end)
                continue;
            RemoveNear(key);
            _far.Insert(key, level);
        }

        _base = newBase;
        TakeInFarLevels();
    }

    /// <summary>A bigger window is worth its memory when at least one in 64 of the slots it adds would be used at once.</summary>
    private readonly bool DeservesGrowth()
    {
        var size = _levels.Length * GrowthFactor;
        if (size > SlotBitmap.MaxSize)
            return false;
        var lowest = BaseFor(BestKey, size);
        var needed = (size - _levels.Length) / 64;
        var key = BestKey;
        while (needed > 0 && _far.Below(key, out key) != 0 && key >= lowest)
            needed--;
        return needed == 0;
    }

    private void GrowWindow()
    {
        var key = _base + _levels.Length;
        while (NearBelow(key, out key) is var level and not 0)
            _far.Insert(key, level);
        _levels = new int[_levels.Length * GrowthFactor];
        _used = new SlotBitmap(_levels.Length);
        _windowCount = 0;
        _base = BaseFor(BestKey, _levels.Length);
        TakeInFarLevels();
    }

    private void TakeInFarLevels()
    {
        var key = _base + _levels.Length;
        while (_far.Below(key, out key) is var level and not 0 && key >= _base)
        {
            _far.Remove(key);
            PutNear(key, level);
        }
    }

    private readonly int NearBelow(long key, out long found)
    {
        var slot = _used.Below(Slot(key));
        found = slot < 0 ? long.MinValue : key - 1 - Slot(key - 1 - slot);
        return found < _base ? 0 : _levels[slot];
    }
}
