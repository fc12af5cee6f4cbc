namespace Exchange.Domain.Portfolios;

/// <summary>The outcomes of the last so many requests by id; the oldest is forgotten for the newest.</summary>
internal sealed class RecentRequests<T>(int capacity)
{
    private readonly Dictionary<string, T> _outcomes = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public int Count => _order.Count;

    public bool TryGet(string id, out T outcome) => _outcomes.TryGetValue(id, out outcome!);

    public void Add(string id, T outcome)
    {
        if (!_outcomes.TryAdd(id, outcome))
        {
            // Replayed from a journal that was written while fewer were remembered.
            _outcomes[id] = outcome;
            return;
        }

        _order.Enqueue(id);
        if (_order.Count > capacity)
            _outcomes.Remove(_order.Dequeue());
    }

    /// <summary>Oldest first.</summary>
    public IEnumerable<(string Id, T Outcome)> InOrder()
    {
        foreach (var id in _order)
            yield return (id, _outcomes[id]);
    }
}
