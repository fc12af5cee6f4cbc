using Exchange.Domain.Orders;

namespace Exchange.Domain.Book;

public sealed partial class LadderOrderBook
{
    public void Validate()
    {
        Invariant.Holds(_icebergs.Items[0].Hidden == 0 && _icebergs.Items[0].Display == 0, "no order is no iceberg");
        Invariant.Holds(ValidateSide(Side.Buy) + ValidateSide(Side.Sell) == Count, "every order rests once");
    }

    private int ValidateSide(Side side)
    {
        ref var ladder = ref _ladders[(int)side];
        var orders = 0;
        var levels = 0;
        var key = ladder.BestKey;
        for (var at = ladder.BestLevel; at != 0;)
        {
            Invariant.Holds(_levels.Items[at].Key == key && _levels.Items[at].Side == side, "a level knows its price");
            ladder.Validate(key, at);
            orders += ValidateLevel(at);
            levels++;
            var previous = key;
            at = ladder.Below(key, out key);
            Invariant.Holds(at == 0 || key < previous, "levels are in order");
        }

        Invariant.Holds(levels == ladder.Count, "every level is reached from the best");
        return orders;
    }

    private int ValidateLevel(int at)
    {
        ref var level = ref _levels.Items[at];
        long lots = 0, hidden = 0;
        int orders = 0, previous = 0;
        for (var number = level.Head; number != 0; number = _nodes.Items[number].Next)
        {
            ref var node = ref _nodes.Items[number];
            AsResting(node).ThrowIfInvalid();
            Invariant.Holds(node.Previous == previous && node.Level == at, "a queue links both ways");
            Invariant.Holds(_index.Find(node.Id, _nodes.Items) == number, "an order is found by its id");
            lots += node.Lots;
            hidden += TotalLots(node) - node.Lots;
            previous = number;
            orders++;
        }

        Invariant.Holds(orders > 0 && level.Tail == previous, "no level is empty and its queue ends where it says");
        Invariant.Holds(lots == level.Lots && hidden == level.Hidden, "a level's lots are the sum of its orders'");
        return orders;
    }
}
