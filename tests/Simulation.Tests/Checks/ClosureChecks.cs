using Exchange.Domain.Events;
using Exchange.Domain.Positions;
using Exchange.Simulation.Tests.World;

namespace Exchange.Simulation.Tests.Checks;

/// <summary>
/// Each position closes once, and each that waited for its price fires once; its owner's account hears of it once, and its
/// owner is told once.
/// </summary>
public sealed class ClosureChecks(SimClosures closures)
{
    private readonly Dictionary<long, string> _closed = [];
    private readonly Dictionary<string, long> _heard = [];

    private readonly HashSet<long> _fired = [];
    private readonly HashSet<long> _opened = [];
    private readonly Dictionary<long, string> _decided = [];

    public HashSet<CloseCause> Causes { get; } = [];
    public int Closed => _closed.Count;
    public int EntriesFired => _fired.Count;
    public int EntriesOpened => _fired.Count(_opened.Contains);

    public void Follow(string symbol, long sequence, EventBatch batch)
    {
        for (var index = 0; index < batch.Events.Count; index++)
        {
            if (batch.Events[index] is EntryFired fired)
                Rule.Holds(_fired.Add(fired.PositionId), () => $"Position {fired.PositionId} fired twice.");
            if (batch.Events[index] is PositionOpened opened)
                Rule.Holds(_opened.Add(opened.PositionId), () => $"Position {opened.PositionId} opened twice.");
            if (batch.Events[index] is not PositionClosed e)
                continue;
            Causes.Add(e.Cause);
            Rule.Holds(_closed.TryAdd(e.PositionId, $"{symbol}:{sequence}:{index}"), () => $"Position {e.PositionId} closed twice.");
        }
    }

    public void Follow(long account, EventBatch batch)
    {
        foreach (var e in batch.Events.OfType<PositionLeft>().Where(left => left.IsClosed))
            Rule.Holds(
                _heard.TryAdd($"{e.Symbol}:{e.Sequence}:{e.Index}", account), () => $"Account {account} heard twice that {e.PositionId} closed.");
        foreach (var e in batch.Events.OfType<EntryDecided>())
            Rule.Holds(
                _decided.TryAdd(e.PositionId, $"{e.Symbol}:{e.Sequence}:{e.Index}"), () => $"Account {account} heard twice of {e.PositionId}.");
    }

    private void CheckEntries(IReadOnlySet<long> takenBack)
    {
        foreach (var positionId in _fired)
            Rule.Holds(_decided.ContainsKey(positionId), () => $"The owner's account never heard that {positionId} fired.");
        foreach (var (positionId, key) in _decided)
        {
            var told = closures.Told.Concat(closures.Buried).Count(closure => closure.Key == key);
            Rule.Holds(told == 1, () => $"The owner of {positionId}, which waited, was told {told} times.");
        }

        foreach (var positionId in takenBack)
            Rule.Holds(!_fired.Contains(positionId) && !_opened.Contains(positionId), () => $"Position {positionId} fired though it was taken back.");
    }

    public void CheckAtRest(IReadOnlySet<long> takenBack)
    {
        CheckEntries(takenBack);
        foreach (var (positionId, key) in _closed)
        {
            Rule.Holds(_heard.TryGetValue(key, out var account), () => $"The owner's account never heard that {positionId} closed.");
            var told = closures.Told.Concat(closures.Buried).Where(closure => closure.Key == key).ToList();
            Rule.Holds(told is [{ } one] && one.Account == account, () => $"The owner of {positionId} was told {told.Count} times.");
        }

        Rule.Holds(_heard.Count == _closed.Count, () => "An account heard of a position that did not close.");
        Rule.Holds(closures.Told.Count + closures.Buried.Count == _closed.Count + _decided.Count, () => "Somebody was told what did not happen.");
    }
}
