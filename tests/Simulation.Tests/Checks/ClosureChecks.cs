using Exchange.Domain.Events;
using Exchange.Domain.Positions;
using Exchange.Simulation.Tests.World;

namespace Exchange.Simulation.Tests.Checks;

/// <summary>Each position closes once, its owner's account hears of it once, and its owner is told once.</summary>
public sealed class ClosureChecks(SimClosures closures)
{
    private readonly Dictionary<long, string> _closed = [];
    private readonly Dictionary<string, long> _heard = [];

    public HashSet<CloseCause> Causes { get; } = [];
    public int Closed => _closed.Count;

    public void Follow(string symbol, long sequence, EventBatch batch)
    {
        for (var index = 0; index < batch.Events.Count; index++)
        {
            if (batch.Events[index] is not PositionClosed e)
                continue;
            Causes.Add(e.Cause);
            Rule.Holds(_closed.TryAdd(e.PositionId, $"{symbol}:{sequence}:{index}"), () => $"Position {e.PositionId} closed twice.");
        }
    }

    public void Follow(long account, EventBatch batch)
    {
        foreach (var e in batch.Events.OfType<PositionLeft>().Where(left => left.IsClosed))
            Rule.Holds(_heard.TryAdd($"{e.Symbol}:{e.Sequence}:{e.Index}", account), () => $"Account {account} heard twice that {e.PositionId} closed.");
    }

    public void CheckAtRest()
    {
        foreach (var (positionId, key) in _closed)
        {
            Rule.Holds(_heard.TryGetValue(key, out var account), () => $"The owner's account never heard that {positionId} closed.");
            var told = closures.Told.Concat(closures.Buried).Where(closure => closure.Key == key).ToList();
            Rule.Holds(told is [{ } one] && one.Account == account, () => $"The owner of {positionId} was told {told.Count} times.");
        }

        Rule.Holds(_heard.Count == _closed.Count, () => "An account heard of a position that did not close.");
        Rule.Holds(closures.Told.Count + closures.Buried.Count == _closed.Count, () => "Somebody was told what did not happen.");
    }
}
