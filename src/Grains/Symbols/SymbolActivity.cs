using Exchange.Domain.Events;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Symbols;

/// <summary>What a symbol has done since it came alive, for whoever watches over it.</summary>
internal sealed class SymbolActivity(TimeProvider time)
{
    private readonly Queue<(long Sequence, long DecidedAt)> _undurable = new();
    private readonly long[] _closures = new long[(int)CloseCause.Operator + 1];
    private long _orders;
    private long _cancels;
    private long _fills;
    private long _opened;
    private long _records;
    private long _durableMicros;
    private long _durableMicrosMax;

    public void Note(long sequence, List<DomainEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            switch (events[i])
            {
                case OrderAccepted or ConditionalArmed: _orders++; break;
                case Traded: _fills++; break;
                case OrderDone { Reason: Domain.Reason.CancelledByUser } or ConditionalCancelled: _cancels++; break;
                case PositionOpened: _opened++; break;
                case PositionClosed closed: _closures[(int)closed.Cause]++; break;
            }
        }

        _undurable.Enqueue((sequence, time.GetTimestamp()));
    }

    public void DurableUpTo(long sequence)
    {
        while (_undurable.TryPeek(out var decided) && decided.Sequence <= sequence)
            Durable(_undurable.Dequeue().DecidedAt);
    }

    public SymbolCounts Read()
    {
        var max = _durableMicrosMax;
        _durableMicrosMax = 0;
        return new SymbolCounts(_orders, _cancels, _fills, _opened, [.. _closures], _records, _durableMicros, max);
    }

    private void Durable(long decidedAt)
    {
        var micros = (long)time.GetElapsedTime(decidedAt).TotalMicroseconds;
        _records++;
        _durableMicros += micros;
        _durableMicrosMax = Math.Max(_durableMicrosMax, micros);
    }
}
