using Orleans.Concurrency;

namespace Exchange.Embedded.Tests.Support;

/// <summary>A grain that does on stage what a test tells it.</summary>
[Alias("tests.IActor")]
public interface IActor : IGrainWithStringKey
{
    [Alias("Perform")]
    Task Perform(string act);

    [Alias("Interject"), AlwaysInterleave]
    Task Interject(string act);

    [Alias("Look"), ReadOnly]
    Task Look(string act);

    [Alias("Tell"), OneWay]
    Task Tell(string act);

    [Alias("Add")]
    Task<int> Add(int left, int right);

    [Alias("Count")]
    ValueTask<int> CountActs();

    [Alias("PerformSlowly")]
    Task PerformSlowly(string act);

    [Alias("Fail")]
    Task Fail(string message);

    [Alias("Leave")]
    Task Leave();

    [Alias("CallBack")]
    Task CallThrough(IActor other, string act);
}

[Alias("tests.IActorGrain")]
public interface IActorGrain : IActor;

[Alias("tests.IReentrantActorGrain")]
public interface IReentrantActorGrain : IActor;

public abstract class ActorBase(Stage stage) : Grain
{
    private int _acts;

    public async Task Perform(string act)
    {
        _acts++;
        stage.Note($"{act} begins");
        await stage.Gate(act);
        stage.Note($"{act} ends");
    }

    public Task Interject(string act) => Perform(act);

    public Task Look(string act) => Perform(act);

    public Task Tell(string act) => Perform(act);

    public Task<int> Add(int left, int right) => Task.FromResult(left + right);

    public ValueTask<int> CountActs() => new(_acts);

    public async Task PerformSlowly(string act)
    {
        await Task.Yield();
        stage.Note(act);
    }

    public async Task Fail(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task CallThrough(IActor other, string act) => other.Perform(act);
}

public sealed class ActorGrain(Stage stage) : ActorBase(stage), IActorGrain;

[Reentrant]
public sealed class ReentrantActorGrain(Stage stage) : ActorBase(stage), IReentrantActorGrain;
