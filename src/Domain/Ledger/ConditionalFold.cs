using Exchange.Domain.Events;

namespace Exchange.Domain.Ledger;

/// <summary>
/// Whether one symbol's conditional orders kept their word: what waits executes nothing, fires once and goes to the market in
/// the record in which it fires, and of a pair only one ever executes.
/// </summary>
internal sealed class ConditionalFold(string symbol, Problems problems)
{
    private readonly Dictionary<long, long> _armed = [];
    private readonly Dictionary<long, long> _waitsFor = [];
    private readonly HashSet<long> _fired = [];

    public void Feed(DomainEvent happened)
    {
        switch (happened)
        {
            case ConditionalArmed e:
                Arm(e);
                break;
            case ConditionalActivated e when !_armed.ContainsKey(e.OrderId):
                problems.Add($"{symbol}: conditional order {e.OrderId} became active but does not wait.");
                break;
            case ConditionalFired e:
                Leave(e.OrderId, "fired");
                _fired.Add(e.OrderId);
                break;
            case ConditionalCancelled e:
                Leave(e.OrderId, "was cancelled");
                break;
            case OrderAccepted e:
                _fired.Remove(e.OrderId);
                if (_armed.ContainsKey(e.OrderId))
                    problems.Add($"{symbol}: order {e.OrderId} was accepted while it still waits for its price.");
                break;
            case Traded e:
                Execute(e.TakerOrderId);
                Execute(e.MakerOrderId);
                break;
            case OrderDone e when _armed.ContainsKey(e.OrderId):
                problems.Add($"{symbol}: order {e.OrderId} ended while it still waits for its price.");
                break;
        }
    }

    public void EndRecord(long sequence)
    {
        foreach (var orderId in _fired)
            problems.Add($"{symbol} {sequence}: conditional order {orderId} fired but did not go to the market.");
        _fired.Clear();
    }

    private void Arm(ConditionalArmed e)
    {
        if (!_armed.TryAdd(e.OrderId, e.PairId))
            problems.Add($"{symbol}: conditional order {e.OrderId} was armed twice.");
        if (e.PairId != 0)
            _waitsFor[e.PairId] = e.OrderId;
    }

    private void Leave(long orderId, string how)
    {
        if (!_armed.Remove(orderId, out var pairId))
            problems.Add($"{symbol}: conditional order {orderId} {how} but does not wait.");
        if (pairId != 0)
            _waitsFor.Remove(pairId);
    }

    private void Execute(long orderId)
    {
        if (orderId == 0)
            return;
        if (_armed.ContainsKey(orderId) || _waitsFor.ContainsKey(orderId))
            problems.Add($"{symbol}: order {orderId} traded while it, or what it is paired with, still waits for its price.");
    }
}
