namespace Orleans.Runtime;

/// <summary>What an operator's console asks a cluster; there is one, with the key 0.</summary>
[Alias("Orleans.Runtime.IManagementGrain")]
public interface IManagementGrain : IGrainWithIntegerKey
{
    Task<int> GetTotalActivationCount();

    /// <summary>How many activations there are of each grain class.</summary>
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics();

    /// <summary>One entry per activation, of the named grain classes or of all.</summary>
    Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null);

    /// <summary>Where a grain is active, or null.</summary>
    ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference);
}

[GenerateSerializer, Immutable, Alias("Orleans.Runtime.SimpleGrainStatistic")]
public sealed class SimpleGrainStatistic
{
    [Id(0)]
    public string GrainType { get; init; } = "";

    [Id(1)]
    public SiloAddress SiloAddress { get; init; } = SiloAddress.Zero;

    [Id(2)]
    public int ActivationCount { get; init; }
}

[GenerateSerializer, Immutable, Alias("Orleans.Runtime.DetailedGrainStatistic")]
public sealed class DetailedGrainStatistic
{
    [Id(0)]
    public string GrainType { get; init; } = "";

    [Id(1)]
    public SiloAddress SiloAddress { get; init; } = SiloAddress.Zero;

    [Id(2)]
    public GrainId GrainId { get; init; }
}
