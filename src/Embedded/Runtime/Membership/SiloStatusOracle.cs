namespace Exchange.Embedded.Runtime;

internal sealed class SiloStatusOracle(Silo silo) : ISiloStatusOracle
{
    public SiloStatus CurrentStatus => GetApproximateSiloStatus(SiloAddress);

    public string SiloName => SiloAddress.ToString();

    public SiloAddress SiloAddress => silo.Address;

    public SiloAddress[] GetActiveSilos() => Array.ConvertAll(silo.Cluster.ActiveSilos, active => active.Address);

    public SiloStatus GetApproximateSiloStatus(SiloAddress siloAddress) =>
        Array.Find(silo.Cluster.Members, member => member.Silo.Address.Equals(siloAddress)).Status;

    public Dictionary<SiloAddress, SiloStatus> GetApproximateSiloStatuses(bool onlyActive = false) => silo.Cluster.Members
        .Where(member => !onlyActive || member.Status == SiloStatus.Active)
        .ToDictionary(member => member.Silo.Address, member => member.Status);

    public bool IsDeadSilo(SiloAddress silo) => GetApproximateSiloStatus(silo) == SiloStatus.Dead;

    public bool SubscribeToSiloStatusEvents(ISiloStatusListener observer) => silo.Cluster.Subscribe(observer);

    public bool UnSubscribeFromSiloStatusEvents(ISiloStatusListener observer) => silo.Cluster.Unsubscribe(observer);
}
