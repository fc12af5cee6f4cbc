namespace Exchange.Domain.Portfolios;

/// <summary>The last so many of something by their ids; the oldest is forgotten for the newest.</summary>
internal sealed class Recent<TId, T>(int capacity)
    where TId : notnull
{
    private readonly Dictionary<TId, T> _outcomes = [];
    private readonly Queue<TId> _order = new();

    public int Count => _order.Count;

    public bool TryGet(TId id, out T outcome) => _outcomes.TryGetValue(id, out outcome!);

    public void Add(TId id, T outcome)
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
    public IEnumerable<(TId Id, T Outcome)> InOrder()
    {
        foreach (var id in _order)
            yield return (id, _outcomes[id]);
    }
}
