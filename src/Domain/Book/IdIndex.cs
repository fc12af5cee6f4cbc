using System.Runtime.CompilerServices;

namespace Exchange.Domain.Book;

internal interface IIdentified
{
    long Id { get; }
}

/// <summary>
/// Finds the number of a pooled node by its id. A slot holds the upper half of the id's hash and the node
/// number, so that a search looks at a node only when it is almost surely the right one, and growing or closing a gap
/// looks at none. Removal moves later entries back; there are no tombstones that could pile up.
/// </summary>
internal struct IdIndex<TNode>
    where TNode : struct, IIdentified
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    private ulong[] _slots;
    private int _shift;
    private int _count;

    public IdIndex(int capacityLog2)
    {
        _slots = new ulong[1 << capacityLog2];
        _shift = 32 - capacityLog2;
    }

    public readonly int Count => _count;

    public readonly int Find(long id, TNode[] nodes)
    {
        var slots = _slots;
        var hash = Hash(id);
        for (var at = hash >> _shift; ; at = (at + 1) & (uint)(slots.Length - 1))
        {
            var slot = slots[at];
            if (slot == 0)
                return 0;
            if (slot >> 32 == hash && nodes[NodeOf(slot)].Id == id)
                return NodeOf(slot);
        }
    }

    /// <summary>False, and nothing changed, when the id is there already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(long id, int node, TNode[] nodes)
    {
        if (_count * 4 >= _slots.Length)
            Grow();
        var slots = _slots;
        var hash = Hash(id);
        var at = hash >> _shift;
        for (; slots[at] != 0; at = (at + 1) & (uint)(slots.Length - 1))
        {
            if (slots[at] >> 32 == hash && nodes[NodeOf(slots[at])].Id == id)
                return false;
        }

        slots[at] = (ulong)hash << 32 | (uint)node;
        _count++;
        return true;
    }

    /// <summary>Removes the entry and answers its node, or 0 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Remove(long id, TNode[] nodes)
    {
        var slots = _slots;
        var mask = (uint)(slots.Length - 1);
        var hash = Hash(id);
        for (var at = hash >> _shift; ; at = (at + 1) & mask)
        {
            var slot = slots[at];
            if (slot == 0)
                return 0;
            if (slot >> 32 == hash && nodes[NodeOf(slot)].Id == id)
            {
                CloseGap(at, mask);
                _count--;
                return NodeOf(slot);
            }
        }
    }

    public void Clear()
    {
        Array.Clear(_slots);
        _count = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void CloseGap(uint gap, uint mask)
    {
        var slots = _slots;
        for (var at = (gap + 1) & mask; slots[at] != 0; at = (at + 1) & mask)
        {
            var home = (uint)(slots[at] >> 32) >> _shift;
            if (unchecked(((at - home) & mask) >= ((at - gap) & mask)))
            {
                slots[gap] = slots[at];
                gap = at;
            }
        }

        slots[gap] = 0;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new ulong[old.Length * 2];
        _shift--;
        var mask = (uint)(_slots.Length - 1);
        foreach (var slot in old)
        {
            if (slot == 0)
                continue;
            var at = (uint)(slot >> 32) >> _shift;
            while (_slots[at] != 0)
                at = (at + 1) & mask;
            _slots[at] = slot;
        }
    }

    private static int NodeOf(ulong slot) => unchecked((int)slot);

    private static uint Hash(long id) => unchecked((uint)((ulong)id * GoldenRatio >> 32));
}
