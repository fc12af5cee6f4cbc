using Exchange.Domain.Events;

namespace Exchange.Domain.Ledger;

/// <summary>
/// Whether one symbol's positions that were to be opened at a price kept their word: what waits neither opens nor ends, each
/// fires once and is opened or refused in the record in which it fires, and never for more than was put aside.
/// </summary>
internal sealed class EntryFold(string symbol, Problems problems)
{
    private readonly Dictionary<long, EntryArmed> _waiting = [];
    private readonly Dictionary<long, EntryArmed> _fired = [];

    public void Feed(DomainEvent happened)
    {
        switch (happened)
        {
            case EntryArmed e when !_waiting.TryAdd(e.PositionId, e):
                problems.Add($"{symbol}: position {e.PositionId} was armed twice.");
                break;
            case EntryFired e when Leave(e.PositionId, "fired") is { } armed:
                _fired.Add(e.PositionId, armed);
                break;
            case EntryCancelled e:
                Leave(e.PositionId, "was cancelled");
                break;
            case PositionOpened e:
                Open(e);
                break;
            case OrderDone e:
                End(e.OrderId, "ended");
                break;
        }
    }

    public void EndRecord(long sequence)
    {
        foreach (var positionId in _fired.Keys)
            problems.Add($"{symbol} {sequence}: position {positionId} fired but was neither opened nor refused.");
        _fired.Clear();
    }

    private void Open(PositionOpened e)
    {
        if (End(e.PositionId, "opened") is { } armed && (e.Margin > armed.Margin || e.EntryFee > armed.FeeMax))
            problems.Add($"{symbol}: position {e.PositionId} took {e.Margin} and {e.EntryFee} of {armed.Margin} and {armed.FeeMax}.");
    }

    private EntryArmed? End(long positionId, string how)
    {
        if (_waiting.ContainsKey(positionId))
            problems.Add($"{symbol}: position {positionId} {how} while it still waits for its price.");
        _fired.Remove(positionId, out var armed);
        return armed;
    }

    private EntryArmed? Leave(long positionId, string how)
    {
        if (!_waiting.Remove(positionId, out var armed))
            problems.Add($"{symbol}: position {positionId} {how} but does not wait.");
        return armed;
    }
}
