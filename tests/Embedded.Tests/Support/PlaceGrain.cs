namespace Exchange.Embedded.Tests.Support;

[Alias("tests.IPlaceGrain")]
public interface IPlaceGrain : IGrainWithStringKey
{
    [Alias("Where")]
    Task<SiloAddress> Where();

    [Alias("AskWhere")]
    Task<SiloAddress> AskWhere(IPlaceGrain other);

    [Alias("Hold")]
    Task<SiloAddress> Hold(string gate);
}

/// <summary>Knows which silo it is on.</summary>
public sealed class PlaceGrain(ISiloStatusOracle silos, Stage stage) : Grain, IPlaceGrain
{
    public Task<SiloAddress> Where() => Task.FromResult(silos.SiloAddress);

    public Task<SiloAddress> AskWhere(IPlaceGrain other) => other.Where();

    public async Task<SiloAddress> Hold(string gate)
    {
        await stage.Gate(gate);
        return silos.SiloAddress;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stage.Note($"{this.GetPrimaryKeyString()} left");
        return Task.CompletedTask;
    }
}
