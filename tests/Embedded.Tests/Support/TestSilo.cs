using Exchange.Embedded.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Exchange.Embedded.Tests.Support;

/// <summary>A deployed cluster with a clock that stands still and a stage.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private TestSilo(InProcessTestCluster cluster, VirtualTimeProvider clock, Stage stage) =>
        (_cluster, Clock, Stage) = (cluster, clock, stage);

    public VirtualTimeProvider Clock { get; }

    public Stage Stage { get; }

    public IClusterClient Client => _cluster.Client;

    public IServiceProvider Services => _cluster.GetSiloServiceProvider();

    public static async Task<TestSilo> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var clock = new VirtualTimeProvider();
        var stage = new Stage();
        var cluster = new InProcessTestClusterBuilder()
            .ConfigureSilo((_, silo) =>
            {
                silo.Services.AddSingleton<TimeProvider>(clock);
                silo.Services.AddSingleton(stage);
                configure?.Invoke(silo);
            })
            .Build();
        await cluster.DeployAsync();
        return new TestSilo(cluster, clock, stage);
    }

    public TGrain Grain<TGrain>(string key) where TGrain : IGrainWithStringKey => Client.GetGrain<TGrain>(key);

    public IGrainContext ContextOf(IAddressable grain) =>
        Services.GetRequiredService<Silo>().TryFindMailbox(grain.GetGrainId())!.Activation!;

    /// <summary>Completes when the grain's lane has nothing left to do.</summary>
    public static Task QuietAsync(IGrainContext context)
    {
        var quiet = ((Activation)context).Mailbox;
        return Task.Run(() => SpinWait.SpinUntil(() => !quiet.IsScheduled, Patience.Limit));
    }

    public Task StopAsync() => _cluster.Silos[0].StopSiloAsync(stopGracefully: true);

    public ValueTask DisposeAsync()
    {
        Stage.OpenAll();
        return _cluster.DisposeAsync();
    }
}
