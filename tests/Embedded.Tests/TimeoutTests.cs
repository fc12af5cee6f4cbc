using Exchange.Embedded.Tests.Support;
using Orleans.Configuration;

namespace Exchange.Embedded.Tests;

public sealed class TimeoutTests
{
    [Fact]
    public async Task A_caller_waits_no_longer_than_the_response_timeout_while_the_grain_works_on()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grain<ILifeGrain>("a");
        var working = grain.Work("work");
        await silo.Stage.Arrival("work");
        silo.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(working.IsCompleted);
        silo.Clock.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<TimeoutException>(() => working.Soon());
        silo.Stage.Open("work");

        Assert.Equal(1, await grain.Incarnation().Soon());
    }

    [Fact]
    public async Task A_request_that_nobody_waits_for_any_more_is_not_begun()
    {
        await using var silo = await TestSilo.StartAsync();
        var actor = silo.Grain<IActorGrain>("a");
        var first = actor.Perform("one");
        await silo.Stage.Arrival("one");
        var late = actor.Perform("two");
        silo.Clock.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAsync<TimeoutException>(() => late.Soon());
        silo.Stage.Open("one");

        Assert.Equal(1, await actor.CountActs().AsTask().Soon());
    }

    [Fact]
    public async Task A_method_can_have_a_timeout_of_its_own()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grain<IPatientGrain>("a");
        var hasty = grain.Hasty("gate");
        await silo.Stage.Arrival("gate");
        silo.Clock.Advance(TimeSpan.FromSeconds(2.5));

        await Assert.ThrowsAsync<TimeoutException>(() => hasty.Soon());
    }

    [Fact]
    public async Task The_default_timeout_is_an_option()
    {
        await using var silo = await TestSilo.StartAsync(
            builder => builder.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(4)));
        var working = silo.Grain<ILifeGrain>("a").Work("work");
        await silo.Stage.Arrival("work");
        silo.Clock.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<TimeoutException>(() => working.Soon());
    }

    [Fact]
    public async Task A_caller_can_wait_for_ever()
    {
        await using var silo = await TestSilo.StartAsync(
            builder => builder.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = Timeout.InfiniteTimeSpan));
        var working = silo.Grain<IEternalGrain>("a").Work("work");
        await silo.Stage.Arrival("work");
        silo.Clock.Advance(TimeSpan.FromDays(1));
        Assert.False(working.IsCompleted);
        silo.Stage.Open("work");

        Assert.Equal(1, await working.Soon());
    }

    [Fact]
    public async Task Two_grains_that_wait_for_each_other_are_freed_by_the_timeout()
    {
        await using var silo = await TestSilo.StartAsync();
        var (a, b) = (silo.Grain<IPatientGrain>("a"), silo.Grain<IPatientGrain>("b"));
        var deadlock = a.AskToAsk(b, a);
        await silo.Stage.Arrival("asking");
        silo.Clock.Advance(TimeSpan.FromSeconds(32));

        await Assert.ThrowsAsync<TimeoutException>(() => deadlock.Soon());
        Assert.Equal("a", await a.Name().Soon());
    }

    [Fact]
    public async Task More_requests_than_a_mailbox_may_hold_are_refused()
    {
        await using var silo = await TestSilo.StartAsync(
            builder => builder.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 3));
        var actor = silo.Grain<IActorGrain>("a");
        var accepted = new List<Task> { actor.Perform("one") };
        await silo.Stage.Arrival("one");
        foreach (var act in new[] { "two", "three", "four" })
            accepted.Add(actor.Perform(act));
        await Assert.ThrowsAsync<LimitExceededException>(() => actor.Perform("five").Soon());
        foreach (var act in new[] { "one", "two", "three", "four" })
            silo.Stage.Open(act);
        await Task.WhenAll(accepted).Soon();

        Assert.Equal(4, await actor.CountActs().AsTask().Soon());
    }

    [Fact]
    public async Task A_cancellation_frees_the_caller_and_reaches_the_grain_on_a_turn_of_its_own()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grain<IPatientGrain>("a");
        using var source = new CancellationTokenSource();
        var waiting = grain.WaitForCancellation(source.Token);
        await silo.Stage.Arrival("waiting");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
        await silo.Stage.Arrival("cancelled");

        Assert.Equal(["cancelled on a turn: True"], silo.Stage.Log);
    }

    [Fact]
    public async Task A_request_that_is_cancelled_before_it_is_sent_never_runs()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grain<IPatientGrain>("a");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.WaitForCancellation(new CancellationToken(canceled: true)).Soon());
        await grain.Name().Soon();

        Assert.Empty(silo.Stage.Log);
    }
}
