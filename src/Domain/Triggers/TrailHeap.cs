using Exchange.Domain.Book;

namespace Exchange.Domain.Triggers;

/// <summary>
/// Pairing heaps of trailing stops in one pool. The root of a heap is the stop with the shortest distance, the older one
/// of two. Joining takes constant time, removing the root or any other stop logarithmic time, amortised, and no memory.
/// </summary>
internal struct TrailHeap(int capacity)
{
    private Pool<TrailNode> _nodes = new(capacity);

    public readonly TrailNode[] Nodes => _nodes.Items;

    public int Rent() => _nodes.Rent();

    public void Return(int number) => _nodes.Return(number);

    public void Clear() => _nodes.Clear();

    /// <summary>Makes one heap of two and answers its root. Either may be empty.</summary>
    public readonly int Join(int one, int other)
    {
        if (one == 0 || other == 0)
            return one | other;
        var nodes = _nodes.Items;
        var (root, child) = IsBefore(nodes[one], nodes[other]) ? (one, other) : (other, one);
        var sibling = nodes[root].Child;
        nodes[child].Next = sibling;
        nodes[child].Previous = root;
        nodes[root].Child = child;
        if (sibling != 0)
            nodes[sibling].Previous = child;
        return root;
    }

    /// <summary>The heap that is left when a root goes, by its new root.</summary>
    public readonly int WithoutRoot(int root)
    {
        var nodes = _nodes.Items;
        var pairs = 0;
        for (var at = nodes[root].Child; at != 0;)
        {
            var partner = nodes[at].Next;
            var rest = partner == 0 ? 0 : nodes[partner].Next;
            var pair = Join(Detach(at), partner == 0 ? 0 : Detach(partner));
            nodes[pair].Next = pairs;
            pairs = pair;
            at = rest;
        }

        var joined = 0;
        while (pairs != 0)
        {
            var next = nodes[pairs].Next;
            joined = Join(joined, Detach(pairs));
            pairs = next;
        }

        return joined;
    }

    /// <summary>Takes a stop that is not a root out of its heap; what was under it takes its place.</summary>
    public readonly void RemoveInner(int number)
    {
        var nodes = _nodes.Items;
        var (previous, next) = (nodes[number].Previous, nodes[number].Next);
        var heir = WithoutRoot(number);
        var follower = heir == 0 ? next : heir;
        if (heir != 0)
        {
            nodes[heir].Next = next;
            if (next != 0)
                nodes[next].Previous = heir;
        }

        if (follower != 0)
            nodes[follower].Previous = previous;
        if (nodes[previous].Child == number)
            nodes[previous].Child = follower;
        else
            nodes[previous].Next = follower;
    }

    private readonly int Detach(int number)
    {
        _nodes.Items[number].Next = 0;
        _nodes.Items[number].Previous = 0;
        return number;
    }

    private static bool IsBefore(in TrailNode one, in TrailNode other) =>
        one.Distance != other.Distance ? one.Distance < other.Distance : one.Stamp < other.Stamp;
}

/// <summary>A trailing stop in the pool. Previous is its left sibling, or its parent; only a root has none.</summary>
internal struct TrailNode : IIdentified
{
    public long Key;
    public long Distance;
    public long Stamp;
    public int Child;
    public int Next;
    public int Previous;

    readonly long IIdentified.Id => Key;
}
