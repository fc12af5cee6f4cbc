using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Triggers;

/// <summary>Every trailing stop on its own, its anchor compared with every extreme.</summary>
internal sealed class NaivePriceWatch(TriggerDirection trailing)
{
    private readonly List<Armed> _armed = [];

    public void Arm(Trigger trigger)
    {
        Cancel(trigger.Id, trigger.Slot);
        _armed.Add(new Armed(trigger, null));
    }

    public void Arm(TrailingStop stop)
    {
        Cancel(stop.Id, stop.Slot);
        Follow(stop.Anchor, stop.Unit);
        _armed.Add(new Armed(new Trigger(stop.Id, stop.Slot, stop.Direction, stop.Level), stop));
    }

    public bool Cancel(long id, int slot) => _armed.RemoveAll(armed => armed.Trigger.Id == id && armed.Trigger.Slot == slot) > 0;

    public IEnumerable<Trigger> Triggers() =>
        _armed.Where(armed => armed.Stop is null).Select(armed => armed.Trigger).OrderBy(trigger => trigger.Id);

    public IEnumerable<TrailingStop> Trailing() =>
        _armed.Where(armed => armed.Stop is not null).Select(armed => armed.Stop!.Value).OrderBy(stop => stop.Id);

    public void Fire(PricePath path, ref Fired sink)
    {
        ITriggerSink hearing = sink;
        (long Price, TriggerDirection Way)[] legs = path.IsLowFirst
            ? [(path.Low, TriggerDirection.Falling), (path.High, TriggerDirection.Rising), (path.Last, TriggerDirection.Falling)]
            : [(path.High, TriggerDirection.Rising), (path.Low, TriggerDirection.Falling), (path.Last, TriggerDirection.Rising)];
        foreach (var (price, way) in legs)
        {
            FireLeg(price, way, hearing);
            if (way == trailing)
                continue;
            Follow(price, TrailUnit.Ticks);
            Follow(price, TrailUnit.BasisPoints);
        }
    }

    private void FireLeg(long price, TriggerDirection way, ITriggerSink sink)
    {
        var sign = way == TriggerDirection.Falling ? 1 : -1;
        var passed = long.MaxValue;
        while (true)
        {
            var ahead = _armed.Where(armed => armed.Trigger.Direction == way)
                .Select(armed => armed.Trigger.Level * sign)
                .Where(level => level < passed && level >= price * sign)
                .DefaultIfEmpty(long.MinValue)
                .Max();
            if (ahead == long.MinValue)
                return;
            passed = ahead;
            foreach (var armed in _armed.Where(armed => armed.Trigger.Direction == way && armed.Trigger.Level * sign == ahead).ToList())
            {
                if (_armed.Remove(armed))
                    sink.Fired(armed.Trigger);
            }
        }
    }

    private void Follow(long price, TrailUnit unit)
    {
        for (var i = 0; i < _armed.Count; i++)
        {
            if (_armed[i].Stop is not { } stop || stop.Unit != unit)
                continue;
            var anchor = trailing == TriggerDirection.Falling ? Math.Max(stop.Anchor, price) : Math.Min(stop.Anchor, price);
            if (anchor == stop.Anchor)
                continue;
            var moved = stop with { Anchor = anchor };
            _armed[i] = new Armed(_armed[i].Trigger with { Level = moved.Level }, moved);
        }
    }

    /// <summary>Compared by reference: what was armed again is not what was armed before.</summary>
    private sealed class Armed(Trigger trigger, TrailingStop? stop)
    {
        public Trigger Trigger { get; } = trigger;
        public TrailingStop? Stop { get; } = stop;
    }
}
