using Exchange.Domain.Orders;

namespace Exchange.Feeds;

/// <summary>Finds the place of a level in a list of changes: open addressing, emptied by moving to the next generation.</summary>
internal sealed class LevelIndex
{
    private readonly (long Key, int Generation, int Place)[] _slots;
    private int _generation = 1;

    public LevelIndex(int bound) =>
        _slots = new (long, int, int)[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)bound * 2)];

    /// <summary>The level's place, which is <paramref name="next"/> if it had none.</summary>
    public int PlaceOf(Side side, long price, int next)
    {
        long key = price << 1 | (long)side;
        int mask = _slots.Length - 1;
        int slot = (int)((ulong)key * 0x9E3779B97F4A7C15UL >> 32) & mask;
        while (_slots[slot].Generation == _generation)
        {
            if (_slots[slot].Key == key)
                return _slots[slot].Place;
            slot = slot + 1 & mask;
        }
        _slots[slot] = (key, _generation, next);
        return next;
    }

    public void Clear()
    {
        _generation++;
        if (_generation != int.MaxValue)
            return;
        Array.Clear(_slots);
        _generation = 1;
    }
}
