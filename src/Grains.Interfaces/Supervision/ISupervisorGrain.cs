namespace Exchange.Grains.Interfaces.Supervision;

/// <summary>Wakes everything with open work; there is one, with the key <see cref="Key"/>, and every silo reminds it.</summary>
[Alias("Exchange.ISupervisorGrain")]
public interface ISupervisorGrain : IGrainWithStringKey
{
    const string Key = "supervisor";

    [Alias("Sweep")]
    Task Sweep();
}
