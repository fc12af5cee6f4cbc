namespace Exchange.Embedded.Tests.Support;

[Alias("tests.IStrangeGrain")]
public interface IStrangeGrain : IGrainWithStringKey
{
    [Alias("Meet")]
    Task Meet();

    [Alias("Stranger")]
    Task<StrangerNote> Stranger();
}

public sealed class StrangeGrain : Grain, IStrangeGrain
{
    public Task Meet() => Task.CompletedTask;

    public Task<StrangerNote> Stranger() => Task.FromResult(new StrangerNote());
}
