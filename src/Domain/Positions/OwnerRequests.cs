using System.Diagnostics.CodeAnalysis;
using Exchange.Domain.Events;

namespace Exchange.Domain.Positions;

/// <summary>
/// The last changes and closes that owners asked for under ids of their own, and what came of each. Bounded: an id that is
/// old enough is free again.
/// </summary>
public sealed class OwnerRequests(int capacity)
{
    private readonly Dictionary<(long Account, string Id), DomainEvent> _answers = [];
    private readonly Queue<(long Account, string Id)> _order = new();

    public int Count => _order.Count;

    public bool TryGet(long account, string requestId, [NotNullWhen(true)] out DomainEvent? answer)
    {
        answer = null;
        return requestId.Length > 0 && _answers.TryGetValue((account, requestId), out answer);
    }

    internal void Note(DomainEvent happened)
    {
        var key = happened switch
        {
            PositionChanged e => (e.Account, e.RequestId),
            PositionReduced e => (e.Account, e.RequestId),
            PositionClosed e => (e.Account, e.RequestId),
            _ => (0, ""),
        };
        if (key.Item2.Length == 0)
            return;
        if (!_answers.TryAdd(key, happened))
            throw new InvalidOperationException($"Request {key.Item2} of account {key.Item1} was answered before.");
        _order.Enqueue(key);
        if (_order.Count > capacity)
            _answers.Remove(_order.Dequeue());
    }

    /// <summary>Oldest first.</summary>
    internal IEnumerable<DomainEvent> InOrder()
    {
        foreach (var key in _order)
            yield return _answers[key];
    }
}
