using Exchange.Embedded.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Exchange.Embedded.Tests;

/// <summary>Several silos in one process: where grains are, and what becomes of them when a silo stops or is killed.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private const int Grains = 64;

    private readonly Stage _stage = new();
    private readonly VirtualTimeProvider _clock = new();
    private InProcessTestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = new InProcessTestClusterBuilder(3)
            .ConfigureSilo((_, silo) => silo.Services.AddSingleton<TimeProvider>(_clock).AddSingleton(_stage))
            .Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        _stage.OpenAll();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Grains_are_spread_over_the_silos_and_each_is_in_one_place()
    {
        var homes = await Homes();

        Assert.Equal(Addresses, homes.Values.ToHashSet());
        Assert.Equal(homes, await Homes());
        var seen = await Grain("0").AskWhere(Grain("1"));
        Assert.Equal(homes["1"], seen);
        Assert.Equal(homes["1"], await _cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(Grain("1")));
    }

    [Fact]
    public async Task A_killed_silo_deactivates_nothing_and_its_grains_come_alive_elsewhere()
    {
        var homes = await Homes();
        var victim = _cluster.Silos[1];
        var held = Grain(homes.First(home => home.Value.Equals(victim.SiloAddress)).Key).Hold("gate");
        await _stage.Arrival("gate");

        await _cluster.KillSiloAsync(victim);

        await Assert.ThrowsAsync<SiloUnavailableException>(() => held.Soon());
        var after = await Homes();
        Assert.Equal(Addresses, after.Values.ToHashSet());
        Assert.DoesNotContain(victim.SiloAddress, after.Values);
        Assert.All(homes.Where(home => !home.Value.Equals(victim.SiloAddress)), home => Assert.Equal(home.Value, after[home.Key]));
        Assert.Empty(_stage.Log);
    }

    [Fact]
    public async Task A_silo_that_stops_finishes_what_runs_and_hands_over_what_waits()
    {
        var homes = await Homes();
        var leaving = _cluster.Silos[0];
        var grain = Grain(homes.First(home => home.Value.Equals(leaving.SiloAddress)).Key);
        var running = grain.Hold("gate");
        await _stage.Arrival("gate");

        var stopping = _cluster.StopSiloAsync(leaving);
        var waiting = grain.Where();
        _stage.Open("gate");

        Assert.Equal(leaving.SiloAddress, await running.Soon());
        Assert.Contains(await waiting.Soon(), Addresses.Concat([leaving.SiloAddress]));
        await stopping.Soon();
        Assert.DoesNotContain(leaving.SiloAddress, (await Homes()).Values);
        Assert.Equal(homes.Count(home => home.Value.Equals(leaving.SiloAddress)), _stage.Log.Count);
    }

    [Fact]
    public async Task An_observer_is_called_on_its_own_silo_while_that_lives()
    {
        var grains = _cluster.Silos[2].ServiceProvider.GetRequiredService<IGrainFactory>();
        var (reader, other) = (new Reader(), new Reader());
        var news = _cluster.Client.GetGrain<INewsGrain>("news");
        await news.Subscribe(grains.CreateObjectReference<IReader>(reader));
        await news.Subscribe(_cluster.Client.CreateObjectReference<IReader>(other));

        await news.Publish("first");
        await other.Heard("first");
        await reader.Heard("first");
        if (!(await _cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(news))!.Equals(_cluster.Silos[2].SiloAddress))
        {
            await _cluster.KillSiloAsync(_cluster.Silos[2]);
            await news.Publish("second");
            await other.Heard("second");
        }

        GC.KeepAlive((reader, other));
    }

    [Fact]
    public async Task Silos_hear_of_each_others_end()
    {
        var oracle = _cluster.Silos[0].ServiceProvider.GetRequiredService<ISiloStatusOracle>();
        var listener = new Listener();
        Assert.True(oracle.SubscribeToSiloStatusEvents(listener));
        var (killed, stopped) = (_cluster.Silos[1], _cluster.Silos[2]);

        await _cluster.KillSiloAsync(killed);
        await _cluster.StopSiloAsync(stopped);
        var joined = await _cluster.StartAdditionalSiloAsync();

        Assert.Equal(
            [
                (killed.SiloAddress, SiloStatus.Dead),
                (stopped.SiloAddress, SiloStatus.ShuttingDown),
                (stopped.SiloAddress, SiloStatus.Dead),
                (joined.SiloAddress, SiloStatus.Active),
            ],
            listener.Heard);
        Assert.True(oracle.IsDeadSilo(killed.SiloAddress));
        Assert.Equal([oracle.SiloAddress, joined.SiloAddress], oracle.GetActiveSilos());
    }

    private HashSet<SiloAddress> Addresses => [.. _cluster.Silos.Select(silo => silo.SiloAddress)];

    private IPlaceGrain Grain(string key) => _cluster.Client.GetGrain<IPlaceGrain>(key);

    private async Task<Dictionary<string, SiloAddress>> Homes()
    {
        var homes = new Dictionary<string, SiloAddress>();
        for (var i = 0; i < Grains; i++)
            homes[$"{i}"] = await Grain($"{i}").Where().Soon();
        return homes;
    }

    private sealed class Listener : ISiloStatusListener
    {
        public List<(SiloAddress, SiloStatus)> Heard { get; } = [];

        public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status) => Heard.Add((updatedSilo, status));
    }

    private sealed class Reader : IReader
    {
        private readonly Stage _stage = new();

        public Task Heard(string news) => _stage.Arrival(news);

        public void Hear(string news) => _ = _stage.Gate(news);

        public Task<int> CountLetters(string word) => Task.FromResult(word.Length);
    }
}
