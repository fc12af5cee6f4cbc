using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Triggers;

public sealed class NaiveTriggerIndexTests() : TriggerIndexTests(new NaiveTriggerIndex());

public sealed class LadderTriggerIndexTests() : TriggerIndexTests(new TriggerIndex());

/// <summary>What both indices must do.</summary>
public abstract class TriggerIndexTests(ITriggerIndex index)
{
    private const TriggerDirection Falling = TriggerDirection.Falling;
    private const TriggerDirection Rising = TriggerDirection.Rising;

    private readonly List<Trigger> _fired = [];

    [Fact]
    public void A_falling_trigger_fires_at_its_level_and_not_before()
    {
        Arm(1, Falling, 90);

        Assert.Empty(Fire(Falling, 91));
        Assert.Equal([1], Fire(Falling, 90));
        Assert.Equal(0, index.Count);
    }

    [Fact]
    public void A_rising_trigger_fires_at_its_level_and_not_before()
    {
        Arm(1, Rising, 110);

        Assert.Empty(Fire(Rising, 109));
        Assert.Equal([1], Fire(Rising, 110));
    }

    [Fact]
    public void A_trigger_fires_once()
    {
        Arm(1, Falling, 90);

        Assert.Equal([1], Fire(Falling, 80));
        Assert.Empty(Fire(Falling, 70));
    }

    [Fact]
    public void A_gap_fires_falling_triggers_from_the_highest_down()
    {
        Arm(1, Falling, 70);
        Arm(2, Falling, 90);
        Arm(3, Falling, 80);
        Arm(4, Falling, 60);

        Assert.Equal([2, 3, 1], Fire(Falling, 65));
    }

    [Fact]
    public void A_gap_fires_rising_triggers_from_the_lowest_up()
    {
        Arm(1, Rising, 130);
        Arm(2, Rising, 110);
        Arm(3, Rising, 120);
        Arm(4, Rising, 140);

        Assert.Equal([2, 3, 1], Fire(Rising, 135));
    }

    [Fact]
    public void Within_a_level_the_first_armed_fires_first()
    {
        Arm(3, Falling, 90);
        Arm(1, Falling, 90);
        Arm(2, Falling, 90);

        Assert.Equal([3, 1, 2], Fire(Falling, 90));
    }

    [Fact]
    public void One_id_has_a_trigger_in_each_slot()
    {
        index.Arm(new Trigger(7, 1, Falling, 90));
        index.Arm(new Trigger(7, 2, Rising, 110));

        Assert.True(index.Cancel(7, 1));
        Assert.False(index.Cancel(7, 1));
        Assert.True(index.TryGet(7, 2, out var left));
        Assert.Equal(new Trigger(7, 2, Rising, 110), left);
    }

    [Fact]
    public void A_cancelled_trigger_does_not_fire()
    {
        Arm(1, Falling, 90);
        Arm(2, Falling, 90);
        index.Cancel(1, 0);

        Assert.Equal([2], Fire(Falling, 1));
    }

    [Fact]
    public void A_moved_trigger_waits_behind_the_others_of_its_new_level()
    {
        Arm(1, Falling, 90);
        Arm(2, Falling, 80);
        Arm(1, Falling, 80);

        Assert.Empty(Fire(Falling, 85));
        Assert.Equal([2, 1], Fire(Falling, 80));
    }

    [Fact]
    public void Arming_at_the_same_level_again_keeps_the_place()
    {
        Arm(1, Falling, 90);
        Arm(2, Falling, 90);
        Arm(1, Falling, 90);

        Assert.Equal([1, 2], Fire(Falling, 90));
    }

    [Fact]
    public void A_trigger_can_change_its_direction()
    {
        Arm(1, Falling, 100);
        Arm(1, Rising, 100);

        Assert.Empty(Fire(Falling, 1));
        Assert.Equal([1], Fire(Rising, 100));
    }

    [Fact]
    public void The_nearest_level_of_each_direction_is_known()
    {
        Assert.False(index.TryNearest(Falling, out _));
        Arm(1, Falling, 90);
        Arm(2, Falling, 95);
        Arm(3, Rising, 105);
        Arm(4, Rising, 101);

        Assert.True(index.TryNearest(Falling, out var below));
        Assert.True(index.TryNearest(Rising, out var above));
        Assert.Equal((95, 101), (below, above));
    }

    [Fact]
    public void A_sink_may_cancel_what_has_yet_to_fire()
    {
        Arm(1, Falling, 90);
        Arm(2, Falling, 90);
        Arm(3, Falling, 80);

        Assert.Equal([1], Fire(Falling, 80, trigger => { index.Cancel(2, 0); index.Cancel(3, 0); }));
        Assert.Equal(0, index.Count);
    }

    [Fact]
    public void What_is_armed_further_along_the_way_fires_too()
    {
        Arm(1, Falling, 90);

        Assert.Equal([1, 1, 1], Fire(Falling, 70, trigger => Arm(1, Falling, trigger.Level - 10)));
        Assert.True(index.TryGet(1, 0, out var left));
        Assert.Equal(60, left.Level);
    }

    [Fact]
    public void What_is_armed_at_or_behind_the_level_being_fired_waits_for_the_next_call()
    {
        Arm(1, Falling, 90);
        Arm(2, Falling, 90);

        Assert.Equal([1, 2], Fire(Falling, 70, trigger => Arm(trigger.Id, Falling, trigger.Level + trigger.Id - 1)));
        Assert.Equal([2, 1], Fire(Falling, 70));
    }

    [Fact]
    public void A_trigger_moved_away_and_back_while_its_level_fires_waits()
    {
        Arm(1, Rising, 110);
        Arm(2, Rising, 110);

        Assert.Equal([1], Fire(Rising, 110, _ => { Arm(2, Rising, 500); Arm(2, Rising, 110); }));
        Assert.Equal([2], Fire(Rising, 110));
    }

    [Fact]
    public void Any_price_can_be_watched()
    {
        Arm(1, Falling, 1);
        Arm(2, Falling, Trigger.LevelMax);
        Arm(3, Rising, 1);
        Arm(4, Rising, Trigger.LevelMax);
        index.Validate();

        Assert.Equal([2, 1], Fire(Falling, 1));
        Assert.Equal([3, 4], Fire(Rising, Trigger.LevelMax));
    }

    [Theory]
    [InlineData(0, 0, 100)]
    [InlineData(Trigger.IdMax + 1, 0, 100)]
    [InlineData(1, -1, 100)]
    [InlineData(1, 16, 100)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 0, Trigger.LevelMax + 1)]
    public void What_cannot_be_a_trigger_is_not_armed(long id, int slot, long level)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Arm(new Trigger(id, slot, Falling, level)));
        Assert.Equal(0, index.Count);
    }

    [Fact]
    public void Arming_what_is_enumerated_restores_the_index()
    {
        for (var id = 1; id <= 50; id++)
            Arm(id, (TriggerDirection)(id % 2), 100 + id * 7 % 5);
        var restored = new TriggerIndex();
        foreach (var trigger in index.Triggers())
            restored.Arm(trigger);

        Assert.Equal(index.StateHash(), restored.StateHash());
        restored.Validate();
    }

    private void Arm(long id, TriggerDirection direction, long level) => index.Arm(new Trigger(id, 0, direction, level));

    private List<long> Fire(TriggerDirection direction, long price, Action<Trigger>? reaction = null)
    {
        _fired.Clear();
        var sink = new Fired(_fired, reaction);
        Assert.Equal(index.Fire(direction, price, ref sink), _fired.Count);
        index.Validate();
        return [.. _fired.Select(trigger => trigger.Id)];
    }
}
