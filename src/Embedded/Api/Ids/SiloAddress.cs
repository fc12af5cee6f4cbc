using System.Net;

namespace Orleans.Runtime;

/// <summary>Where a silo is: an endpoint and the generation of the process behind it.</summary>
[Immutable, GenerateSerializer]
public sealed class SiloAddress : IEquatable<SiloAddress>
{
    [Id(0)]
    private readonly IPEndPoint _endpoint;

    [Id(1)]
    private readonly int _generation;

    private SiloAddress(IPEndPoint endpoint, int generation) => (_endpoint, _generation) = (endpoint, generation);

    public IPEndPoint Endpoint => _endpoint;

    public int Generation => _generation;

    public static SiloAddress Zero { get; } = New(new IPEndPoint(0, 0), 0);

    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    public bool Equals(SiloAddress? other) =>
        other is not null && _generation == other._generation && _endpoint.Equals(other._endpoint);

    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    public override int GetHashCode() => HashCode.Combine(_endpoint, _generation);

    public override string ToString() => $"S{_endpoint}:{_generation}";
}
