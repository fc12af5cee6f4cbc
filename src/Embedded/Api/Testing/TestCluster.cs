using System.Collections.ObjectModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>A silo in the process of the test.</summary>
public class TestCluster : IDisposable, IAsyncDisposable
{
    private readonly Func<IHost> _createHost;
    private InProcessSiloHandle? _primary;

    internal TestCluster(TestClusterOptions options, Func<IHost> createHost) => (Options, _createHost) = (options, createHost);

    public TestClusterOptions Options { get; }

    public SiloHandle? Primary => _primary;

    public ReadOnlyCollection<SiloHandle> Silos => _primary is null ? ReadOnlyCollection<SiloHandle>.Empty : new([_primary]);

    public IServiceProvider ServiceProvider => Deployed.ServiceProvider;

    public IClusterClient Client => ServiceProvider.GetRequiredService<IClusterClient>();

    public IGrainFactory GrainFactory => Client;

    private InProcessSiloHandle Deployed => _primary ?? throw new InvalidOperationException("The cluster is not deployed.");

    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => Deployed.ServiceProvider;

    public void Deploy() => DeployAsync().GetAwaiter().GetResult();

    public async Task DeployAsync()
    {
        if (_primary is not null)
            throw new InvalidOperationException("Cluster host already deployed.");

        var host = _createHost();
        await host.StartAsync();
        _primary = new InProcessSiloHandle("Primary", host);
    }

    public void StopAllSilos() => StopAllSilosAsync().GetAwaiter().GetResult();

    public async Task StopAllSilosAsync()
    {
        if (_primary is not null)
            await _primary.StopSiloAsync(stopGracefully: true);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_primary is { } primary)
            await primary.DisposeAsync();
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
