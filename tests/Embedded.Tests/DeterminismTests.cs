using Exchange.Embedded.Simulation;
using Exchange.Embedded.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Embedded.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void The_same_seed_gives_the_same_interleaving()
    {
        var first = Simulate(seed: 42);
        var second = Simulate(seed: 42);

        Assert.Equal(first.Turns, second.Turns);
        Assert.Equal(first.Log, second.Log);
        Assert.Equal(first.Elapsed, second.Elapsed);
    }

    [Fact]
    public void Different_seeds_give_different_interleavings_of_the_same_work()
    {
        var runs = Enumerable.Range(0, 20).Select(Simulate).ToArray();

        Assert.Equal(20, runs.Select(run => string.Join(',', run.Turns)).Distinct().Count());
        Assert.All(runs, run => Assert.Equal(runs[0].Log.Order(), run.Log.Order()));
    }

    [Fact]
    public void Everything_runs_on_the_thread_that_drives()
    {
        var threads = new HashSet<int>();
        Simulate(seed: 7, _ => threads.Add(Environment.CurrentManagedThreadId));

        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void Virtual_hours_pass_as_soon_as_nothing_is_runnable()
    {
        var (scheduler, clock, silo) = NewSilo(seed: 1);
        using (silo)
        {
            var start = clock.GetUtcNow();
            scheduler.Run(async () => Assert.True(await silo.Grains.GetGrain<ITimerGrain>("a").DelayThen(TimeSpan.FromSeconds(20))));
            scheduler.Run(() => Task.Delay(TimeSpan.FromHours(5), clock));

            Assert.Equal(TimeSpan.FromHours(5) + TimeSpan.FromSeconds(20), clock.GetUtcNow() - start);
        }
    }

    [Fact]
    public void Grain_timers_tick_in_virtual_time()
    {
        var (scheduler, clock, silo) = NewSilo(seed: 1);
        using (silo)
        {
            var grain = silo.Grains.GetGrain<ITimerGrain>("a");
            var ticks = scheduler.Run(async () =>
            {
                await grain.Start(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
                await Task.Delay(TimeSpan.FromMinutes(10.5), clock);
                return await grain.Ticks();
            });

            Assert.Equal(10, ticks);
        }
    }

    [Fact]
    public void A_client_that_waits_for_what_cannot_happen_is_told_so()
    {
        var clock = new VirtualTimeProvider();
        var scheduler = new SeededScheduler(1, clock.AdvanceToNextTimer);

        var thrown = Assert.Throws<InvalidOperationException>(() => scheduler.Run(() => new TaskCompletionSource().Task));
        Assert.StartsWith("Deadlock", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopping_deactivates_and_killing_does_not()
    {
        var (scheduler, _, stopped) = NewSilo(seed: 3);
        var (_, _, killed) = NewSilo(scheduler, new VirtualTimeProvider());
        foreach (var silo in new[] { stopped, killed })
            scheduler.Run(() => silo.Grains.GetGrain<ILifeGrain>("a").Incarnation());
        stopped.Stop();
        killed.Kill();
        scheduler.RunUntilQuiet();

        Assert.Equal(["a activates", "a deactivates: ShuttingDown", "a gone"], stopped.Services.GetRequiredService<Stage>().Log);
        Assert.Equal(["a activates"], killed.Services.GetRequiredService<Stage>().Log);
    }

    [Fact]
    public void A_killed_silo_takes_no_more_turns_and_answers_nobody()
    {
        var (scheduler, _, silo) = NewSilo(seed: 5);
        var stage = silo.Services.GetRequiredService<Stage>();
        var grain = silo.Grains.GetGrain<IActorGrain>("a");
        var acting = scheduler.Start("client", () => grain.Perform("act"));
        scheduler.RunUntilQuiet();
        silo.Kill();
        stage.Open("act");
        scheduler.RunUntilQuiet();

        Assert.Equal(["act begins"], stage.Log);
        Assert.False(acting.IsCompleted);
    }

    [Fact]
    public void A_request_never_overtakes_those_that_wait_already_whatever_the_interleaving()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var (scheduler, _, silo) = NewSilo(seed);
            using (silo)
            {
                var actor = silo.Grains.GetGrain<IActorGrain>("a");
                var acts = Enumerable.Range(0, 8).Select(i => $"{i}").ToArray();
                scheduler.Run(() => SendSlowly(actor, acts));

                Assert.True(acts.SequenceEqual(silo.Services.GetRequiredService<Stage>().Log), $"seed {seed}");
            }
        }
    }

    private static async Task SendSlowly(IActorGrain actor, string[] acts)
    {
        var calls = new List<Task>();
        foreach (var act in acts)
        {
            calls.Add(actor.PerformSlowly(act));
            await Task.Yield();
        }

        await Task.WhenAll(calls);
    }

    private static Run Simulate(int seed) => Simulate(seed, static _ => { });

    private static Run Simulate(int seed, Action<string> onTurn)
    {
        var (scheduler, clock, silo) = NewSilo(seed);
        using (silo)
        {
            var turns = new List<string>();
            scheduler.OnTurn = lane =>
            {
                turns.Add(lane);
                onTurn(lane);
            };
            var start = clock.GetUtcNow();
            scheduler.Run(() => Task.WhenAll(Enumerable.Range(0, 4).Select(client => Wander(silo, clock, client))));
            silo.Stop();
            return new Run(turns, silo.Services.GetRequiredService<Stage>().Log, clock.GetUtcNow() - start);
        }
    }

    private static async Task Wander(SimulatedSilo silo, TimeProvider clock, int client)
    {
        for (var step = 0; step < 5; step++)
        {
            var act = $"client {client} step {step}";
            silo.Services.GetRequiredService<Stage>().Open(act);
            await silo.Grains.GetGrain<IReentrantActorGrain>($"r{step % 2}").CallThrough(silo.Grains.GetGrain<IActorGrain>($"a{client % 2}"), act);
            await Task.Delay(TimeSpan.FromMilliseconds(client), clock);
        }
    }

    private static (SeededScheduler Scheduler, VirtualTimeProvider Clock, SimulatedSilo Silo) NewSilo(int seed)
    {
        var clock = new VirtualTimeProvider();
        return NewSilo(new SeededScheduler(seed, clock.AdvanceToNextTimer), clock);
    }

    private static (SeededScheduler Scheduler, VirtualTimeProvider Clock, SimulatedSilo Silo) NewSilo(
        SeededScheduler scheduler, VirtualTimeProvider clock)
    {
        var silo = new SimulatedSilo(scheduler, clock, builder => builder.Services.AddSingleton<Stage>());
        silo.Start();
        return (scheduler, clock, silo);
    }

    private sealed record Run(IReadOnlyList<string> Turns, IReadOnlyList<string> Log, TimeSpan Elapsed);
}
