using Exchange.Domain.Venue;

namespace Exchange.Domain.Tests.Venue;

public sealed class MergedDepthTests
{
    [Fact]
    public void Lots_at_the_same_price_add_up()
    {
        var (bids, asks) = Merge(
            Levels((100, 1), (98, 2)), Levels((102, 3)), Levels((100, 10), (99, 20)), Levels((101, 30), (102, 40)));
        Assert.Equal(Levels((100, 11), (99, 20), (98, 2)), bids);
        Assert.Equal(Levels((101, 30), (102, 43)), asks);
    }

    [Fact]
    public void Either_book_alone_is_shown_as_it_is()
    {
        var book = Levels((100, 1), (99, 2));
        Assert.Equal(book, Merge(book, [], [], []).Bids);
        Assert.Equal(book, Merge([], [], book, []).Bids);
        Assert.Empty(Merge([], [], [], []).Asks);
    }

    [Fact]
    public void Venue_levels_that_cross_users_orders_are_left_out()
    {
        var (bids, asks) = Merge(
            Levels((100, 1)), Levels((105, 1)), Levels((106, 9), (105, 9), (104, 9)), Levels((99, 9), (100, 9), (101, 9)));
        Assert.Equal(Levels((104, 9), (100, 1)), bids);
        Assert.Equal(Levels((101, 9), (105, 1)), asks);
    }

    [Fact]
    public void Only_as_many_levels_as_there_is_room_for()
    {
        var bids = new DepthLevel[2];
        var counts = MergedDepth.Merge(Levels((100, 1), (97, 1)), [], Levels((99, 1), (98, 1)), [], bids, []);
        Assert.Equal((2, 0), counts);
        Assert.Equal(Levels((100, 1), (99, 1)), bids);
    }

    [Fact]
    public void The_merged_book_is_never_crossed_and_always_sorted()
    {
        for (int seed = 1; seed <= 2_000; seed++)
        {
            var random = new Random(seed);
            var (userBids, userAsks) = RandomBook(random);
            var (venueBids, venueAsks) = RandomBook(random);
            var (bids, asks) = Merge(userBids, userAsks, venueBids, venueAsks);

            bool crossed = bids.Length > 0 && asks.Length > 0 && bids[0].Price >= asks[0].Price;
            bool sorted = bids.Zip(bids.Skip(1)).All(pair => pair.First.Price > pair.Second.Price)
                && asks.Zip(asks.Skip(1)).All(pair => pair.First.Price < pair.Second.Price);
            bool complete = userBids.All(user => bids.Any(level => level.Price == user.Price && level.Lots >= user.Lots));
            Assert.True(!crossed && sorted && complete, $"seed {seed}");
        }
    }

    private static (DepthLevel[] Bids, DepthLevel[] Asks) RandomBook(Random random)
    {
        int middle = random.Next(90, 110);
        var bids = Enumerable.Range(0, random.Next(8)).Select(i => new DepthLevel(middle - (2 * i), random.Next(1, 9)));
        var asks = Enumerable.Range(0, random.Next(8)).Select(i => new DepthLevel(middle + 1 + i, random.Next(1, 9)));
        return ([.. bids], [.. asks]);
    }

    private static (DepthLevel[] Bids, DepthLevel[] Asks) Merge(
        DepthLevel[] userBids, DepthLevel[] userAsks, DepthLevel[] venueBids, DepthLevel[] venueAsks)
    {
        var bids = new DepthLevel[20];
        var asks = new DepthLevel[20];
        var counts = MergedDepth.Merge(userBids, userAsks, venueBids, venueAsks, bids, asks);
        return (bids[..counts.Bids], asks[..counts.Asks]);
    }

    private static DepthLevel[] Levels(params (long Price, long Lots)[] levels) =>
        Array.ConvertAll(levels, level => new DepthLevel(level.Price, level.Lots));
}
