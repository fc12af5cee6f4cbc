using System.Numerics;

namespace Exchange.Domain.Book;

/// <summary>Which slots are in use, as a tree of 64-bit words three levels high: any neighbour is three words away.</summary>
internal struct SlotBitmap(int size)
{
    public const int MaxSize = 64 * 64 * 64;

    private readonly ulong[] _slots = new ulong[Math.Max(1, size / 64)];
    private readonly ulong[] _words = new ulong[Math.Max(1, size / 4096)];
    private ulong _top;

    public void Set(int slot)
    {
        _slots[slot >> 6] |= 1UL << slot;
        _words[slot >> 12] |= 1UL << (slot >> 6);
        _top |= 1UL << (slot >> 12);
    }

    public void Clear(int slot)
    {
        if ((_slots[slot >> 6] &= ~(1UL << slot)) != 0)
            return;
        if ((_words[slot >> 12] &= ~(1UL << (slot >> 6))) == 0)
            _top &= ~(1UL << (slot >> 12));
    }

    public void ClearAll()
    {
        Array.Clear(_slots);
        Array.Clear(_words);
        _top = 0;
    }

    public readonly bool IsSet(int slot) => (_slots[slot >> 6] >> slot & 1) != 0;

    /// <summary>The nearest used slot below, going round from the first slot to the last; -1 when none is used.</summary>
    public readonly int Below(int slot)
    {
        var below = _slots[slot >> 6] & ((1UL << slot) - 1);
        if (below != 0)
            return slot & ~63 | BitOperations.Log2(below);
        var word = slot >> 6;
        below = _words[word >> 6] & ((1UL << word) - 1);
        if (below != 0)
            return HighestIn(word & ~63 | BitOperations.Log2(below));
        below = _top & ((1UL << (word >> 6)) - 1);
        if (below == 0)
            below = _top;
        return below == 0 ? -1 : HighestInGroup(BitOperations.Log2(below));
    }

    private readonly int HighestIn(int word) => word << 6 | BitOperations.Log2(_slots[word]);

    private readonly int HighestInGroup(int group) => HighestIn(group << 6 | BitOperations.Log2(_words[group]));
}
