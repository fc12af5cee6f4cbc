namespace Exchange.Domain.Tests.Matching;

/// <summary>The ids that rest, from which a uniformly random one can be picked.</summary>
public sealed class LiveOrders
{
    private readonly List<long> _ids = [];
    private readonly Dictionary<long, int> _positions = [];

    public int Count => _ids.Count;

    public void Add(long id)
    {
        _positions.Add(id, _ids.Count);
        _ids.Add(id);
    }

    public void Remove(long id)
    {
        _positions.Remove(id, out var position);
        var last = _ids[^1];
        _ids.RemoveAt(_ids.Count - 1);
        if (last == id)
            return;
        _ids[position] = last;
        _positions[last] = position;
    }

    public long Pick(Random random) => _ids[random.Next(_ids.Count)];
}
