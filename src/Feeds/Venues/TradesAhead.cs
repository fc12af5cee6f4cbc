namespace Exchange.Feeds.Venues;

/// <summary>
/// What the connection that is to lead next has told before the leading one did. The leading one may go before it has
/// delivered them; only the latest are kept.
/// </summary>
internal sealed class TradesAhead
{
    private const int Max = 4096;

    private readonly Queue<(long Id, VenueTrade Trade)> _trades = new();

    public void Add(long id, in VenueTrade trade)
    {
        if (_trades.Count == Max)
            _trades.Dequeue();
        _trades.Enqueue((id, trade));
    }

    public void Forget(long upToId)
    {
        while (_trades.TryPeek(out var first) && first.Id <= upToId)
            _trades.Dequeue();
    }

    public bool TryTake(out long id, out VenueTrade trade)
    {
        var isThere = _trades.TryDequeue(out var first);
        (id, trade) = first;
        return isThere;
    }

    public void Clear() => _trades.Clear();
}
