using Orleans.Concurrency;

namespace Exchange.Embedded.Tests.Support;

/// <summary>Watches what must never happen, whatever the grains do.</summary>
public sealed class ChaosWatch
{
    private readonly Dictionary<GrainId, int> _alive = [];
    private readonly Dictionary<GrainId, int> _exclusive = [];
    private readonly Dictionary<int, int> _runs = [];

    public List<string> Faults { get; } = [];

    public int Alive => _alive.Values.Sum();

    public int RunsOf(int request) => _runs.GetValueOrDefault(request);

    public void Came(GrainId grain) => Change(_alive, grain, +1, "two incarnations at once");

    public void Went(GrainId grain) => Change(_alive, grain, -1, "a second farewell");

    public void Began(GrainId grain, int request)
    {
        if (_alive.GetValueOrDefault(grain) != 1)
            Faults.Add($"{grain}: request {request} runs while the grain is not active");
        _runs[request] = _runs.GetValueOrDefault(request) + 1;
    }

    public void EnteredAlone(GrainId grain) => Change(_exclusive, grain, +1, "two requests at once");

    public void LeftAlone(GrainId grain) => Change(_exclusive, grain, -1, "an unmatched end");

    private void Change(Dictionary<GrainId, int> counts, GrainId grain, int by, string fault)
    {
        var count = counts[grain] = counts.GetValueOrDefault(grain) + by;
        if (count is < 0 or > 1)
            Faults.Add($"{grain}: {fault}");
    }
}

[Alias("tests.IChaos")]
public interface IChaos : IGrainWithStringKey
{
    [Alias("Act")]
    Task<int> Act(int request, int seed, int depth);

    [Alias("ActAside"), AlwaysInterleave]
    Task<int> ActAside(int request);
}

[Alias("tests.IChaosGrain")]
public interface IChaosGrain : IChaos;

[Alias("tests.IReentrantChaosGrain")]
public interface IReentrantChaosGrain : IChaos;

/// <summary>Does at random, by a seed, what grains do: wait, call others, set timers, fail, leave.</summary>
public abstract class ChaosBase(ChaosWatch watch, TimeProvider clock, bool isReentrant) : Grain
{
    private IGrainTimer? _timer;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var mood = clock.GetUtcNow().Ticks / TimeSpan.TicksPerMillisecond % 16;
        if (mood % 3 == 0)
            await Task.Yield();
        if (mood == 5)
            throw new InvalidOperationException("in a bad mood");
        watch.Came(this.GetGrainId());
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(3), clock, CancellationToken.None);
        watch.Went(this.GetGrainId());
    }

    public async Task<int> Act(int request, int seed, int depth)
    {
        watch.Began(this.GetGrainId(), request);
        if (!isReentrant)
            watch.EnteredAlone(this.GetGrainId());
        try
        {
            var random = new Random(seed);
            for (var step = random.Next(4); step > 0; step--)
                await Step(random, depth);
            return seed + 1;
        }
        finally
        {
            if (!isReentrant)
                watch.LeftAlone(this.GetGrainId());
        }
    }

    public async Task<int> ActAside(int request)
    {
        watch.Began(this.GetGrainId(), request);
        await Task.Yield();
        return request;
    }

    private Task Step(Random random, int depth)
    {
        switch (random.Next(8))
        {
            case 0:
                DeactivateOnIdle();
                return Task.CompletedTask;
            case 1:
                throw new InvalidOperationException("chaos");
            case 2:
                _timer?.Dispose();
                _timer = this.RegisterGrainTimer(Tick, TimeSpan.FromMilliseconds(random.Next(20)), TimeSpan.FromMilliseconds(20 + random.Next(500)));
                return Task.CompletedTask;
            case 3 or 4:
                return Task.Delay(TimeSpan.FromMilliseconds(random.Next(30)), clock);
            case 5 when depth > 0:
                return Task.WhenAll(CallSomebody(random, depth), CallSomebody(random, depth));
            default:
                return YieldOnce();
        }
    }

    private async Task Tick()
    {
        if (!isReentrant)
            watch.EnteredAlone(this.GetGrainId());
        await Task.Yield();
        if (!isReentrant)
            watch.LeftAlone(this.GetGrainId());
    }

    private Task CallSomebody(Random random, int depth) =>
        GrainFactory.GetGrain<IChaosGrain>($"{depth - 1}.{random.Next(3)}").Act(-1, random.Next(), depth - 1);

    private static async Task YieldOnce() => await Task.Yield();
}

public sealed class ChaosGrain(ChaosWatch watch, TimeProvider clock) : ChaosBase(watch, clock, isReentrant: false), IChaosGrain;

[Reentrant]
public sealed class ReentrantChaosGrain(ChaosWatch watch, TimeProvider clock) : ChaosBase(watch, clock, isReentrant: true), IReentrantChaosGrain;
