using System.Runtime.CompilerServices;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Book;

public sealed partial class LadderOrderBook
{
    public void Take<TSink>(ref Taker taker, long limitPrice, ref TSink sink)
        where TSink : struct, IBookSink
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limitPrice);
        var side = taker.Side.Opposite();
        var limit = Level.KeyOf(side, limitPrice);
        ref var ladder = ref _ladders[(int)side];
        while (ladder.BestKey >= limit && taker.Walks)
            TakeLevel(ladder.BestLevel, ref taker, ref sink);
    }

    public long Available(in Taker taker, long limitPrice, out long stoppedAt)
    {
        var side = taker.Side.Opposite();
        var limit = Level.KeyOf(side, limitPrice);
        ref var ladder = ref _ladders[(int)side];
        var lots = 0L;
        stoppedAt = 0;
        var key = ladder.BestKey;
        for (var at = ladder.BestLevel; at != 0 && key >= limit && lots < taker.Lots; at = ladder.Below(key, out key))
        {
            lots += Math.Min(AvailableAt(_levels.Items[at], taker, out var stops), taker.Lots - lots);
            if (!stops)
                continue;
            stoppedAt = lots < taker.Lots ? Level.KeyOf(side, key) : 0;
            break;
        }

        return lots;
    }

    private void TakeLevel<TSink>(int at, ref Taker taker, ref TSink sink)
        where TSink : struct, IBookSink
    {
        ref var level = ref _levels.Items[at];
        var nodes = _nodes.Items;
        var price = level.Price;
        while (taker.Walks)
        {
            var number = level.Head;
            ref var maker = ref nodes[number];
            if (taker.MustNotMeet(maker.Account))
            {
                if (Prevent(ref maker, price, ref taker, ref sink))
                    return;
                continue;
            }

            var lots = taker.Want(price, maker.Lots);
            if (lots == 0)
                return;
            taker.Fill(price, lots);
            level.Lots -= lots;
            maker.Lots -= lots;
            if (maker.Lots != 0)
            {
                sink.Traded(maker.Id, maker.Account, price, lots, TotalLots(maker));
            }
            else if (maker.Iceberg != 0 && _icebergs.Items[maker.Iceberg].Hidden != 0)
            {
                Replenish(ref level, ref maker, number);
                sink.Traded(maker.Id, maker.Account, price, lots, TotalLots(maker));
            }
            else
            {
                RemoveHead(ref level, ref maker, number);
                sink.Traded(maker.Id, maker.Account, price, lots, 0);
                if (level.Head != 0)
                    continue;
                DropLevel(at);
                return;
            }
        }
    }

    private void RemoveHead(ref Level level, ref Node maker, int number)
    {
        _index.Remove(maker.Id, _nodes.Items);
        if (maker.Iceberg != 0)
            _icebergs.Return(maker.Iceberg);
        level.Head = maker.Next;
        if (maker.Next == 0)
            level.Tail = 0;
        else
            _nodes.Items[maker.Next].Previous = 0;
        _nodes.Return(number);
    }

    /// <summary>Deals with the taker's own order at the head of a level. True when that was the level's last.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Prevent<TSink>(ref Node maker, long price, ref Taker taker, ref TSink sink)
        where TSink : struct, IBookSink
    {
        var at = maker.Level;
        var total = TotalLots(maker);
        switch (taker.Prevention)
        {
            case SelfTradePrevention.Decrement:
                var lots = taker.Want(price, total);
                if (lots == 0)
                    break;
                taker.Decrement(price, lots);
                Reduce(ref maker, lots);
                sink.Decremented(maker.Id, maker.Account, lots, total - lots);
                break;
            case SelfTradePrevention.ExpireTaker:
                taker.ExpireBySelfTrade();
                break;
            default:
                if (taker.Prevention == SelfTradePrevention.ExpireBoth)
                    taker.ExpireBySelfTrade();
                Remove(maker.Id);
                sink.MakerExpired(maker.Id, maker.Account, total);
                break;
        }

        return _levels.Items[at].Head == 0;
    }

    /// <summary>
    /// A level without own orders gives all it has. Where an own order would stop the taker, only what is displayed
    /// ahead of it counts: the hidden lots of an iceberg come back behind it.
    /// </summary>
    private long AvailableAt(in Level level, in Taker taker, out bool stops)
    {
        stops = false;
        var all = level.Lots + level.Hidden;
        if (taker.Prevention == SelfTradePrevention.None)
            return all;
        var ahead = 0L;
        for (var number = level.Head; number != 0; number = _nodes.Items[number].Next)
        {
            ref var maker = ref _nodes.Items[number];
            if (!taker.MustNotMeet(maker.Account))
            {
                ahead += maker.Lots;
            }
            else if (taker.Prevention != SelfTradePrevention.ExpireMaker)
            {
                stops = true;
                return ahead;
            }
            else
            {
                all -= TotalLots(maker);
            }
        }

        return all;
    }
}
