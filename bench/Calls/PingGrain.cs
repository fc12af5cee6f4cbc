namespace Exchange.Bench.Calls;

[Alias("bench.IPingGrain")]
public interface IPingGrain : IGrainWithIntegerKey
{
    [Alias("Ping")]
    Task Ping();

    [Alias("Echo")]
    Task<PingMessage> Echo(PingMessage message);
}

[GenerateSerializer, Immutable, Alias("bench.PingMessage")]
public sealed record PingMessage([property: Id(0)] long Number, [property: Id(1)] string Text);

public sealed class PingGrain : Grain, IPingGrain
{
    public Task Ping() => Task.CompletedTask;

    public Task<PingMessage> Echo(PingMessage message) => Task.FromResult(message);
}
