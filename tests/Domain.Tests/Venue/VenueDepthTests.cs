using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Tests.Venue;

public sealed class VenueDepthTests
{
    private readonly VenueDepth _depth = Live(Levels((100, 5), (99, 7), (97, 9)), Levels((101, 4), (103, 6)));

    [Fact]
    public void A_buyer_meets_the_best_ask_and_a_seller_the_best_bid()
    {
        Assert.Equal((101, 4), Best(Side.Buy));
        Assert.Equal((100, 5), Best(Side.Sell));
    }

    [Fact]
    public void A_change_sets_the_lots_of_its_level()
    {
        _depth.Apply(Side.Buy, 99, 3, 2);
        _depth.Apply(Side.Buy, 98, 2, 2);
        Assert.Equal(Levels((100, 5), (99, 3), (98, 2), (97, 9)), Top(Side.Buy));
    }

    [Fact]
    public void No_lots_delete_the_level()
    {
        _depth.Apply(Side.Sell, 101, 0, 2);
        Assert.Equal((103, 6), Best(Side.Buy));
        _depth.Apply(Side.Sell, 103, 0, 2);
        Assert.False(_depth.TryBest(Side.Buy, out _, out _));
        _depth.Apply(Side.Sell, 110, 0, 2);
        Assert.Equal(0, _depth.Levels(Side.Sell));
    }

    [Fact]
    public void What_was_taken_stays_taken_until_the_level_is_updated()
    {
        _depth.Take(Side.Buy, 101, 3);
        Assert.Equal((101, 1), Best(Side.Buy));
        _depth.Apply(Side.Sell, 103, 8, 2);
        Assert.Equal((101, 1), Best(Side.Buy));
        _depth.Apply(Side.Sell, 101, 4, 3);
        Assert.Equal((101, 4), Best(Side.Buy));
    }

    [Fact]
    public void A_level_that_was_taken_whole_is_passed_over()
    {
        _depth.Take(Side.Sell, 100, 5);
        Assert.Equal((99, 7), Best(Side.Sell));
        Assert.Equal(Levels((99, 7), (97, 9)), Top(Side.Buy));
        _depth.Take(Side.Sell, 99, 7);
        _depth.Take(Side.Sell, 97, 9);
        Assert.False(_depth.TryBest(Side.Sell, out _, out _));
        _depth.Apply(Side.Buy, 99, 1, 2);
        Assert.Equal((99, 1), Best(Side.Sell));
    }

    [Fact]
    public void A_snapshot_gives_back_only_levels_that_it_shows_with_other_lots()
    {
        _depth.Take(Side.Sell, 100, 2);
        _depth.Take(Side.Sell, 99, 3);
        _depth.Take(Side.Buy, 101, 4);

        Apply(_depth, Levels((100, 5), (99, 8), (98, 1)), Levels((101, 4), (102, 2)));

        Assert.Equal(Levels((100, 3), (99, 8), (98, 1)), Top(Side.Buy));
        Assert.Equal(Levels((102, 2)), Top(Side.Sell));
    }

    [Fact]
    public void More_than_stands_there_cannot_be_taken()
    {
        Assert.Throws<InvalidOperationException>(() => _depth.Take(Side.Buy, 101, 5));
        Assert.Throws<InvalidOperationException>(() => _depth.Take(Side.Buy, 102, 1));
        Assert.Equal((101, 4), Best(Side.Buy));
    }

    [Theory]
    [InlineData(Side.Buy, 101, 100, 4)]
    [InlineData(Side.Buy, 102, 100, 4)]
    [InlineData(Side.Buy, 103, 100, 10)]
    [InlineData(Side.Buy, long.MaxValue, 9, 9)]
    [InlineData(Side.Buy, 100, 100, 0)]
    [InlineData(Side.Sell, 99, 100, 12)]
    [InlineData(Side.Sell, 1, 100, 21)]
    [InlineData(Side.Sell, 101, 100, 0)]
    public void Available_counts_what_the_limit_reaches(Side taker, long limit, long upTo, long expected) =>
        Assert.Equal(expected, _depth.Available(taker, limit, upTo));

    [Fact]
    public void Available_leaves_out_what_was_taken()
    {
        _depth.Take(Side.Sell, 100, 5);
        _depth.Take(Side.Sell, 97, 1);
        Assert.Equal(15, _depth.Available(Side.Sell, 1, 100));
    }

    [Theory]
    [InlineData(FeedState.Down)]
    [InlineData(FeedState.Stale)]
    [InlineData(FeedState.Resynchronising)]
    public void A_feed_that_is_not_live_offers_nothing_but_still_shows_its_book(FeedState state)
    {
        _depth.SetState(state, 2);
        Assert.False(_depth.TryBest(Side.Buy, out _, out _));
        Assert.Equal(0, _depth.Available(Side.Buy, long.MaxValue, 1));
        Assert.Equal(2, Top(Side.Sell).Length);
        _depth.SetState(FeedState.Live, 3);
        Assert.Equal((101, 4), Best(Side.Buy));
    }

    [Fact]
    public void Age_counts_from_the_last_word_of_the_venue()
    {
        _depth.Apply(Side.Buy, 99, 1, 1_000);
        Assert.True(_depth.IsUsable(3_000, 2_000));
        Assert.False(_depth.IsUsable(3_001, 2_000));
        _depth.SetState(FeedState.Live, 2_000);
        Assert.True(_depth.IsUsable(4_000, 2_000));
        _depth.SetState(FeedState.Stale, 4_000);
        Assert.False(_depth.IsUsable(4_000, 2_000));
    }

    public static TheoryData<DepthLevel[], DepthLevel[], DepthRefusal> BadSnapshots => new()
    {
        { Levels((101, 1)), Levels((101, 1)), DepthRefusal.Crossed },
        { Levels((102, 1)), Levels((101, 1)), DepthRefusal.Crossed },
        { Levels((0, 1)), Levels((101, 1)), DepthRefusal.AbsurdPrice },
        { Levels((100, 1)), Levels((-5, 1)), DepthRefusal.AbsurdPrice },
        { Levels((100, 1)), Levels((long.MaxValue, 1)), DepthRefusal.AbsurdPrice },
        { Levels((100, 0)), Levels((101, 1)), DepthRefusal.AbsurdLots },
        { Levels((100, -1)), Levels((101, 1)), DepthRefusal.AbsurdLots },
        { Levels((100, 1)), Levels((101, long.MaxValue)), DepthRefusal.AbsurdLots },
        { Levels((99, 1), (100, 1)), Levels((101, 1)), DepthRefusal.OutOfOrder },
        { Levels((100, 1)), Levels((102, 1), (102, 1)), DepthRefusal.OutOfOrder },
    };

    [Theory]
    [MemberData(nameof(BadSnapshots))]
    public void An_absurd_snapshot_is_refused_and_changes_nothing(DepthLevel[] bids, DepthLevel[] asks, DepthRefusal expected)
    {
        Assert.Equal(expected, _depth.ApplySnapshot(bids, asks, 2));
        Assert.Equal(Levels((100, 5), (99, 7), (97, 9)), Top(Side.Buy));
        Assert.Equal(1, _depth.UpdatedAtMs);
    }

    [Theory]
    [InlineData(0, 1, DepthRefusal.AbsurdPrice)]
    [InlineData(-1, 1, DepthRefusal.AbsurdPrice)]
    [InlineData(long.MaxValue, 1, DepthRefusal.AbsurdPrice)]
    [InlineData(98, -1, DepthRefusal.AbsurdLots)]
    [InlineData(98, long.MaxValue, DepthRefusal.AbsurdLots)]
    public void An_absurd_change_is_refused_and_changes_nothing(long price, long lots, DepthRefusal expected)
    {
        Assert.Equal(expected, _depth.Apply(Side.Buy, price, lots, 2));
        Assert.Equal(Levels((100, 5), (99, 7), (97, 9)), Top(Side.Buy));
        Assert.Equal(1, _depth.UpdatedAtMs);
    }

    [Fact]
    public void A_snapshot_may_have_an_empty_side()
    {
        Apply(_depth, [], Levels((50, 1)));
        Assert.False(_depth.TryBest(Side.Sell, out _, out _));
        Assert.Equal((50, 1), Best(Side.Buy));
    }

    [Fact]
    public void The_newer_level_wins_over_those_it_crosses()
    {
        _depth.Apply(Side.Buy, 102, 3, 2);
        Assert.Equal((102, 3), Best(Side.Sell));
        Assert.Equal((103, 6), Best(Side.Buy));
        Assert.Equal(1, _depth.Displaced);
    }

    [Fact]
    public void A_move_of_both_sides_ends_in_the_venues_book_in_either_order()
    {
        DepthChange[] up =
        [
            new(Side.Buy, 103, 2), new(Side.Sell, 101, 0), new(Side.Sell, 103, 0), new(Side.Sell, 104, 8), new(Side.Buy, 97, 0),
        ];
        _depth.Apply(up, 2);
        var reversed = Live(Levels((100, 5), (99, 7), (97, 9)), Levels((101, 4), (103, 6)));
        Array.Reverse(up);
        reversed.Apply(up, 2);

        Assert.Equal(Levels((103, 2), (100, 5), (99, 7)), Top(Side.Buy));
        Assert.Equal(Levels((104, 8)), Top(Side.Sell));
        Assert.Equal(Top(Side.Buy), Top(Side.Buy, reversed));
        Assert.Equal(Top(Side.Sell), Top(Side.Sell, reversed));
    }

    [Fact]
    public void Levels_beyond_the_capacity_are_dropped_worst_first()
    {
        var small = new VenueDepth(capacity: 3);
        small.SetState(FeedState.Live, 1);
        Apply(small, Levels((100, 1), (99, 2), (98, 3), (97, 4)), []);
        Assert.Equal(Levels((100, 1), (99, 2), (98, 3)), Top(Side.Buy, small));
        small.Apply(Side.Buy, 97, 4, 2);
        Assert.Equal(Levels((100, 1), (99, 2), (98, 3)), Top(Side.Buy, small));
        small.Apply(Side.Buy, 101, 5, 2);
        Assert.Equal(Levels((101, 5), (100, 1), (99, 2)), Top(Side.Buy, small));
    }

    [Fact]
    public void Updates_allocate_nothing()
    {
        var changes = new DepthChange[1_000];
        for (int i = 0; i < changes.Length; i++)
            changes[i] = new DepthChange(i % 2 == 0 ? Side.Buy : Side.Sell, i % 2 == 0 ? 100 - (i % 60) : 101 + (i % 60), i % 5);
        _depth.Apply(changes, 2);

        long before = GC.GetAllocatedBytesForCurrentThread();
        _depth.Apply(changes, 3);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private (long Price, long Lots) Best(Side taker)
    {
        Assert.True(_depth.TryBest(taker, out long price, out long lots));
        return (price, lots);
    }

    private DepthLevel[] Top(Side side, VenueDepth? depth = null)
    {
        var levels = new DepthLevel[50];
        return levels[..(depth ?? _depth).CopyTop(side, levels)];
    }

    private static VenueDepth Live(DepthLevel[] bids, DepthLevel[] asks)
    {
        var depth = new VenueDepth();
        Apply(depth, bids, asks);
        depth.SetState(FeedState.Live, 1);
        return depth;
    }

    private static void Apply(VenueDepth depth, DepthLevel[] bids, DepthLevel[] asks) =>
        Assert.Equal(DepthRefusal.None, depth.ApplySnapshot(bids, asks, 1));

    private static DepthLevel[] Levels(params (long Price, long Lots)[] levels) =>
        Array.ConvertAll(levels, level => new DepthLevel(level.Price, level.Lots));
}
