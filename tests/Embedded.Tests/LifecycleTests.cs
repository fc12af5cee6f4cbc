using Exchange.Embedded.Tests.Support;

namespace Exchange.Embedded.Tests;

public sealed class LifecycleTests : IAsyncLifetime
{
    private TestSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await TestSilo.StartAsync();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task A_grain_activates_once_for_many_calls_that_arrive_together()
    {
        var grain = _silo.Grain<ILifeGrain>("slow");
        var calls = Enumerable.Range(0, 10).Select(_ => grain.Incarnation()).ToArray();
        _silo.Stage.Open("slow activation 1");

        Assert.All(await Task.WhenAll(calls).Soon(), incarnation => Assert.Equal(1, incarnation));
        Assert.Equal(["slow activates"], _silo.Stage.Log);
    }

    [Fact]
    public async Task A_failed_activation_rejects_who_waits_and_the_next_call_activates_anew()
    {
        var grain = _silo.Grain<ILifeGrain>("slow failing");
        var first = grain.Incarnation();
        var second = grain.Incarnation();
        await _silo.Stage.Arrival("slow failing activation 1");
        _silo.Stage.Open("slow failing activation 1");
        _silo.Stage.Open("slow failing activation 2");

        Assert.Equal("not today", (await Assert.ThrowsAsync<InvalidOperationException>(() => first.Soon())).Message);
        Assert.Equal("not today", (await Assert.ThrowsAsync<InvalidOperationException>(() => second.Soon())).Message);
        Assert.Equal(2, await grain.Incarnation().Soon());
    }

    [Fact]
    public async Task A_grain_that_leaves_is_gone_before_its_next_incarnation_activates()
    {
        var grain = _silo.Grain<ILifeGrain>("lingering");
        await grain.Leave().Soon();
        await _silo.Stage.Arrival("lingering deactivation 1");
        var next = grain.Incarnation();
        Assert.DoesNotContain(_silo.Stage.Log.Skip(1), line => line == "lingering activates");
        _silo.Stage.Open("lingering deactivation 1");
        _silo.Stage.Open("lingering deactivation 2");

        Assert.Equal(2, await next.Soon());
        Assert.Equal(
            ["lingering activates", "lingering deactivates: ApplicationRequested", "lingering gone", "lingering activates"],
            _silo.Stage.Log);
    }

    [Fact]
    public async Task A_running_request_ends_before_the_grain_leaves_and_a_queued_one_meets_the_next_incarnation()
    {
        var grain = _silo.Grain<ILifeGrain>("a");
        var working = grain.WorkAndLeave("work");
        await _silo.Stage.Arrival("work");
        var queued = grain.Incarnation();
        _silo.Stage.Open("work");
        await working.Soon();

        Assert.Equal(2, await queued.Soon());
        Assert.Equal(["a activates", "work done", "a deactivates: ApplicationRequested", "a gone", "a activates"], _silo.Stage.Log);
    }

    [Fact]
    public async Task A_reentrant_grain_that_leaves_begins_nothing_more_and_what_comes_meets_the_next_incarnation()
    {
        var grain = _silo.Grain<IReentrantLifeGrain>("a");
        var working = grain.WorkAndLeave("work");
        await _silo.Stage.Arrival("work");
        var late = Enumerable.Range(0, 3).Select(_ => grain.Incarnation()).ToArray();
        _silo.Stage.Open("work");
        await working.Soon();

        Assert.All(await Task.WhenAll(late).Soon(), incarnation => Assert.Equal(2, incarnation));
        Assert.Equal(["a activates", "work done", "a deactivates: ApplicationRequested", "a gone", "a activates"], _silo.Stage.Log);
    }

    [Fact]
    public async Task A_request_is_not_carried_on_for_ever_by_a_grain_that_always_leaves()
    {
        var grain = _silo.Grain<ILifeGrain>("hermit");

        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => grain.Incarnation().Soon());
    }

    [Fact]
    public async Task An_idle_grain_is_collected_when_it_reaches_the_age_limit_of_its_class()
    {
        var grain = _silo.Grain<IBriefGrain>("brief");
        var context = await Activated(grain);
        _silo.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(["brief activates"], _silo.Stage.Log);
        _silo.Clock.Advance(TimeSpan.FromMinutes(1));
        await context.Deactivated.Soon();

        Assert.Equal(["brief activates", "brief deactivates: ActivationIdle", "brief gone"], _silo.Stage.Log);
        Assert.Equal(2, await grain.Incarnation().Soon());
    }

    [Fact]
    public async Task A_call_starts_the_idle_time_anew()
    {
        var grain = _silo.Grain<IBriefGrain>("brief");
        var context = await Activated(grain);
        _silo.Clock.Advance(TimeSpan.FromMinutes(2));
        await grain.Incarnation().Soon();
        await Quiet(context);
        _silo.Clock.Advance(TimeSpan.FromMinutes(2));
        await Quiet(context);

        Assert.Equal(1, await grain.Incarnation().Soon());
        Assert.Equal(["brief activates"], _silo.Stage.Log);
    }

    [Fact]
    public async Task A_grain_that_works_is_not_idle_however_long_it_takes()
    {
        var grain = _silo.Grain<IBriefGrain>("brief");
        var working = grain.Work("work");
        await _silo.Stage.Arrival("work");
        _silo.Clock.Advance(TimeSpan.FromMinutes(10));
        _silo.Stage.Open("work");
        await Assert.ThrowsAsync<TimeoutException>(() => working.Soon());

        Assert.Equal(1, await grain.Incarnation().Soon());
    }

    [Fact]
    public async Task A_grain_of_a_class_that_is_kept_alive_stays()
    {
        var grain = _silo.Grain<IEternalGrain>("eternal");
        var context = await Activated(grain);
        _silo.Clock.Advance(TimeSpan.FromDays(2));
        await Quiet(context);

        Assert.Equal(1, await grain.Incarnation().Soon());
    }

    [Fact]
    public async Task A_grain_that_asked_for_a_delay_stays_that_long()
    {
        var grain = _silo.Grain<IBriefGrain>("brief");
        await grain.Stay(TimeSpan.FromMinutes(30)).Soon();
        var context = await Activated(grain);
        _silo.Clock.Advance(TimeSpan.FromMinutes(29));
        await Quiet(context);
        Assert.Equal(["brief activates"], _silo.Stage.Log);
        _silo.Clock.Advance(TimeSpan.FromMinutes(1));
        await context.Deactivated.Soon();
    }

    [Fact]
    public async Task Stopping_the_silo_deactivates_every_grain_and_then_refuses_calls()
    {
        var grains = new[] { "a", "b", "c" }.Select(_silo.Grain<ILifeGrain>).ToArray();
        foreach (var grain in grains)
            await grain.Incarnation().Soon();
        await _silo.StopAsync().Soon();

        Assert.Equal(
            ["a deactivates: ShuttingDown", "a gone", "b deactivates: ShuttingDown", "b gone", "c deactivates: ShuttingDown", "c gone"],
            _silo.Stage.Log.Skip(3).Order());
        await Assert.ThrowsAsync<SiloUnavailableException>(() => grains[0].Incarnation().Soon());
    }

    [Fact]
    public async Task Stopping_the_silo_waits_no_longer_than_its_bound()
    {
        var grain = _silo.Grain<ILifeGrain>("lingering");
        await grain.Incarnation().Soon();
        var stopping = _silo.StopAsync();
        await _silo.Stage.Arrival("lingering deactivation 1");
        Assert.False(stopping.IsCompleted);
        _silo.Clock.Advance(TimeSpan.FromSeconds(30));

        await stopping.Soon();
    }

    private async Task<IGrainContext> Activated(ILife grain)
    {
        await grain.Incarnation().Soon();
        var context = _silo.ContextOf(grain);
        await Quiet(context);
        return context;
    }

    /// <summary>Waits until the grain has nothing left to do, so that its idle time has started.</summary>
    private static Task Quiet(IGrainContext context) => TestSilo.QuietAsync(context);
}
