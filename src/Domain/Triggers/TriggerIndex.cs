using Exchange.Domain.Book;

namespace Exchange.Domain.Triggers;

/// <summary>
/// The book's sibling: levels in tick ladders, triggers in one pool with links inside, names in an open-addressing index.
/// A tick that fires nothing is one comparison with the nearest level of a direction, however many triggers are armed.
/// </summary>
public sealed partial class TriggerIndex : ITriggerIndex
{
    private const int StartCapacity = 16;

    private readonly PriceLadder[] _ladders = [new(), new()];
    private IdIndex<TriggerNode> _index = new(capacityLog2: 5);
    private Pool<TriggerNode> _nodes = new(StartCapacity);
    private Pool<TriggerLevel> _levels = new(StartCapacity);
    private long _lastStamp;
    private long _firingUpTo;

    public int Count => _index.Count;

    /// <summary>Later arming has a greater stamp. Who queues triggers of its own takes its place in time from here.</summary>
    internal long NextStamp() => ++_lastStamp;

    public void Arm(in Trigger trigger)
    {
        trigger.ThrowIfInvalid();
        var level = TriggerKeys.Ladder(trigger.Direction, trigger.Level);
        var number = Place(trigger, level);
        if (number == 0)
            return;
        _nodes.Items[number].Stamp = ++_lastStamp;
        Append(number, LevelAt(trigger.Direction, level));
    }

    public bool Cancel(long id, int slot)
    {
        var number = _index.Remove(TriggerKeys.Of(id, slot), _nodes.Items);
        if (number == 0)
            return false;
        Unlink(number);
        _nodes.Return(number);
        return true;
    }

    public bool TryGet(long id, int slot, out Trigger trigger)
    {
        var number = _index.Find(TriggerKeys.Of(id, slot), _nodes.Items);
        trigger = number == 0 ? default : AsTrigger(number);
        return number != 0;
    }

    public bool TryNearest(TriggerDirection direction, out long level)
    {
        ref var ladder = ref _ladders[(int)direction];
        level = ladder.BestLevel == 0 ? 0 : TriggerKeys.Ladder(direction, ladder.BestKey);
        return ladder.BestLevel != 0;
    }

    public int Fire<TSink>(TriggerDirection direction, long price, ref TSink sink)
        where TSink : struct, ITriggerSink
    {
        var reached = TriggerKeys.Ladder(direction, price);
        return _ladders[(int)direction].BestKey < reached ? 0 : FireDownTo(direction, reached, ref sink);
    }

    public IEnumerable<Trigger> Triggers() =>
        TriggersOf(TriggerDirection.Falling).Concat(TriggersOf(TriggerDirection.Rising));

    public void Clear()
    {
        _ladders[0].Clear();
        _ladders[1].Clear();
        _index.Clear();
        _nodes.Clear();
        _levels.Clear();
    }

    public ulong StateHash() => TriggerHash.Of(Triggers());

    /// <summary>
    /// Arms a trigger in the place of the one that just fired, ahead of its level's queue, so that it fires in the same
    /// call. Only for what waited behind that trigger when its level began to fire; anything else is armed as usual.
    /// </summary>
    internal void ArmInPlaceOfFired(in Trigger trigger, long waitingSince)
    {
        if (waitingSince > _firingUpTo)
        {
            Arm(trigger);
            return;
        }

        trigger.ThrowIfInvalid();
        var level = TriggerKeys.Ladder(trigger.Direction, trigger.Level);
        var number = Place(trigger, level);
        if (number == 0)
            return;
        _nodes.Items[number].Stamp = waitingSince;
        Prepend(number, LevelAt(trigger.Direction, level));
    }

    private int FireDownTo<TSink>(TriggerDirection direction, long reached, ref TSink sink)
        where TSink : struct, ITriggerSink
    {
        var fired = 0;
        var key = _ladders[(int)direction].BestKey;
        for (var at = _ladders[(int)direction].BestLevel; at != 0 && key >= reached;)
        {
            fired += FireLevel(at, key, direction, ref sink);
            at = _ladders[(int)direction].Below(key, out key);
        }

        return fired;
    }

    private int FireLevel<TSink>(int at, long key, TriggerDirection direction, ref TSink sink)
        where TSink : struct, ITriggerSink
    {
        var fired = 0;
        var upTo = _lastStamp;
        while (IsLevel(at, key, direction))
        {
            var number = _levels.Items[at].Head;
            if (_nodes.Items[number].Stamp > upTo)
                break;
            var trigger = AsTrigger(number);
            _index.Remove(_nodes.Items[number].Key, _nodes.Items);
            Unlink(number);
            _nodes.Return(number);
            _firingUpTo = upTo;
            sink.Fired(trigger);
            fired++;
        }

        return fired;
    }

    /// <summary>A sink may have emptied the level, whose number may by now be another level's.</summary>
    private bool IsLevel(int at, long key, TriggerDirection direction)
    {
        ref var level = ref _levels.Items[at];
        return level.Head != 0 && level.Key == key && level.Direction == direction;
    }

    private IEnumerable<Trigger> TriggersOf(TriggerDirection direction)
    {
        var key = _ladders[(int)direction].BestKey;
        for (var at = _ladders[(int)direction].BestLevel; at != 0; at = _ladders[(int)direction].Below(key, out key))
        {
            for (var number = _levels.Items[at].Head; number != 0; number = _nodes.Items[number].Next)
                yield return AsTrigger(number);
        }
    }

    private Trigger AsTrigger(int number)
    {
        ref var node = ref _nodes.Items[number];
        ref var level = ref _levels.Items[node.Level];
        return new Trigger(TriggerKeys.IdOf(node.Key), TriggerKeys.SlotOf(node.Key), level.Direction, level.Price);
    }

    /// <summary>The trigger's node, in no queue; 0 where it is armed at this level already and stays.</summary>
    private int Place(in Trigger trigger, long level)
    {
        var key = TriggerKeys.Of(trigger.Id, trigger.Slot);
        var number = _nodes.Rent();
        _nodes.Items[number].Key = key;
        if (_index.TryAdd(key, number, _nodes.Items))
            return number;

        _nodes.Return(number);
        number = _index.Find(key, _nodes.Items);
        if (IsLevel(_nodes.Items[number].Level, level, trigger.Direction))
            return 0;
        Unlink(number);
        return number;
    }

    private int LevelAt(TriggerDirection direction, long key)
    {
        ref var ladder = ref _ladders[(int)direction];
        var at = ladder.Find(key);
        if (at != 0)
            return at;
        at = _levels.Rent();
        _levels.Items[at] = new TriggerLevel { Key = key, Direction = direction };
        ladder.Insert(key, at);
        return at;
    }

    private void Append(int number, int at)
    {
        ref var node = ref _nodes.Items[number];
        ref var level = ref _levels.Items[at];
        node.Level = at;
        node.Previous = level.Tail;
        node.Next = 0;
        if (level.Tail == 0)
            level.Head = number;
        else
            _nodes.Items[level.Tail].Next = number;
        level.Tail = number;
    }

    private void Prepend(int number, int at)
    {
        ref var node = ref _nodes.Items[number];
        ref var level = ref _levels.Items[at];
        node.Level = at;
        node.Previous = 0;
        node.Next = level.Head;
        if (level.Head == 0)
            level.Tail = number;
        else
            _nodes.Items[level.Head].Previous = number;
        level.Head = number;
    }

    private void Unlink(int number)
    {
        ref var node = ref _nodes.Items[number];
        ref var level = ref _levels.Items[node.Level];
        if (node.Previous == 0)
            level.Head = node.Next;
        else
            _nodes.Items[node.Previous].Next = node.Next;
        if (node.Next == 0)
            level.Tail = node.Previous;
        else
            _nodes.Items[node.Next].Previous = node.Previous;
        if (level.Head != 0)
            return;
        _ladders[(int)level.Direction].Remove(level.Key);
        _levels.Return(node.Level);
    }
}
