using Exchange.Domain.Book;

namespace Exchange.Domain.Triggers;

/// <summary>
/// The trailing stops of one direction and unit. All that share an anchor stand on one step, a heap by distance, and only
/// the first of each step to be reached is armed in the trigger index. What is armed later cannot have a farther anchor, so
/// steps are in the order of anchors and of time, and a search finds a stop's step. A new extreme moves the one step it
/// passed, however many stops stand on it; if it passed several, they become one, which every stop has paid for by being
/// armed. So a tick costs what fires plus one move, amortised, and not what exists.
/// </summary>
internal sealed class TrailingStops(TriggerIndex index, TriggerDirection direction, TrailUnit unit)
{
    /// <summary>Marks the index's trigger of the stop that stands for its step.</summary>
    public const int StandInSlot = PriceWatch.SlotMax + 1;

    private const int StartCapacity = 4;

    private IdIndex<TrailNode> _names = new(capacityLog2: 3);
    private TrailHeap _heap = new(StartCapacity);
    private Step[] _steps = new Step[StartCapacity];
    private int _height;

    public int Count => _names.Count;

    /// <summary>
    /// Steps that someone stands on, the last among them always. Others that were left stay until there are as many of them.
    /// </summary>
    public int StepCount { get; private set; }

    /// <summary>Arms a stop whose anchor is a price that was just reached: stops armed before follow to it as well.</summary>
    public void Arm(in TrailingStop stop)
    {
        stop.ThrowIfInvalid();
        Follow(stop.Anchor);
        var number = _heap.Rent();
        _heap.Nodes[number] = new TrailNode
        {
            Key = TriggerKeys.Of(stop.Id, stop.Slot),
            Distance = stop.Distance,
            Stamp = index.NextStamp(),
        };
        if (!_names.TryAdd(_heap.Nodes[number].Key, number, _heap.Nodes))
            throw new ArgumentException($"Trailing stop {stop.Id} is armed already.");
        if (_height == 0 || _steps[_height - 1].Anchor != Value(stop.Anchor))
            Push(Value(stop.Anchor));
        _steps[_height - 1].LastStamp = _heap.Nodes[number].Stamp;
        SetRoot(_height - 1, _heap.Join(_steps[_height - 1].Root, number));
    }

    public bool Cancel(long id, int slot)
    {
        var number = _names.Remove(TriggerKeys.Of(id, slot), _heap.Nodes);
        if (number == 0)
            return false;
        if (_heap.Nodes[number].Previous != 0)
        {
            _heap.RemoveInner(number);
        }
        else
        {
            SetRoot(StepOf(number), _heap.WithoutRoot(number));
            DropEmptySteps();
        }

        _heap.Return(number);
        return true;
    }

    public bool TryGet(long id, int slot, out TrailingStop stop)
    {
        var number = _names.Find(TriggerKeys.Of(id, slot), _heap.Nodes);
        stop = number == 0 ? default : AsStop(number, _steps[StepOf(number)].Anchor);
        return number != 0;
    }

    /// <summary>The price is here now: anchors that it has passed follow it. False where there were none.</summary>
    public bool Follow(long price)
    {
        var value = Value(price);
        if (_height == 0 || _steps[_height - 1].Anchor >= value)
            return false;
        while (_height > 1 && _steps[_height - 2].Anchor <= value)
            JoinLastTwo();
        _steps[_height - 1].Anchor = value;
        StandIn(_height - 1);
        return true;
    }

    public bool IsStandIn(in Trigger trigger) =>
        _names.Find(TriggerKeys.Of(trigger.Id, trigger.Slot & ~StandInSlot), _heap.Nodes) != 0;

    /// <summary>The index fired the trigger that stands for a step: that stop is gone, and the step's next one takes over.</summary>
    public Trigger TakeFired(in Trigger fired)
    {
        var slot = fired.Slot & ~StandInSlot;
        var number = _names.Remove(TriggerKeys.Of(fired.Id, slot), _heap.Nodes);
        var step = StepOf(number);
        var next = _heap.WithoutRoot(number);
        _heap.Return(number);
        _steps[step].Root = next;
        if (next == 0)
        {
            StepCount--;
            DropEmptySteps();
        }
        else if (StandInOf(step) is var standIn && standIn.Level == fired.Level)
        {
            index.ArmInPlaceOfFired(standIn, _heap.Nodes[next].Stamp);
        }
        else
        {
            index.Arm(standIn);
        }

        return fired with { Slot = slot };
    }

    /// <summary>Farthest anchor first, then shortest distance, then oldest: arming in this order restores everything.</summary>
    public IEnumerable<TrailingStop> Stops()
    {
        for (var step = 0; step < _height; step++)
        {
            var members = MembersOf(step).OrderBy(member => _heap.Nodes[member].Distance).ThenBy(member => _heap.Nodes[member].Stamp);
            foreach (var number in members)
                yield return AsStop(number, _steps[step].Anchor);
        }
    }

    public void Clear()
    {
        _names.Clear();
        _heap.Clear();
        _height = StepCount = 0;
    }

    public void Validate()
    {
        var (stops, steps) = (0, 0);
        for (var step = 0; step < _height; step++)
        {
            Invariant.Holds(
                step == 0 || (_steps[step - 1].Anchor > _steps[step].Anchor && _steps[step - 1].LastStamp < _steps[step].LastStamp),
                "steps are in the order of anchors and of time");
            if (_steps[step].Root == 0)
                continue;
            var standIn = StandInOf(step);
            Invariant.Holds(
                index.TryGet(standIn.Id, standIn.Slot, out var armed) && armed == standIn, "the first stop stands in for its step");
            foreach (var member in MembersOf(step))
            {
                Invariant.Holds(StepOf(member) == step, "a stop finds its step");
                stops++;
            }

            steps++;
        }

        Invariant.Holds(stops == Count && steps == StepCount, "every trailing stop stands on one step");
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
        var stop = AsStop(_steps[step].Root, _steps[step].Anchor);
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
        var before = _steps[step].Root;
        if (before == root)
            return;
        if (before != 0)
            Retire(before);
        else
            StepCount++;
        _steps[step].Root = root;
        if (root == 0)
            StepCount--;
        else
            StandIn(step);
    }

    private void JoinLastTwo()
    {
        var last = _steps[--_height];
        _steps[_height - 1].LastStamp = last.LastStamp;
        Retire(last.Root);
        StepCount--;
        SetRoot(_height - 1, _heap.Join(_steps[_height - 1].Root, last.Root));
    }

    /// <summary>The first step that was still in use when the stop was armed.</summary>
    private int StepOf(int number)
    {
        var stamp = _heap.Nodes[number].Stamp;
        var (from, to) = (0, _height - 1);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (_steps[middle].LastStamp < stamp)
                from = middle + 1;
            else
                to = middle;
        }

        return from;
    }

    private void Push(long anchor)
    {
        if (_height == _steps.Length)
            Array.Resize(ref _steps, _height * 2);
        _steps[_height++] = new Step { Anchor = anchor };
    }

    private void DropEmptySteps()
    {
        while (_height > 0 && _steps[_height - 1].Root == 0)
            _height--;
        if (_height < StartCapacity + 2 * StepCount)
            return;
        var kept = 0;
        for (var step = 0; step < _height; step++)
        {
            if (_steps[step].Root != 0)
                _steps[kept++] = _steps[step];
        }

        _height = kept;
    }

    private List<int> MembersOf(int step)
    {
        var members = new List<int>();
        if (_steps[step].Root == 0)
            return members;
        var open = new Stack<int>([_steps[step].Root]);
        while (open.TryPop(out var number))
        {
            members.Add(number);
            for (var child = _heap.Nodes[number].Child; child != 0; child = _heap.Nodes[child].Next)
                open.Push(child);
        }

        return members;
    }

    private struct Step
    {
        public long Anchor;

        /// <summary>The latest arming that put a stop here.</summary>
        public long LastStamp;
        public int Root;
    }
}
