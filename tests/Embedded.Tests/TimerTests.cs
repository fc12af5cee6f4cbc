using Exchange.Embedded.Tests.Support;

namespace Exchange.Embedded.Tests;

public sealed class TimerTests : IAsyncLifetime
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private TestSilo _silo = null!;
    private ITimerGrain _grain = null!;

    public async Task InitializeAsync()
    {
        _silo = await TestSilo.StartAsync();
        _grain = _silo.Grain<ITimerGrain>("clockwork");
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_timer_ticks_when_it_is_due_and_then_every_period()
    {
        await _grain.Start(2 * s_second, s_second).Soon();
        await Pass(1.999);
        Assert.Equal(0, await _grain.Ticks());
        await Pass(0.001);
        Assert.Equal(1, await _grain.Ticks());
        await Pass(1);
        await Pass(1);
        Assert.Equal(3, await _grain.Ticks());
    }

    [Fact]
    public async Task A_timer_without_a_period_ticks_once()
    {
        await _grain.Start(s_second, Timeout.InfiniteTimeSpan).Soon();
        await Pass(1);
        await Pass(60);

        Assert.Equal(1, await _grain.Ticks());
    }

    [Fact]
    public async Task Ticks_do_not_overlap_and_the_period_starts_when_a_tick_ends()
    {
        await _grain.Start(s_second, s_second, interleave: true, gate: "tick").Soon();
        _silo.Clock.Advance(s_second);
        await _silo.Stage.Arrival("tick 1");
        await Pass(10);
        Assert.Equal(1, await _grain.Ticks());
        _silo.Stage.Open("tick 1");
        _silo.Stage.Open("tick 2");
        await TestSilo.QuietAsync(_silo.ContextOf(_grain));
        await Pass(1);

        Assert.Equal(["tick 1 begins", "tick 1 ends", "tick 2 begins", "tick 2 ends"], _silo.Stage.Log);
    }

    [Fact]
    public async Task A_tick_waits_for_the_request_that_runs()
    {
        await _grain.Start(s_second, Timeout.InfiniteTimeSpan).Soon();
        var holding = _grain.Hold("hold");
        await _silo.Stage.Arrival("hold");
        await Pass(1);
        _silo.Stage.Open("hold");
        await holding.Soon();
        await _grain.Ticks().Soon();

        Assert.Equal(["hold begins", "hold ends", "tick 1 begins", "tick 1 ends"], _silo.Stage.Log);
    }

    [Fact]
    public async Task An_interleaving_tick_does_not_wait()
    {
        await _grain.Start(s_second, Timeout.InfiniteTimeSpan, interleave: true).Soon();
        var holding = _grain.Hold("hold");
        await _silo.Stage.Arrival("hold");
        await Pass(1);
        _silo.Stage.Open("hold");
        await holding.Soon();

        Assert.Equal(["hold begins", "tick 1 begins", "tick 1 ends", "hold ends"], _silo.Stage.Log);
    }

    [Fact]
    public async Task A_request_waits_for_the_tick_that_runs()
    {
        await _grain.Start(s_second, Timeout.InfiniteTimeSpan, gate: "tick").Soon();
        _silo.Clock.Advance(s_second);
        await _silo.Stage.Arrival("tick 1");
        var asking = _grain.Ticks();
        await Pass(0);
        Assert.False(asking.IsCompleted);
        _silo.Stage.Open("tick 1");

        Assert.Equal(1, await asking.Soon());
    }

    [Fact]
    public async Task A_changed_timer_follows_its_new_times_and_a_disposed_one_is_silent()
    {
        await _grain.Start(s_second, s_second).Soon();
        await _grain.Change(5 * s_second, Timeout.InfiniteTimeSpan).Soon();
        await Pass(4);
        Assert.Equal(0, await _grain.Ticks());
        await Pass(1);
        Assert.Equal(1, await _grain.Ticks());
        await _grain.Change(s_second, s_second).Soon();
        await _grain.StopTimer().Soon();
        await Pass(5);
        Assert.Equal(1, await _grain.Ticks());
    }

    [Fact]
    public async Task A_timer_that_throws_goes_on_ticking()
    {
        await _grain.FailingTimer(s_second).Soon();
        await Pass(1);
        await Pass(1);

        Assert.Equal(2, await _grain.Ticks());
    }

    [Fact]
    public async Task Ticks_do_not_keep_a_grain_from_being_collected()
    {
        await _grain.Start(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)).Soon();
        var context = _silo.ContextOf(_grain);
        for (var minute = 0; minute < 16; minute++)
            await Pass(60, context);

        await context.Deactivated.Soon();
    }

    [Fact]
    public async Task Ticks_that_keep_alive_do()
    {
        await _grain.Start(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), keepAlive: true).Soon();
        var context = _silo.ContextOf(_grain);
        for (var minute = 0; minute < 30; minute++)
            await Pass(60, context);

        Assert.Equal(30, await _grain.Ticks());
    }

    [Fact]
    public async Task An_await_of_the_silos_clock_resumes_on_the_grains_own_scheduler()
    {
        await _grain.Ticks().Soon();
        var delayed = _grain.DelayThen(10 * s_second);
        await Pass(10);

        Assert.True(await delayed.Soon());
    }

    private Task Pass(double seconds) => Pass(seconds, _silo.ContextOf(_grain));

    private async Task Pass(double seconds, IGrainContext context)
    {
        await TestSilo.QuietAsync(context);
        _silo.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await TestSilo.QuietAsync(context);
    }
}
