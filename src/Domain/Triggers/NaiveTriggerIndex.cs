using Exchange.Domain.Book;

namespace Exchange.Domain.Triggers;

/// <summary>The same as a plain list in the order of arming: slow, and short enough to be seen right.</summary>
public sealed class NaiveTriggerIndex : ITriggerIndex
{
    private readonly List<Entry> _armed = [];

    public int Count => _armed.Count;

    public void Arm(in Trigger trigger)
    {
        trigger.ThrowIfInvalid();
        var armed = trigger;
        if (_armed.Exists(entry => entry.Trigger == armed))
            return;
        Cancel(trigger.Id, trigger.Slot);
        _armed.Add(new Entry(trigger));
    }

    public bool Cancel(long id, int slot) => _armed.RemoveAll(entry => entry.IsNamed(id, slot)) > 0;

    public bool TryGet(long id, int slot, out Trigger trigger)
    {
        var found = _armed.Find(entry => entry.IsNamed(id, slot));
        trigger = found?.Trigger ?? default;
        return found is not null;
    }

    public bool TryNearest(TriggerDirection direction, out long level)
    {
        var nearest = EntriesOf(direction).FirstOrDefault();
        level = nearest?.Trigger.Level ?? 0;
        return nearest is not null;
    }

    public int Fire<TSink>(TriggerDirection direction, long price, ref TSink sink)
        where TSink : struct, ITriggerSink
    {
        var fired = 0;
        var reached = TriggerKeys.Ladder(direction, price);
        var passed = long.MaxValue;
        while (EntriesOf(direction).FirstOrDefault(entry => entry.Key < passed && entry.Key >= reached) is { } nearest)
        {
            passed = nearest.Key;
            foreach (var entry in EntriesOf(direction).Where(entry => entry.Key == nearest.Key).ToList())
            {
                if (!_armed.Remove(entry))
                    continue;
                sink.Fired(entry.Trigger);
                fired++;
            }
        }

        return fired;
    }

    public IEnumerable<Trigger> Triggers() =>
        EntriesOf(TriggerDirection.Falling).Concat(EntriesOf(TriggerDirection.Rising)).Select(entry => entry.Trigger);

    public void Clear() => _armed.Clear();

    public ulong StateHash() => TriggerHash.Of(Triggers());

    public void Validate() =>
        Invariant.Holds(_armed.DistinctBy(entry => (entry.Trigger.Id, entry.Trigger.Slot)).Count() == Count, "every trigger is armed once");

    private IOrderedEnumerable<Entry> EntriesOf(TriggerDirection direction) =>
        _armed.Where(entry => entry.Trigger.Direction == direction).OrderByDescending(entry => entry.Key);

    /// <summary>Compared by reference: what was armed again is not what was armed before.</summary>
    private sealed class Entry(Trigger trigger)
    {
        public Trigger Trigger { get; } = trigger;
        public long Key { get; } = TriggerKeys.Ladder(trigger.Direction, trigger.Level);

        public bool IsNamed(long id, int slot) => Trigger.Id == id && Trigger.Slot == slot;
    }
}
