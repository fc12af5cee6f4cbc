using Exchange.Domain.Events;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Symbols;

/// <summary>What a symbol has done since it came alive, for whoever watches over it.</summary>
internal sealed class SymbolActivity(TimeProvider time)
{
    private readonly long[] _closures = new long[(int)CloseCause.Operator + 1];
    private long _orders;
    private long _cancels;
    private long _fills;
    private long _opened;
    private long _records;
    private long _durableMicros;
    private long _durableMicrosMax;

    /// <summary>Answers when the record was decided.</summary>
    public long Note(IReadOnlyList<DomainEvent> events)
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

        return time.GetTimestamp();
    }

    public void Durable(long decidedAt)
    {
        var micros = (long)time.GetElapsedTime(decidedAt).TotalMicroseconds;
        _records++;
        _durableMicros += micros;
        _durableMicrosMax = Math.Max(_durableMicrosMax, micros);
    }

    public SymbolCounts Read()
    {
        var max = _durableMicrosMax;
        _durableMicrosMax = 0;
        return new SymbolCounts(_orders, _cancels, _fills, _opened, [.. _closures], _records, _durableMicros, max);
    }
}
