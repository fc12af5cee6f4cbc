using System.Collections.ObjectModel;
using System.Globalization;
using Exchange.Embedded;
using Exchange.Embedded.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.TestingHost;

public sealed class InProcessTestClusterOptions
{
    public string ClusterId { get; set; } = "test-cluster";

    public string ServiceId { get; set; } = "test-service";

    public short InitialSilosCount { get; set; } = 1;
}

public sealed class InProcessTestSiloSpecificOptions
{
    public string SiloName { get; set; } = "Silo_0";
}

/// <summary>Like <see cref="TestClusterBuilder"/>, but configured by delegates, which can share objects with the test, and of any size.</summary>
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

    public InProcessTestCluster Build() => new(Options, CreateHost);

    private IHost CreateHost(string name, Cluster cluster)
    {
        var options = new InProcessTestSiloSpecificOptions { SiloName = name };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(cluster);
        builder.Services.AddSingleton<ITurnScheduler>(new MortalScheduler(new ThreadPoolTurnScheduler()));
        _host.ForEach(configure => configure(options, builder));
        builder.UseOrleans(silo => _silo.ForEach(configure => configure(options, silo)));
        return builder.Build();
    }
}

/// <summary>Silos in the process of the test, which come and go, and a client that stays.</summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private readonly Func<string, Cluster, IHost> _createHost;
    private readonly Cluster _cluster = new() { IsShared = true };
    private readonly List<InProcessSiloHandle> _silos = [];
    private ServiceProvider? _client;
    private int _started;

    internal InProcessTestCluster(InProcessTestClusterOptions options, Func<string, Cluster, IHost> createHost) =>
        (Options, _createHost) = (options, createHost);

    public InProcessTestClusterOptions Options { get; }

    public ReadOnlyCollection<InProcessSiloHandle> Silos
    {
        get
        {
            lock (_silos)
                return new([.. _silos]);
        }
    }

    public IClusterClient Client =>
        (_client ?? throw new InvalidOperationException("The cluster is not deployed.")).GetRequiredService<IClusterClient>();

    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) =>
        Silos.First(handle => silo is null || handle.SiloAddress.Equals(silo)).ServiceProvider;

    public async Task DeployAsync()
    {
        if (Silos.Count > 0)
            throw new InvalidOperationException("Cluster host already deployed.");

        for (var i = 0; i < Options.InitialSilosCount; i++)
            await StartAdditionalSiloAsync();
        _client = CreateClient(GetSiloServiceProvider());
    }

    public async Task<InProcessSiloHandle> StartAdditionalSiloAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Silo_{_started++}");
        var host = _createHost(name, _cluster);
        await host.StartAsync();
        var handle = new InProcessSiloHandle(name, host);
        lock (_silos)
            _silos.Add(handle);
        return handle;
    }

    public async Task StopSiloAsync(InProcessSiloHandle instance)
    {
        await instance.DisposeAsync();
        Remove(instance);
    }

    /// <summary>Its lanes take no more turns; nothing is deactivated, and whoever waits for an answer hears that it is gone.</summary>
    public async Task KillSiloAsync(InProcessSiloHandle instance)
    {
        instance.Kill();
        await instance.StopSiloAsync(stopGracefully: false);
        await instance.DisposeAsync();
        Remove(instance);
    }

    public async Task StopAllSilosAsync()
    {
        foreach (var silo in Silos)
            await StopSiloAsync(silo);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos)
            await silo.DisposeAsync();
        if (_client is not null)
            await _client.DisposeAsync();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>It is no member of the cluster, so nothing is placed with it. It lives in the silos' time and is as patient as they are.</summary>
    private ServiceProvider CreateClient(IServiceProvider silo)
    {
        var services = new ServiceCollection();
        services.AddSingleton(silo.GetRequiredService<Silo>().Clock);
        services.AddSingleton(silo.GetRequiredService<IOptions<SiloMessagingOptions>>());
        services.AddSingleton(_cluster);
        services.AddOrleans(_ => { });
        return services.BuildServiceProvider();
    }

    private void Remove(InProcessSiloHandle instance)
    {
        lock (_silos)
            _silos.Remove(instance);
    }
}
