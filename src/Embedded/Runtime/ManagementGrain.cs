namespace Exchange.Embedded.Runtime;

internal sealed class ManagementGrain(Silo silo) : Grain, IManagementGrain
{
    public Task<int> GetTotalActivationCount() => Task.FromResult(Active().Count());

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => Task.FromResult(Active()
        .GroupBy(a => a.Class.Type.FullName!)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => new SimpleGrainStatistic { GrainType = group.Key, SiloAddress = silo.Address, ActivationCount = group.Count() })
        .ToArray());

    public Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(
        string[]? types = null, SiloAddress[]? hostsIds = null) => Task.FromResult(Active()
        .Where(a => types is null || types.Contains(a.Class.Type.FullName))
        .Select(a => new DetailedGrainStatistic { GrainType = a.Class.Type.FullName!, SiloAddress = silo.Address, GrainId = a.GrainId })
        .ToArray());

    private IEnumerable<Activation> Active() =>
        silo.Mailboxes.Select(m => m.Activation).OfType<Activation>().Where(a => !a.IsObserver && a.Class.Type != typeof(ManagementGrain));
}
