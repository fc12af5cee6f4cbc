namespace Exchange.Grains.Interfaces.Supervision;

/// <summary>Wakes everything with open work; there is one, with the key <see cref="Key"/>, and every silo reminds it.</summary>
[Alias("Exchange.ISupervisorGrain")]
public interface ISupervisorGrain : IGrainWithStringKey
{
    const string Key = "supervisor";

    /// <summary>Takes as long as coming alive does, of everything there is.</summary>
    [Alias("Sweep")]
    [ResponseTimeout("00:10:00")]
    Task Sweep();

    /// <summary>
    /// Wakes everything that may have been awake on a silo that is gone. False where something could not be woken: ask again.
    /// </summary>
    [Alias("SiloLeft")]
    [ResponseTimeout("00:10:00")]
    Task<bool> SiloLeft(SiloAddress silo);
}
