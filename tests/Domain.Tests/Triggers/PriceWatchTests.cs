using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Triggers;

public sealed class PriceWatchTests
{
    private const TriggerDirection Falling = TriggerDirection.Falling;
    private const TriggerDirection Rising = TriggerDirection.Rising;

    private readonly List<Trigger> _fired = [];
    private PriceWatch _watch = new(Falling);
    private PricePath _last = PricePath.At(100);

    [Fact]
    public void A_rise_on_the_whole_was_low_first()
    {
        _watch.Arm(new Trigger(1, 0, Rising, 110));
        _watch.Arm(new Trigger(2, 0, Falling, 90));

        Assert.Equal([2, 1], Walk(low: 90, high: 110, last: 105));
    }

    [Fact]
    public void A_fall_on_the_whole_was_high_first()
    {
        _watch.Arm(new Trigger(2, 0, Falling, 90));
        _watch.Arm(new Trigger(1, 0, Rising, 110));

        Assert.Equal([1, 2], Walk(low: 90, high: 110, last: 95));
    }

    [Fact]
    public void A_price_that_came_back_was_low_first()
    {
        _watch.Arm(new Trigger(1, 0, Rising, 110));
        _watch.Arm(new Trigger(2, 0, Falling, 90));

        Assert.Equal([2, 1], Walk(low: 90, high: 110, last: 100));
    }

    [Fact]
    public void What_the_price_is_already_beyond_fires_on_the_first_tick()
    {
        _watch.Arm(new Trigger(1, 0, Falling, 150));
        _watch.Arm(new Trigger(2, 0, Rising, 50));

        Assert.Equal([1, 2], Walk(low: 100, high: 100, last: 100));
    }

    [Fact]
    public void A_trigger_that_is_armed_again_on_one_leg_can_fire_on_the_next()
    {
        _watch.Arm(new Trigger(1, 0, Falling, 90));

        var fired = Walk(low: 90, high: 110, last: 105, trigger =>
            _watch.Arm(trigger.Level == 90 ? new Trigger(1, 0, Rising, 108) : new Trigger(1, 0, Falling, 106)));

        Assert.Equal([1, 1, 1], fired);
    }

    [Fact]
    public void A_trailing_stop_follows_the_high_and_stays_when_the_price_falls()
    {
        Trail(1, TrailUnit.Ticks, 10);

        Assert.Empty(Walk(120));
        Assert.Empty(Walk(111));
        Assert.Equal(110, LevelOf(1));
        Assert.Equal([1], Walk(110));
        Assert.Equal(0, _watch.Count);
    }

    [Fact]
    public void A_trailing_stop_that_follows_lows_rises_to_its_level()
    {
        _watch = new PriceWatch(Rising);
        _watch.Arm(new TrailingStop(1, 3, Rising, TrailUnit.Ticks, 10, 100));

        Assert.Empty(Walk(80));
        Assert.Empty(Walk(89));
        Assert.Equal([1], Walk(90));
        Assert.Equal(new Trigger(1, 3, Rising, 90), _fired[0]);
    }

    [Theory]
    [InlineData(40_000, 700, 45_500, 42_315)]
    [InlineData(42_000, 750, 46_500, 43_012)]
    public void A_distance_in_basis_points_is_taken_off_the_highest_price(long armedAt, long points, long high, long level)
    {
        _last = PricePath.At(armedAt);
        Trail(1, TrailUnit.BasisPoints, points);

        Walk(high);

        Assert.Empty(Walk(level + 1));
        Assert.Equal([1], Walk(level));
    }

    [Fact]
    public void A_stop_armed_lower_has_its_own_high()
    {
        Trail(1, TrailUnit.Ticks, 30);
        Walk(80);
        Trail(2, TrailUnit.Ticks, 5);
        Walk(90);

        Assert.Equal((70, 85), (LevelOf(1), LevelOf(2)));
        Walk(101);
        Assert.Equal((71, 96), (LevelOf(1), LevelOf(2)));
        Assert.Equal([2, 1], Walk(60));
    }

    [Fact]
    public void A_high_that_was_reached_before_the_low_counts()
    {
        Trail(1, TrailUnit.Ticks, 10);

        Assert.Equal([1], Walk(low: 99, high: 110, last: 99));
        Assert.Equal(100, _fired[0].Level);
    }

    [Fact]
    public void A_high_that_was_reached_after_the_low_counts_for_the_way_back_only()
    {
        Trail(1, TrailUnit.Ticks, 10);

        Assert.Empty(Walk(low: 95, high: 106, last: 101));
        Assert.Equal([1], Walk(96));
    }

    [Fact]
    public void A_gap_fires_fixed_and_trailing_stops_in_the_order_of_their_levels()
    {
        _watch.Arm(new Trigger(1, 0, Falling, 95));
        Trail(2, TrailUnit.Ticks, 3);
        Trail(3, TrailUnit.Ticks, 7);
        Trail(4, TrailUnit.BasisPoints, 600);
        Trail(5, TrailUnit.Ticks, 3);

        Assert.Equal([2, 5, 1, 4, 3], Walk(50));
        _watch.Validate();
    }

    [Fact]
    public void A_cancelled_trailing_stop_does_not_fire_and_the_next_takes_over()
    {
        Trail(1, TrailUnit.Ticks, 3);
        Trail(2, TrailUnit.Ticks, 5);
        Trail(3, TrailUnit.Ticks, 4);

        Assert.True(_watch.Cancel(1, 3));
        Assert.False(_watch.Cancel(1, 3));
        Assert.Equal([3, 2], Walk(80));
    }

    [Fact]
    public void A_stop_that_fires_may_cancel_others_of_its_level()
    {
        Trail(1, TrailUnit.Ticks, 3);
        Trail(2, TrailUnit.Ticks, 3);

        Assert.Equal([1], Walk(90, _ => _watch.Cancel(2, 3)));
        Assert.Equal(0, _watch.Count);
        _watch.Validate();
    }

    [Fact]
    public void A_trailing_stop_armed_again_while_it_fires_at_its_own_level_waits()
    {
        Trail(1, TrailUnit.Ticks, 3);

        var fired = Walk(90, trigger => _watch.Arm(new TrailingStop(1, 3, Falling, TrailUnit.Ticks, 3, trigger.Level + 3)));

        Assert.Equal([1], fired);
        Assert.Equal(97, LevelOf(1));
        Assert.Equal([1], Walk(90));
    }

    [Fact]
    public void A_fixed_trigger_and_a_trailing_stop_of_the_same_name_replace_each_other()
    {
        Trail(1, TrailUnit.Ticks, 3);
        _watch.Arm(new Trigger(1, 3, Falling, 50));
        Assert.Equal(1, _watch.Count);

        Trail(1, TrailUnit.BasisPoints, 300);
        Assert.Equal((1, 1), (_watch.Count, _watch.TrailingCount));
        Trail(1, TrailUnit.Ticks, 4);
        Assert.Equal((1, 96), (_watch.Count, LevelOf(1)));
    }

    [Theory]
    [InlineData(101, 100, 100)]
    [InlineData(90, 100, 95)]
    [InlineData(0, 0, 0)]
    public void A_path_that_cannot_be_is_an_error(long low, long high, long last)
    {
        var path = new PricePath(100, low, high, last == 95 ? 80 : last);
        var sink = new Fired(_fired);

        Assert.Throws<ArgumentOutOfRangeException>(() => _watch.Fire(path, ref sink));
    }

    private void Trail(long id, TrailUnit unit, long distance) =>
        _watch.Arm(new TrailingStop(id, 3, Falling, unit, distance, _last.Last));

    private long LevelOf(long id) => _watch.TryGet(id, 3, out TrailingStop stop) ? stop.Level : 0;

    private List<long> Walk(long price, Action<Trigger>? reaction = null) => Walk(price, price, price, reaction);

    private List<long> Walk(long low, long high, long last, Action<Trigger>? reaction = null)
    {
        _fired.Clear();
        _last = new PricePath(_last.Last, low, high, last);
        var sink = new Fired(_fired, reaction);
        Assert.Equal(_watch.Fire(_last, ref sink), _fired.Count);
        return [.. _fired.Select(trigger => trigger.Id)];
    }
}
