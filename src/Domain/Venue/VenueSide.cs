using Exchange.Domain.Orders;

namespace Exchange.Domain.Venue;

/// <summary>
/// One side of a venue's book as a sorted array, worst price first: what changes most, the touch, is at the end,
/// where an insertion moves little.
/// </summary>
internal sealed class VenueSide(int direction, int capacity)
{
    private struct Level
    {
        /// <summary>The price, negated for asks, so that a greater key is always a better price.</summary>
        public long Key;
        public long Lots;
        public long Taken;

        public readonly long Left => Lots - Taken;
    }

    private Level[] _levels = new Level[Math.Min(capacity, 64)];
    private Level[] _spare = [];
    private int _count;

    /// <summary>Index of the best level that has lots left, or -1.</summary>
    private int _top = -1;

    public int Count => _count;
    public long BestPrice => _top < 0 ? 0 : Price(_top);
    public long BestLots => _top < 0 ? 0 : _levels[_top].Left;

    public bool Reaches(long price) => _count > 0 && _levels[_count - 1].Key >= direction * price;

    public void Set(long price, long lots)
    {
        long key = direction * price;
        int index = LowerBound(key);
        if (index < _count && _levels[index].Key == key)
        {
            if (lots == 0)
                Remove(index);
            else
                Refresh(index, lots);
        }
        else if (lots > 0)
        {
            Insert(index, key, lots);
        }
    }

    public void Replace(ReadOnlySpan<DepthLevel> bestFirst)
    {
        int count = Math.Min(bestFirst.Length, capacity);
        if (_spare.Length < count)
            _spare = new Level[capacity];
        int old = _count - 1;
        for (int i = 0; i < count; i++)
        {
            long key = direction * bestFirst[i].Price;
            long lots = bestFirst[i].Lots;
            while (old >= 0 && _levels[old].Key > key)
                old--;
            bool unchanged = old >= 0 && _levels[old].Key == key && _levels[old].Lots == lots;
            _spare[count - 1 - i] = new Level { Key = key, Lots = lots, Taken = unchanged ? _levels[old].Taken : 0 };
        }
        (_levels, _spare) = (_spare, _levels);
        _count = count;
        _top = NextTop(count - 1);
    }

    public void Take(long price, long lots)
    {
        long key = direction * price;
        int index = LowerBound(key);
        if (index == _count || _levels[index].Key != key || _levels[index].Left < lots)
            throw new InvalidOperationException($"Cannot take {lots} lots at {price}: the venue does not offer them.");
        _levels[index].Taken += lots;
        if (index == _top)
            _top = NextTop(index);
    }

    public long Available(long limitPrice, long upTo)
    {
        long limit = direction * limitPrice;
        long sum = 0;
        for (int i = _top; i >= 0 && _levels[i].Key >= limit; i--)
        {
            long left = _levels[i].Left;
            if (left >= upTo - sum)
                return upTo;
            sum += left;
        }
        return sum;
    }

    public long LotsAt(long price)
    {
        int index = LowerBound(direction * price);
        return index < _count && _levels[index].Key == direction * price ? _levels[index].Left : 0;
    }

    public long ShownAt(long price)
    {
        int index = LowerBound(direction * price);
        return index < _count && _levels[index].Key == direction * price ? _levels[index].Lots : 0;
    }

    public TakenLevel? TakenAt(long price)
    {
        int index = LowerBound(direction * price);
        return index < _count && _levels[index].Key == direction * price ? AsTaken(_levels[index]) : null;
    }

    public IEnumerable<TakenLevel> Taken()
    {
        for (int i = 0; i < _count; i++)
        {
            if (_levels[i].Taken > 0)
                yield return AsTaken(_levels[i]);
        }
    }

    /// <summary>A level as it was, to be compared with the book that comes next.</summary>
    public void Recall(in TakenLevel level)
    {
        Set(level.Price, level.ShownLots);
        Take(level.Price, level.TakenLots);
    }

    public int CopyTo(Span<DepthLevel> bestFirst)
    {
        int copied = 0;
        for (int i = _top; i >= 0 && copied < bestFirst.Length; i--)
        {
            if (_levels[i].Left > 0)
                bestFirst[copied++] = new DepthLevel(Price(i), _levels[i].Left);
        }
        return copied;
    }

    /// <summary>Drops the levels that are at this price or better; they cannot stand beside the opposite side any more.</summary>
    public int DropFrom(long price)
    {
        int kept = LowerBound(direction * price);
        int dropped = _count - kept;
        _count = kept;
        if (_top >= kept)
            _top = NextTop(kept - 1);
        return dropped;
    }

    public void Clear()
    {
        _count = 0;
        _top = -1;
    }

    private TakenLevel AsTaken(in Level level) =>
        new(direction > 0 ? Side.Buy : Side.Sell, direction * level.Key, level.Lots, level.Taken);

    private long Price(int index) => direction * _levels[index].Key;

    private void Refresh(int index, long lots)
    {
        _levels[index].Lots = lots;
        _levels[index].Taken = 0;
        _top = Math.Max(_top, index);
    }

    private void Remove(int index)
    {
        _count--;
        Array.Copy(_levels, index + 1, _levels, index, _count - index);
        if (index < _top)
            _top--;
        else if (index == _top)
            _top = NextTop(index - 1);
    }

    private void Insert(int index, long key, long lots)
    {
        if (_count == capacity)
        {
            if (index == 0)
                return;
            Remove(0);
            index--;
        }
        if (_count == _levels.Length)
            Array.Resize(ref _levels, Math.Min(capacity, _levels.Length * 2));
        Array.Copy(_levels, index, _levels, index + 1, _count - index);
        _levels[index] = new Level { Key = key, Lots = lots };
        _count++;
        _top = index > _top ? index : _top + 1;
    }

    private int NextTop(int from)
    {
        while (from >= 0 && _levels[from].Left == 0)
            from--;
        return from;
    }

    private int LowerBound(long key)
    {
        int low = 0;
        int high = _count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_levels[middle].Key < key)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
