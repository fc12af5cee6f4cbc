using Exchange.Embedded.Tests.Support;
using Orleans.Configuration;

namespace Exchange.Embedded.Tests;

public sealed class StressTests
{
    private const int Grains = 200;
    private const int Callers = 32;
    private const int CallsPerCaller = 2_000;

    [Fact]
    public async Task No_two_turns_of_a_grain_run_at_once_and_no_call_is_lost()
    {
        await using var silo = await TestSilo.StartAsync();
        var seed = Environment.TickCount;
        var perGrain = new int[Grains];
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Call(silo, new Random(seed + caller), perGrain)))).Soon();

        for (var i = 0; i < Grains; i++)
        {
            var report = await Counter(silo, i).Report().Soon();
            Assert.True(report.Overlaps == 0, $"seed {seed}: grain {i} had {report.Overlaps} turns that overlapped");
            Assert.True(report.Calls == perGrain[i], $"seed {seed}: grain {i} counted {report.Calls} of {perGrain[i]} calls");
        }
    }

    [Fact]
    public async Task Grains_that_leave_all_the_time_lose_no_call_and_never_overlap_with_their_next_incarnation()
    {
        await using var silo = await TestSilo.StartAsync(
            builder => builder.Configure<SiloMessagingOptions>(options => options.MaxForwardCount = 100));
        var seed = Environment.TickCount;
        var answered = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(seed + caller);
            for (var i = 0; i < 500; i++)
            {
                var grain = silo.Grain<IFleetingGrain>($"fleeting {random.Next(5)}");
                Assert.True(await grain.Enter(leaveAfterwards: random.Next(4) == 0), $"seed {seed}: two incarnations at once");
            }

            return 500;
        }))).Soon();

        Assert.Equal(Callers * 500, answered.Sum());
    }

    private static async Task Call(TestSilo silo, Random random, int[] perGrain)
    {
        var open = new List<Task>();
        for (var i = 0; i < CallsPerCaller; i++)
        {
            var grain = random.Next(Grains);
            Interlocked.Increment(ref perGrain[grain]);
            open.Add(Counter(silo, grain).Count(yields: random.Next(3)));
            if (open.Count == 50)
            {
                await Task.WhenAll(open);
                open.Clear();
            }
        }

        await Task.WhenAll(open);
    }

    private static ICounter Counter(TestSilo silo, int number) => number % 2 == 0
        ? silo.Grain<ICounterGrain>($"{number}")
        : silo.Grain<IReentrantCounterGrain>($"{number}");
}
