namespace Exchange.Domain.Book;

/// <summary>
/// The levels whose prices are far from the market, by key: a treap, so every operation takes logarithmic time and no
/// memory of its own. Node priorities come from a fixed sequence, so nobody who chooses prices can make it degenerate.
/// </summary>
internal sealed class PriceTree
{
    private Pool<Leaf> _leaves = new(16);
    private int _root;
    private uint _sequence = 0x9E3779B9;

    public int Count { get; private set; }

    public int Find(long key)
    {
        var leaves = _leaves.Items;
        var at = _root;
        while (at != 0 && leaves[at].Key != key)
            at = key < leaves[at].Key ? leaves[at].Left : leaves[at].Right;
        return leaves[at].Level;
    }

    /// <summary>The level with the greatest key below the given one, or 0.</summary>
    public int Below(long key, out long found)
    {
        var leaves = _leaves.Items;
        var nearest = 0;
        for (var at = _root; at != 0;)
        {
            if (leaves[at].Key < key)
            {
                nearest = at;
                at = leaves[at].Right;
            }
            else
            {
                at = leaves[at].Left;
            }
        }

        found = leaves[nearest].Key;
        return leaves[nearest].Level;
    }

    public void Insert(long key, int level)
    {
        var leaf = _leaves.Rent();
        _leaves.Items[leaf] = new Leaf { Key = key, Level = level, Priority = NextPriority() };
        _root = Insert(_root, leaf);
        Count++;
    }

    public void Remove(long key)
    {
        _root = Remove(_root, key);
        Count--;
    }

    public void Clear()
    {
        _leaves.Clear();
        _root = 0;
        Count = 0;
    }

    private int Insert(int at, int leaf)
    {
        ref var node = ref _leaves.Items[at];
        ref var added = ref _leaves.Items[leaf];
        if (at == 0)
            return leaf;
        if (added.Priority > node.Priority)
        {
            Split(at, added.Key, out added.Left, out added.Right);
            return leaf;
        }

        if (added.Key < node.Key)
            node.Left = Insert(node.Left, leaf);
        else
            node.Right = Insert(node.Right, leaf);
        return at;
    }

    private int Remove(int at, long key)
    {
        if (at == 0)
            throw new InvalidOperationException("The price is not in the tree.");
        ref var node = ref _leaves.Items[at];
        if (key == node.Key)
        {
            var joined = Join(node.Left, node.Right);
            _leaves.Return(at);
            return joined;
        }

        if (key < node.Key)
            node.Left = Remove(node.Left, key);
        else
            node.Right = Remove(node.Right, key);
        return at;
    }

    private void Split(int at, long key, out int below, out int above)
    {
        if (at == 0)
        {
            below = above = 0;
            return;
        }

        ref var node = ref _leaves.Items[at];
        if (node.Key < key)
        {
            Split(node.Right, key, out node.Right, out above);
            below = at;
        }
        else
        {
            Split(node.Left, key, out below, out node.Left);
            above = at;
        }
    }

    private int Join(int below, int above)
    {
        if (below == 0 || above == 0)
            return below | above;
        ref var left = ref _leaves.Items[below];
        ref var right = ref _leaves.Items[above];
        if (left.Priority > right.Priority)
        {
            left.Right = Join(left.Right, above);
            return below;
        }

        right.Left = Join(below, right.Left);
        return above;
    }

    private uint NextPriority()
    {
        _sequence ^= _sequence << 13;
        _sequence ^= _sequence >> 17;
        _sequence ^= _sequence << 5;
        return _sequence;
    }

    private struct Leaf
    {
        public long Key;
        public int Level;
        public int Left;
        public int Right;
        public uint Priority;
    }
}
