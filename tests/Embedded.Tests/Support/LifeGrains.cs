using Orleans.Concurrency;

namespace Exchange.Embedded.Tests.Support;

/// <summary>A grain that notes when it comes and goes. Its key may ask for trouble.</summary>
[Alias("tests.ILife")]
public interface ILife : IGrainWithStringKey
{
    [Alias("Incarnation")]
    Task<int> Incarnation();

    [Alias("Work")]
    Task<int> Work(string gate);

    [Alias("Leave")]
    Task Leave();

    [Alias("WorkAndLeave")]
    Task WorkAndLeave(string gate);

    [Alias("Stay")]
    Task Stay(TimeSpan time);
}

[Alias("tests.ILifeGrain")]
public interface ILifeGrain : ILife;

[Alias("tests.IEternalGrain")]
public interface IEternalGrain : ILife;

[Alias("tests.IBriefGrain")]
public interface IBriefGrain : ILife;

[Alias("tests.IReentrantLifeGrain")]
public interface IReentrantLifeGrain : ILife;

public abstract class LifeBase(Stage stage) : Grain
{
    private int _incarnation;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _incarnation = stage.Log.Count(line => line.StartsWith($"{key} activates", StringComparison.Ordinal)) + 1;
        stage.Note($"{key} activates");
        if (key.StartsWith("slow", StringComparison.Ordinal))
            await stage.Gate($"{key} activation {_incarnation}");
        if (key.Contains("failing", StringComparison.Ordinal) && _incarnation == 1)
            throw new InvalidOperationException("not today");
        if (key == "hermit")
            DeactivateOnIdle();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        stage.Note($"{key} deactivates: {reason.ReasonCode}");
        if (key.StartsWith("lingering", StringComparison.Ordinal))
            await stage.Gate($"{key} deactivation {_incarnation}");
        stage.Note($"{key} gone");
    }

    public Task<int> Incarnation() => Task.FromResult(_incarnation);

    public async Task<int> Work(string gate)
    {
        await stage.Gate(gate);
        return _incarnation;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task WorkAndLeave(string gate)
    {
        DeactivateOnIdle();
        await stage.Gate(gate);
        stage.Note("work done");
    }

    public Task Stay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }
}

public sealed class LifeGrain(Stage stage) : LifeBase(stage), ILifeGrain;

[Reentrant]
public sealed class ReentrantLifeGrain(Stage stage) : LifeBase(stage), IReentrantLifeGrain;

[KeepAlive]
public sealed class EternalGrain(Stage stage) : LifeBase(stage), IEternalGrain;

[CollectionAgeLimit(Minutes = 3)]
public sealed class BriefGrain(Stage stage) : LifeBase(stage), IBriefGrain;
