using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orleans.TestingHost;

public sealed class InProcessTestClusterOptions
{
    public string ClusterId { get; set; } = "test-cluster";

    public string ServiceId { get; set; } = "test-service";

    public short InitialSilosCount { get; set; } = 1;
}

public sealed class InProcessTestSiloSpecificOptions
{
    public string SiloName { get; init; } = "Silo_0";
}

/// <summary>Like <see cref="TestClusterBuilder"/>, but configured by delegates, which can share objects with the test.</summary>
public sealed class InProcessTestClusterBuilder
{
    private readonly List<Action<InProcessTestSiloSpecificOptions, ISiloBuilder>> _silo = [];
    private readonly List<Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>> _host = [];

    public InProcessTestClusterBuilder()
    {
    }

    public InProcessTestClusterBuilder(short initialSilosCount) => Options.InitialSilosCount = initialSilosCount;

    public InProcessTestClusterOptions Options { get; } = new();

    public InProcessTestClusterBuilder ConfigureSilo(Action<InProcessTestSiloSpecificOptions, ISiloBuilder> configureSiloDelegate)
    {
        _silo.Add(configureSiloDelegate);
        return this;
    }

    public InProcessTestClusterBuilder ConfigureSiloHost(Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder> configureSiloHostDelegate)
    {
        _host.Add(configureSiloHostDelegate);
        return this;
    }

    public InProcessTestCluster Build() => new(CreateHost);

    private IHost CreateHost()
    {
        var options = new InProcessTestSiloSpecificOptions();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        _host.ForEach(configure => configure(options, builder));
        builder.UseOrleans(silo => _silo.ForEach(configure => configure(options, silo)));
        return builder.Build();
    }
}

public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private readonly TestCluster _cluster;

    internal InProcessTestCluster(Func<IHost> createHost) => _cluster = new TestCluster(new TestClusterOptions(), createHost);

    public IClusterClient Client => _cluster.Client;

    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => _cluster.GetSiloServiceProvider(silo);

    public Task DeployAsync() => _cluster.DeployAsync();

    public Task StopAllSilosAsync() => _cluster.StopAllSilosAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    public void Dispose() => _cluster.Dispose();
}
