namespace Exchange.Domain.Positions;

/// <summary>
/// The last positions that closed, so that closing one twice is told from closing one that never was. Bounded: what has
/// happened is the read model's.
/// </summary>
internal sealed class ClosedPositions(int capacity)
{
    private readonly Dictionary<long, long> _accounts = [];
    private readonly Queue<long> _order = new();

    public int Count => _order.Count;

    public bool Contains(long positionId, long account) =>
        _accounts.TryGetValue(positionId, out var owner) && owner == account;

    public void Add(long positionId, long account)
    {
        if (!_accounts.TryAdd(positionId, account))
            throw new InvalidOperationException($"Position {positionId} has closed before.");
        _order.Enqueue(positionId);
        if (_order.Count > capacity)
            _accounts.Remove(_order.Dequeue());
    }

    /// <summary>Oldest first.</summary>
    public IEnumerable<(long PositionId, long Account)> InOrder()
    {
        foreach (var positionId in _order)
            yield return (positionId, _accounts[positionId]);
    }
}
