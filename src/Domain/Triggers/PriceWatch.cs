using Exchange.Domain.Book;

namespace Exchange.Domain.Triggers;

/// <summary>
/// One watched price: fixed triggers of both directions and trailing stops of one. A path is walked in three legs: to the
/// extreme that came first, to the other, to where the price is now. Each leg fires what it passes in the order of the
/// way; at one level, what came to it first. On a leg the other way, trailing stops follow. So a stop that was armed or
/// moved on one leg can fire on the next, and what is not armed again fires once.
/// </summary>
/// <param name="trailing">Falling where trailing stops follow highs, rising where they follow lows.</param>
public sealed class PriceWatch(TriggerDirection trailing)
{
    /// <summary>The slots above are for what stands in for trailing stops.</summary>
    public const int SlotMax = 7;

    private readonly Trails _trails = new(trailing);
    private long _followed;

    public int TrailingCount => _trails.ByTicks.Count + _trails.ByPoints.Count;
    public int Count => Index.Count - _trails.ByTicks.StepCount - _trails.ByPoints.StepCount + TrailingCount;

    private TriggerIndex Index => _trails.Index;

    /// <summary>As <see cref="ITriggerIndex.Arm"/>. A trailing stop of the same name is replaced.</summary>
    public void Arm(in Trigger trigger)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trigger.Slot, SlotMax);
        CancelTrailing(trigger.Id, trigger.Slot);
        Index.Arm(trigger);
    }

    /// <summary>
    /// Arms a trailing stop that follows from its anchor on, a price that was just reached: those of its unit that were armed
    /// before follow to it as well. Whatever has the same name is replaced.
    /// </summary>
    public void Arm(in TrailingStop stop)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stop.Slot, SlotMax);
        ArgumentOutOfRangeException.ThrowIfNotEqual((byte)stop.Direction, (byte)trailing);
        stop.ThrowIfInvalid();
        Cancel(stop.Id, stop.Slot);
        (stop.Unit == TrailUnit.Ticks ? _trails.ByTicks : _trails.ByPoints).Arm(stop);
    }

    public bool Cancel(long id, int slot) => CancelTrailing(id, slot) || Index.Cancel(id, slot);

    public bool TryGet(long id, int slot, out Trigger trigger) => Index.TryGet(id, slot, out trigger);

    public bool TryGet(long id, int slot, out TrailingStop stop) =>
        _trails.ByTicks.TryGet(id, slot, out stop) || _trails.ByPoints.TryGet(id, slot, out stop);

    /// <summary>Fires everything that the price reached on its way, and answers how many that were.</summary>
    public int Fire<TSink>(in PricePath path, ref TSink sink)
        where TSink : struct, ITriggerSink
    {
        path.ThrowIfInvalid();
        var watching = new Watching<TSink>(_trails, sink);
        var fired = path.IsLowFirst
            ? Fall(path.Low, ref watching) + Rise(path.High, ref watching) + Fall(path.Last, ref watching)
            : Rise(path.High, ref watching) + Fall(path.Low, ref watching) + Rise(path.Last, ref watching);
        sink = watching.Inner;
        return fired;
    }

    /// <summary>Lets trailing stops follow to a price that is known to have been reached, without firing anything.</summary>
    public void Follow(long price)
    {
        if (_trails.ByTicks.Follow(price) | _trails.ByPoints.Follow(price))
            _followed = price;
    }

    /// <summary>
    /// The best price that trailing stops have followed since this was last asked; zero where none moved. Between two
    /// arms of a trailing stop the best price alone decides where all of them are, so this is all there is to journal.
    /// </summary>
    public long TakeFollowed()
    {
        var followed = _followed;
        _followed = 0;
        return followed;
    }

    /// <summary>In the order that restores them.</summary>
    public IEnumerable<Trigger> Triggers() => Index.Triggers().Where(trigger => trigger.Slot <= SlotMax);

    /// <summary>In the order that restores them.</summary>
    public IEnumerable<TrailingStop> Trailing() => _trails.ByTicks.Stops().Concat(_trails.ByPoints.Stops());

    public void Clear()
    {
        Index.Clear();
        _trails.ByTicks.Clear();
        _trails.ByPoints.Clear();
    }

    public ulong StateHash()
    {
        var hash = TriggerHash.Of(Triggers());
        foreach (var stop in Trailing())
        {
            hash = BookHash.Mix(hash, TriggerKeys.Of(stop.Id, stop.Slot));
            hash = BookHash.Mix(hash, (long)stop.Unit);
            hash = BookHash.Mix(hash, stop.Distance);
            hash = BookHash.Mix(hash, stop.Anchor);
        }

        return hash;
    }

    public void Validate()
    {
        Index.Validate();
        _trails.ByTicks.Validate();
        _trails.ByPoints.Validate();
        Invariant.Holds(Triggers().Count() == Count - TrailingCount, "each step of trailing stops has one trigger");
    }

    private bool CancelTrailing(long id, int slot) =>
        TrailingCount > 0 && (_trails.ByTicks.Cancel(id, slot) || _trails.ByPoints.Cancel(id, slot));

    private int Fall<TSink>(long price, ref Watching<TSink> sink)
        where TSink : struct, ITriggerSink
    {
        var fired = Index.Fire(TriggerDirection.Falling, price, ref sink);
        if (trailing == TriggerDirection.Rising)
            Follow(price);
        return fired;
    }

    private int Rise<TSink>(long price, ref Watching<TSink> sink)
        where TSink : struct, ITriggerSink
    {
        var fired = Index.Fire(TriggerDirection.Rising, price, ref sink);
        if (trailing == TriggerDirection.Falling)
            Follow(price);
        return fired;
    }

    private sealed class Trails
    {
        public Trails(TriggerDirection direction)
        {
            ByTicks = new TrailingStops(Index, direction, TrailUnit.Ticks);
            ByPoints = new TrailingStops(Index, direction, TrailUnit.BasisPoints);
        }

        public TriggerIndex Index { get; } = new();
        public TrailingStops ByTicks { get; }
        public TrailingStops ByPoints { get; }
    }

    /// <summary>Puts the stop that fired in the place of the trigger that stood in for it.</summary>
    private struct Watching<TSink>(Trails trails, TSink inner) : ITriggerSink
        where TSink : struct, ITriggerSink
    {
        public TSink Inner = inner;

        public void Fired(in Trigger trigger)
        {
            if (trigger.Slot <= SlotMax)
                Inner.Fired(trigger);
            else
                Inner.Fired((trails.ByTicks.IsStandIn(trigger) ? trails.ByTicks : trails.ByPoints).TakeFired(trigger));
        }
    }
}
