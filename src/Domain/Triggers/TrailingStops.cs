using Exchange.Domain.Book;

namespace Exchange.Domain.Triggers;

/// <summary>
/// The trailing stops of one direction and unit. All that share an anchor stand on one step, a heap by distance, and only
/// the first of each step to be reached is armed in the trigger index. Steps are in the order of their anchors. A new
/// extreme moves the one step it passed, however many stops stand on it; if it passed several, they become one, which
/// every stop has paid for by being armed. So a tick costs what fires plus one move, amortised, and not what exists.
/// </summary>
internal sealed class TrailingStops(TriggerIndex index, TriggerDirection direction, TrailUnit unit)
{
    /// <summary>Marks the index's trigger of the stop that stands for its step.</summary>
    public const int StandInSlot = PriceWatch.SlotMax + 1;

    private const int StartCapacity = 4;

    private IdIndex<TrailNode> _names = new(capacityLog2: 3);
    private TrailHeap _heap = new(StartCapacity);
    private Pool<Step> _steps = new(StartCapacity);
    private int _nearest;
    private int _farthest;

    public int Count => _names.Count;
    public int StepCount { get; private set; }

    public void Arm(in TrailingStop stop)
    {
        stop.ThrowIfInvalid();
        var number = _heap.Rent();
        _heap.Nodes[number] = new TrailNode
        {
            Key = TriggerKeys.Of(stop.Id, stop.Slot),
            Distance = stop.Distance,
            Stamp = index.NextStamp(),
        };
        if (!_names.TryAdd(_heap.Nodes[number].Key, number, _heap.Nodes))
            throw new ArgumentException($"Trailing stop {stop.Id} is armed already.");
        var step = StepAt(Value(stop.Anchor));
        SetRoot(step, _heap.Join(_steps.Items[step].Root, number));
    }

    public bool Cancel(long id, int slot)
    {
        var number = _names.Remove(TriggerKeys.Of(id, slot), _heap.Nodes);
        if (number == 0)
            return false;
        if (_heap.Nodes[number].Previous != 0)
            _heap.RemoveInner(number);
        else
            SetRoot(_heap.Nodes[number].Step, _heap.WithoutRoot(number));
        _heap.Return(number);
        return true;
    }

    public bool TryGet(long id, int slot, out TrailingStop stop)
    {
        var number = _names.Find(TriggerKeys.Of(id, slot), _heap.Nodes);
        stop = number == 0 ? default : AsStop(number, _steps.Items[StepOf(number)].Anchor);
        return number != 0;
    }

    /// <summary>The price is here now: anchors that it has passed follow it. False where there were none.</summary>
    public bool Follow(long price)
    {
        var value = Value(price);
        if (_nearest == 0 || _steps.Items[_nearest].Anchor >= value)
            return false;
        while (_steps.Items[_nearest].Farther is var farther and not 0 && _steps.Items[farther].Anchor <= value)
            JoinNearestTo(farther);
        _steps.Items[_nearest].Anchor = value;
        StandIn(_nearest);
        return true;
    }

    public bool IsStandIn(in Trigger trigger) =>
        _names.Find(TriggerKeys.Of(trigger.Id, trigger.Slot & ~StandInSlot), _heap.Nodes) != 0;

    /// <summary>The index fired the trigger that stands for a step: that stop is gone, and the step's next one takes over.</summary>
    public Trigger TakeFired(in Trigger fired)
    {
        var slot = fired.Slot & ~StandInSlot;
        var number = _names.Remove(TriggerKeys.Of(fired.Id, slot), _heap.Nodes);
        var step = _heap.Nodes[number].Step;
        var next = _heap.WithoutRoot(number);
        _heap.Return(number);
        _steps.Items[step].Root = next;
        if (next == 0)
        {
            DropStep(step);
        }
        else
        {
            _heap.Nodes[next].Step = step;
            var standIn = StandInOf(step);
            if (standIn.Level == fired.Level)
                index.ArmInPlaceOfFired(standIn, _heap.Nodes[next].Stamp);
            else
                index.Arm(standIn);
        }

        return fired with { Slot = slot };
    }

    /// <summary>Farthest anchor first, then shortest distance, then oldest: arming in this order restores everything.</summary>
    public IEnumerable<TrailingStop> Stops()
    {
        for (var step = _farthest; step != 0; step = _steps.Items[step].Nearer)
        {
            var members = new List<int>();
            Collect(_steps.Items[step].Root, members);
            foreach (var number in members.OrderBy(member => _heap.Nodes[member].Distance).ThenBy(member => _heap.Nodes[member].Stamp))
                yield return AsStop(number, _steps.Items[step].Anchor);
        }
    }

    public void Clear()
    {
        _names.Clear();
        _heap.Clear();
        _steps.Clear();
        _nearest = _farthest = StepCount = 0;
    }

    public void Validate()
    {
        var stops = 0;
        for (var step = _farthest; step != 0; step = _steps.Items[step].Nearer)
        {
            ref var at = ref _steps.Items[step];
            Invariant.Holds(at.Root != 0 && _heap.Nodes[at.Root].Step == step, "no step is empty and its root knows it");
            Invariant.Holds(at.Nearer == 0 ? _nearest == step : _steps.Items[at.Nearer].Anchor < at.Anchor, "steps go down");
            var standIn = StandInOf(step);
            Invariant.Holds(
                index.TryGet(standIn.Id, standIn.Slot, out var armed) && armed == standIn, "the first stop stands in for its step");
            var members = new List<int>();
            Collect(at.Root, members);
            stops += members.Count;
            foreach (var member in members)
                Invariant.Holds(StepOf(member) == step, "a stop finds its step");
        }

        Invariant.Holds(stops == Count, "every trailing stop stands on one step");
    }

    /// <summary>The greater value is the one that the stops follow.</summary>
    private long Value(long price) => TriggerKeys.Ladder(direction, price);

    private TrailingStop AsStop(int number, long anchor)
    {
        ref var node = ref _heap.Nodes[number];
        return new TrailingStop(
            TriggerKeys.IdOf(node.Key), TriggerKeys.SlotOf(node.Key), direction, unit, node.Distance, Value(anchor));
    }

    private Trigger StandInOf(int step)
    {
        var stop = AsStop(_steps.Items[step].Root, _steps.Items[step].Anchor);
        return new Trigger(stop.Id, stop.Slot | StandInSlot, direction, stop.Level);
    }

    private void StandIn(int step) => index.Arm(StandInOf(step));

    private void Retire(int root)
    {
        var key = _heap.Nodes[root].Key;
        index.Cancel(TriggerKeys.IdOf(key), TriggerKeys.SlotOf(key) | StandInSlot);
    }

    private void SetRoot(int step, int root)
    {
        var before = _steps.Items[step].Root;
        _steps.Items[step].Root = root;
        if (before == root)
            return;
        if (before != 0)
            Retire(before);
        if (root == 0)
        {
            DropStep(step);
            return;
        }

        _heap.Nodes[root].Step = step;
        StandIn(step);
    }

    private void JoinNearestTo(int farther)
    {
        var nearest = _nearest;
        var joining = _steps.Items[nearest].Root;
        _steps.Items[nearest].Root = 0;
        Retire(joining);
        DropStep(nearest);
        SetRoot(farther, _heap.Join(_steps.Items[farther].Root, joining));
    }

    private int StepOf(int number)
    {
        while (_heap.Nodes[number].Previous is var previous and not 0)
            number = previous;
        return _heap.Nodes[number].Step;
    }

    /// <summary>Usually the nearest step or one before it; only restored stops can have anchors in between.</summary>
    private int StepAt(long anchor)
    {
        var farther = _nearest;
        while (farther != 0 && _steps.Items[farther].Anchor < anchor)
            farther = _steps.Items[farther].Farther;
        if (farther != 0 && _steps.Items[farther].Anchor == anchor)
            return farther;

        var nearer = farther == 0 ? _farthest : _steps.Items[farther].Nearer;
        StepCount++;
        var step = _steps.Rent();
        _steps.Items[step] = new Step { Anchor = anchor, Farther = farther, Nearer = nearer };
        Link(farther, step, nearer);
        return step;
    }

    private void Link(int farther, int step, int nearer)
    {
        if (farther == 0)
            _farthest = step;
        else
            _steps.Items[farther].Nearer = step;
        if (nearer == 0)
            _nearest = step;
        else
            _steps.Items[nearer].Farther = step;
    }

    private void DropStep(int step)
    {
        var (farther, nearer) = (_steps.Items[step].Farther, _steps.Items[step].Nearer);
        if (farther == 0)
            _farthest = nearer;
        else
            _steps.Items[farther].Nearer = nearer;
        if (nearer == 0)
            _nearest = farther;
        else
            _steps.Items[nearer].Farther = farther;
        _steps.Return(step);
        StepCount--;
    }

    private void Collect(int root, List<int> members)
    {
        var open = new Stack<int>();
        open.Push(root);
        while (open.TryPop(out var number))
        {
            members.Add(number);
            for (var child = _heap.Nodes[number].Child; child != 0; child = _heap.Nodes[child].Next)
                open.Push(child);
        }
    }

    private struct Step
    {
        public long Anchor;
        public int Root;
        public int Farther;
        public int Nearer;
    }
}
