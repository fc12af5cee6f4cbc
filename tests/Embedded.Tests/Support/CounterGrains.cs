using System.Collections.Concurrent;
using Orleans.Concurrency;

namespace Exchange.Embedded.Tests.Support;

[GenerateSerializer, Immutable, Alias("tests.CounterReport")]
public sealed record CounterReport([property: Id(0)] int Calls, [property: Id(1)] int Overlaps);

[Alias("tests.ICounter")]
public interface ICounter : IGrainWithStringKey
{
    [Alias("Count")]
    Task Count(int yields);

    [Alias("Report")]
    Task<CounterReport> Report();
}

[Alias("tests.ICounterGrain")]
public interface ICounterGrain : ICounter;

[Alias("tests.IReentrantCounterGrain")]
public interface IReentrantCounterGrain : ICounter;

/// <summary>Counts without any protection, and watches whether a second thread is ever here.</summary>
public abstract class CounterBase : Grain
{
    private int _calls;
    private int _inside;
    private int _overlaps;

    public async Task Count(int yields)
    {
        Touch();
        for (var i = 0; i < yields; i++)
        {
            await Task.Yield();
            Touch();
        }

        _calls++;
    }

    public Task<CounterReport> Report() => Task.FromResult(new CounterReport(_calls, _overlaps));

    private void Touch()
    {
        if (Interlocked.Increment(ref _inside) != 1)
            Interlocked.Increment(ref _overlaps);
        Thread.SpinWait(20);
        Interlocked.Decrement(ref _inside);
    }
}

public sealed class CounterGrain : CounterBase, ICounterGrain;

[Reentrant]
public sealed class ReentrantCounterGrain : CounterBase, IReentrantCounterGrain;

[Alias("tests.IFleetingGrain")]
public interface IFleetingGrain : IGrainWithStringKey
{
    /// <summary>False when another incarnation of this grain is in memory.</summary>
    [Alias("Enter")]
    Task<bool> Enter(bool leaveAfterwards);
}

public sealed class FleetingGrain : Grain, IFleetingGrain
{
    private static readonly ConcurrentDictionary<GrainId, FleetingGrain> s_alive = new();
    private bool _isAlone;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _isAlone = s_alive.TryAdd(this.GetGrainId(), this);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        s_alive.TryRemove(new KeyValuePair<GrainId, FleetingGrain>(this.GetGrainId(), this));
    }

    public async Task<bool> Enter(bool leaveAfterwards)
    {
        await Task.Yield();
        if (leaveAfterwards)
            DeactivateOnIdle();
        return _isAlone;
    }
}
