using Exchange.Domain.Events;

namespace Exchange.Simulation.Tests.Checks;

/// <summary>
/// What operators were told. After a stop that every silo confirmed nothing was decided that trades, until somebody first asked
/// for it to go on: such a message may come again later. An adjustment that was confirmed is in the journal, once.
/// </summary>
public sealed class OperatorPromises(TimeProvider clock)
{
    private readonly HashSet<(long Account, string Id)> _confirmed = [];
    private readonly HashSet<(long Account, string Id)> _durable = [];
    private long _stoppedAtMs = long.MaxValue;
    private bool _mayTrade;

    public int Stops { get; private set; }
    public int Adjustments => _durable.Count;

    public void Stopped()
    {
        Stops++;
        if (!_mayTrade && _stoppedAtMs == long.MaxValue)
            _stoppedAtMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
    }

    public void MayTrade() => (_mayTrade, _stoppedAtMs) = (true, long.MaxValue);

    public void Adjusted(long account, string adjustmentId) => _confirmed.Add((account, adjustmentId));

    public void SeeTrade(string symbol, EventBatch batch) => Rule.Holds(
        batch.AtMs <= _stoppedAtMs, () => $"{symbol} traded {batch.AtMs - _stoppedAtMs} ms after everybody knew that trading is stopped.");

    public void See(long account, BalanceAdjusted adjusted) => Rule.Holds(
        _durable.Add((account, adjusted.AdjustmentId)), () => $"Account {account} was adjusted twice by {adjusted.AdjustmentId}.");

    public void Check() => Rule.Holds(
        _confirmed.IsSubsetOf(_durable), () => $"{_confirmed.Except(_durable).First()} was confirmed but is not in the journal.");
}
