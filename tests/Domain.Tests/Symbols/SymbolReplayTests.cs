using Exchange.Domain.Candles;
using Exchange.Domain.Orders;
using Exchange.Domain.Symbols;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Tests.Symbols;

public sealed class SymbolReplayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_journal_alone_gives_the_same_state_as_having_been_there(int seed)
    {
        var (rig, _, _) = RandomDay(seed);
        AssertSame(rig.State, rig.Replayed(), $"seed {seed}");
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void A_snapshot_and_what_followed_give_the_same_state(int seed)
    {
        var (rig, snapshot, records) = RandomDay(seed);
        AssertSame(rig.State, rig.RestoredFrom(snapshot, records), $"seed {seed}");
    }

    private static (SymbolRig Rig, byte[] Snapshot, int Records) RandomDay(int seed)
    {
        var random = new Random(seed);
        var rig = new SymbolRig(SymbolRig.Btc);
        var snapshot = SymbolSnapshot.Write(rig.State);
        var records = 0;
        for (var step = 0; step < 3_000; step++)
        {
            Step(rig, random);
            if (random.Next(1_000) == 0)
                (snapshot, records) = (SymbolSnapshot.Write(rig.State), rig.Journal.Count);
        }

        rig.PassSecond();
        rig.State.Book.Validate();
        return (rig, snapshot, records);
    }

    private static void Step(SymbolRig rig, Random random)
    {
        rig.NowMs += random.Next(200);
        var live = rig.State.Orders.Live.ToArray();
        switch (random.Next(12))
        {
            case < 2 when live.Length > 0:
                rig.Cancel(live[random.Next(live.Length)]);
                break;
            case 2:
                MoveVenue(rig, random);
                break;
            case 10:
                rig.VenueTrades((Side)random.Next(2), 100_000 + random.Next(-5, 5), 1 + random.Next(30), mayFill: random.Next(5) > 0);
                break;
            case 11:
                rig.PassSecond();
                break;
            case 3:
                rig.Record(desk => desk.Tombstone(1, OrderIds.Create(1, 1_000_000 + random.Next(1_000_000))));
                break;
            default:
                PlaceRandom(rig, random);
                break;
        }
    }

    private static void MoveVenue(SymbolRig rig, Random random)
    {
        var middle = 100_000 + random.Next(-20, 20);
        if (random.Next(8) == 0)
            rig.Venue.SetState(FeedState.Down, rig.NowMs);
        else if (random.Next(2) == 0)
            rig.Show([(middle - 1, 1 + random.Next(50)), (middle - 3, 100)], [(middle + 1, 1 + random.Next(50)), (middle + 2, 100)]);
        else
            rig.Show(Side.Buy, 99_980 + random.Next(10), random.Next(80));
    }

    private static void PlaceRandom(SymbolRig rig, Random random)
    {
        var isMarket = random.Next(8) == 0;
        var isMaker = !isMarket && random.Next(8) == 0;
        var isIceberg = !isMarket && random.Next(6) == 0;
        var lots = 1 + random.Next(60);
        rig.Submit(
            account: 1 + random.Next(4),
            (Side)random.Next(2),
            isMarket ? 0 : 100_000 + random.Next(-25, 25),
            lots,
            isMarket ? OrderType.Market : isMaker ? OrderType.LimitMaker : OrderType.Limit,
            isMarket || isMaker || isIceberg ? TimeInForce.GoodTillCancelled : (TimeInForce)random.Next(3),
            isIceberg ? 1 + random.Next(lots) : 0,
            selfTrade: (SelfTradePrevention)random.Next(5),
            meetsVenue: random.Next(2) == 0);
    }

    private static void AssertSame(SymbolState expected, SymbolState actual, string because)
    {
        actual.Book.Validate();
        Assert.True(expected.Book.StateHash() == actual.Book.StateHash(), because);
        Assert.Equal(
            expected.Orders.Live.Select(Describe).Order(),
            actual.Orders.Live.Select(Describe).Order());
        Assert.Equal(expected.Outbox.All(), actual.Outbox.All());
        Assert.Equal(expected.History.Tape(1_000), actual.History.Tape(1_000));
        Assert.Equal(expected.History.NextTradeId(0), actual.History.NextTradeId(0));
        Assert.Equal(
            expected.History.Candles(CandleInterval.OneMinute, 1_000),
            actual.History.Candles(CandleInterval.OneMinute, 1_000));
        AssertSameAtVenue(expected, actual, because);
    }

    /// <summary>
    /// The venue shows the same book again: every order is where it was, and what had been taken is still taken. So is a
    /// level that the venue refreshed with as many lots as before, for the journal does not know of that.
    /// </summary>
    private static void AssertSameAtVenue(SymbolState expected, SymbolState actual, string because)
    {
        Assert.True(expected.Queue.Places().SequenceEqual(actual.Queue.Places()), because);
        actual.Venue.ApplySnapshot(Shown(expected, Side.Buy), Shown(expected, Side.Sell), 1);
        Assert.True(expected.Venue.Taken().All(actual.Venue.Taken().Contains), because);
    }

    private static DepthLevel[] Shown(SymbolState state, Side side)
    {
        var prices = Enumerable.Range(99_900, 200).Select(price => new DepthLevel(price, state.Venue.ShownAt(side, price)));
        return [.. prices.Where(level => level.Lots > 0).OrderBy(level => side == Side.Buy ? -level.Price : level.Price)];
    }

    private static string Describe(LiveOrder live) => $"{live.Order} {live.FilledLots} {live.FilledQuote}";
}
