using Exchange.Embedded.Runtime;
using Exchange.Embedded.Simulation;
using Exchange.Embedded.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Exchange.Embedded.Tests;

/// <summary>Many seeded runs of grains that do everything at random, under every rule at once.</summary>
public sealed class ChaosTests
{
    private const int Seeds = 30;
    private const int Clients = 6;
    private const int RequestsPerClient = 30;

    [Fact]
    public void Whatever_grains_do_turns_and_incarnations_never_overlap_and_every_call_is_answered_once()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var clock = new VirtualTimeProvider();
            var scheduler = new SeededScheduler(seed, clock.AdvanceToNextTimer);
            using var silo = new SimulatedSilo(scheduler, clock, Configure);
            silo.Start();
            var watch = silo.Services.GetRequiredService<ChaosWatch>();
            var answers = scheduler.Run(() => Task.WhenAll(Enumerable.Range(0, Clients).Select(client =>
                Send(silo, watch, clock, new Random(seed * 1000 + client), client * RequestsPerClient))));
            scheduler.Run(() => Task.Delay(TimeSpan.FromMinutes(10), clock));

            Assert.True(watch.Faults.Count == 0, $"seed {seed}: {string.Join("; ", watch.Faults)}");
            Assert.True(answers.Sum() == Clients * RequestsPerClient, $"seed {seed}: {answers.Sum()} answers");
            Assert.True(watch.Alive == 0, $"seed {seed}: {watch.Alive} grains were not collected");
            Assert.True(!silo.Services.GetRequiredService<Silo>().Mailboxes.Any(), $"seed {seed}: mailboxes were left behind");
        }
    }

    private static void Configure(ISiloBuilder builder)
    {
        builder.Services.AddSingleton<ChaosWatch>();
        builder.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(2));
    }

    private static async Task<int> Send(SimulatedSilo silo, ChaosWatch watch, TimeProvider clock, Random random, int firstRequest)
    {
        var answered = 0;
        for (var request = firstRequest; request < firstRequest + RequestsPerClient; request++)
        {
            if (await IsRightAnswer(silo, watch, random, request))
                answered++;
            if (random.Next(3) == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(40)), clock);
        }

        return answered;
    }

    private static async Task<bool> IsRightAnswer(SimulatedSilo silo, ChaosWatch watch, Random random, int request)
    {
        var grain = random.Next(2) == 0
            ? (IChaos)silo.Grains.GetGrain<IChaosGrain>($"2.{random.Next(3)}")
            : silo.Grains.GetGrain<IReentrantChaosGrain>($"2.{random.Next(3)}");
        var seed = random.Next();
        try
        {
            return random.Next(5) == 0
                ? await grain.ActAside(request) == request && watch.RunsOf(request) == 1
                : await grain.Act(request, seed, depth: 2) == seed + 1 && watch.RunsOf(request) == 1;
        }
        catch (Exception exception) when (exception is InvalidOperationException or OrleansMessageRejectionException)
        {
            return watch.RunsOf(request) <= 1;
        }
    }
}
