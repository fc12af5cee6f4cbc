namespace Exchange.Embedded.Runtime;

internal sealed class ManagementGrain(Silo silo) : Grain, IManagementGrain
{
    public Task<int> GetTotalActivationCount() => Task.FromResult(Active().Count());

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => Task.FromResult(Active()
        .GroupBy(a => (a.Class.Type.FullName!, a.Silo.Address))
        .OrderBy(group => group.Key.Item1, StringComparer.Ordinal)
        .Select(group => new SimpleGrainStatistic { GrainType = group.Key.Item1, SiloAddress = group.Key.Address, ActivationCount = group.Count() })
        .ToArray());

    public Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(
        string[]? types = null, SiloAddress[]? hostsIds = null) => Task.FromResult(Active()
        .Where(a => types is null || types.Contains(a.Class.Type.FullName))
        .Where(a => hostsIds is null || hostsIds.Contains(a.Silo.Address))
        .Select(a => new DetailedGrainStatistic { GrainType = a.Class.Type.FullName!, SiloAddress = a.Silo.Address, GrainId = a.GrainId })
        .ToArray());

    public ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference)
    {
        var grainId = reference.GetGrainId();
        var found = Silos.Select(member => member.TryFindMailbox(grainId)).FirstOrDefault(mailbox => mailbox?.Activation is not null);
        return new ValueTask<SiloAddress?>(found?.Silo.Address);
    }

    private Silo[] Silos => silo.Cluster.IsShared ? silo.Cluster.ActiveSilos : [silo];

    private IEnumerable<Activation> Active() => Silos
        .SelectMany(member => member.Mailboxes)
        .Select(m => m.Activation)
        .OfType<Activation>()
        .Where(a => !a.IsObserver && a.Class.Type != typeof(ManagementGrain));
}
