using Exchange.Domain.Book;

namespace Exchange.Domain.Triggers;

public sealed partial class TriggerIndex
{
    public void Validate()
    {
        var armed = ValidateDirection(TriggerDirection.Falling) + ValidateDirection(TriggerDirection.Rising);
        Invariant.Holds(armed == Count, "every trigger is armed once");
    }

    private int ValidateDirection(TriggerDirection direction)
    {
        ref var ladder = ref _ladders[(int)direction];
        var armed = 0;
        var levels = 0;
        var key = ladder.BestKey;
        for (var at = ladder.BestLevel; at != 0;)
        {
            Invariant.Holds(IsLevel(at, key, direction), "a level knows its price and is not empty");
            ladder.Validate(key, at);
            armed += ValidateLevel(at);
            levels++;
            var previous = key;
            at = ladder.Below(key, out key);
            Invariant.Holds(at == 0 || key < previous, "levels are in order");
        }

        Invariant.Holds(levels == ladder.Count, "every level is reached from the nearest");
        return armed;
    }

    private int ValidateLevel(int at)
    {
        var armed = 0;
        var previous = 0;
        for (var number = _levels.Items[at].Head; number != 0; number = _nodes.Items[number].Next)
        {
            ref var node = ref _nodes.Items[number];
            AsTrigger(number).ThrowIfInvalid();
            Invariant.Holds(node.Previous == previous && node.Level == at, "a queue links both ways");
            Invariant.Holds(_index.Find(node.Key, _nodes.Items) == number, "a trigger is found by its name");
            Invariant.Holds(node.Stamp <= _lastStamp, "nothing was armed in the future");
            previous = number;
            armed++;
        }

        Invariant.Holds(_levels.Items[at].Tail == previous, "a queue ends where its level says");
        return armed;
    }
}
