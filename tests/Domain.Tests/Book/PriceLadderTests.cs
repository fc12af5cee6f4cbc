using Exchange.Domain.Book;

namespace Exchange.Domain.Tests.Book;

public sealed class PriceLadderTests
{
    private PriceLadder _ladder = new();

    [Fact]
    public void The_window_grows_to_hold_a_dense_book()
    {
        for (var key = 1; key <= 20_000; key++)
            Add(1_000_000 - key);

        Assert.Equal(65_536, _ladder.WindowSize);
        Assert.InRange(_ladder.FarCount, 0, 6000);
    }

    [Fact]
    public void The_window_never_grows_beyond_what_its_bitmap_can_mark()
    {
        for (var key = 1; key <= 600_000; key++)
            Add(10_000_000 - key);

        Assert.Equal(SlotBitmap.MaxSize, _ladder.WindowSize);
        AssertOrdered(600_000);
    }

    [Fact]
    public void Scattered_levels_do_not_make_the_window_grow()
    {
        for (var key = 1; key <= 20_000; key++)
            Add(key * 1_000_003L);

        Assert.Equal(1024, _ladder.WindowSize);
        AssertOrdered(20_000);
    }

    [Fact]
    public void The_window_follows_a_market_that_goes_up()
    {
        for (var key = 1; key <= 200; key++)
            Add(key);
        for (var key = 1; key <= 500; key++)
            Add(5_000_000 + key);

        Assert.Equal(5_000_500, _ladder.BestKey);
        Assert.Equal(200, _ladder.FarCount);
    }

    [Fact]
    public void The_window_follows_a_market_that_goes_down()
    {
        for (var key = 1; key <= 500; key++)
            Add(5_000_000 + key);
        for (var key = 1; key <= 500; key++)
            Add(key);
        for (var key = 500; key >= 1; key--)
            _ladder.Remove(5_000_000 + key);
        Add(501);

        Assert.Equal(501, _ladder.BestKey);
        Assert.Equal(0, _ladder.FarCount);
    }

    [Fact]
    public void An_order_far_from_all_others_does_not_move_the_window_by_itself()
    {
        for (var key = 1; key <= 500; key++)
            Add(5_000_000 + key);
        var farBefore = _ladder.FarCount;
        for (var i = 0; i < 20; i++)
        {
            Add(900_000_000);
            Assert.Equal(farBefore + 1, _ladder.FarCount);
            _ladder.Remove(900_000_000);
            Assert.Equal(5_000_500, _ladder.BestKey);
        }
    }

    [Theory]
    [InlineData(1, 3_000)]
    [InlineData(2, 100_000)]
    [InlineData(3, 1_000_000_000_000)]
    public void A_ladder_is_a_sorted_set_of_keys(int seed, long range)
    {
        var random = new Random(seed);
        var expected = new SortedSet<long>();
        for (var i = 0; i < 30_000; i++)
        {
            var key = random.NextInt64(-range, range) / random.Next(1, 50);
            if (expected.Remove(key))
                _ladder.Remove(key);
            else if (expected.Count < 3000 && expected.Add(key))
                Add(key);
            Assert.Equal(expected.Count == 0 ? long.MinValue : expected.Max, _ladder.BestKey);

            var probe = random.NextInt64(-range, range);
            var below = expected.GetViewBetween(long.MinValue, probe - 1);
            var level = _ladder.Below(probe, out var found);
            if (i % 10 == 0)
                Assert.Equal(below.Count == 0 ? (0, long.MinValue) : (LevelOf(below.Max), below.Max), (level, found));
        }
    }

    private void Add(long key)
    {
        Assert.Equal(0, _ladder.Find(key));
        _ladder.Insert(key, LevelOf(key));
        Assert.Equal(LevelOf(key), _ladder.Find(key));
    }

    private static int LevelOf(long key) => (int)(Math.Abs(key) % 1_000_000_007) + 1;

    private void AssertOrdered(int count)
    {
        var key = _ladder.BestKey;
        var seen = 0;
        for (var level = _ladder.BestLevel; level != 0; level = _ladder.Below(key, out key))
        {
            Assert.Equal(LevelOf(key), level);
            seen++;
        }

        Assert.Equal(count, seen);
    }
}
