using Exchange.Embedded.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Exchange.Embedded.Tests;

public sealed class HostingTests
{
    [Fact]
    public async Task A_host_application_builder_hosts_a_silo()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<Stage>();
        builder.UseOrleans(silo => silo.UseLocalhostClustering());
        using var host = builder.Build();
        await host.StartAsync();

        Assert.Equal(7, await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IActorGrain>("a").Add(3, 4).Soon());
        await host.StopAsync();
    }

    [Fact]
    public async Task Startup_tasks_run_in_the_order_of_their_stages_and_can_call_grains()
    {
        var log = new List<string>();
        await using var silo = await TestSilo.StartAsync(builder => builder
            .AddStartupTask(async (services, _) =>
                log.Add($"late {await services.GetRequiredService<IGrainFactory>().GetGrain<IActorGrain>("a").Add(1, 1)}"))
            .AddStartupTask(
                (_, _) =>
                {
                    log.Add("early");
                    return Task.CompletedTask;
                },
                ServiceLifecycleStage.ApplicationServices));

        Assert.Equal(["early", "late 2"], log);
    }

    [Fact]
    public async Task A_test_cluster_is_configured_by_types()
    {
        var cluster = new TestClusterBuilder(1).AddSiloBuilderConfigurator<WithStage>().Build();
        await cluster.DeployAsync();

        Assert.Equal(3, await cluster.GrainFactory.GetGrain<IActorGrain>("a").Add(1, 2).Soon());
        Assert.NotNull(cluster.GetSiloServiceProvider().GetService<Stage>());
        Assert.True(cluster.Primary!.IsActive);
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task Keys_are_strings_or_integers()
    {
        await using var silo = await TestSilo.StartAsync();

        Assert.Equal("key/with/slashes", await silo.Client.GetGrain<IKeyedByStringGrain>("key/with/slashes").Key().Soon());
        Assert.Equal(-255, await silo.Client.GetGrain<IKeyedByIntegerGrain>(-255).Key().Soon());
        Assert.Equal("keyedbyinteger/FF", silo.Client.GetGrain<IKeyedByIntegerGrain>(255).GetGrainId().ToString());
    }

    [Fact]
    public async Task References_are_equal_when_they_name_the_same_grain()
    {
        await using var silo = await TestSilo.StartAsync();

        Assert.Equal(silo.Grain<IActorGrain>("a"), silo.Grain<IActorGrain>("a"));
        Assert.NotEqual(silo.Grain<IActorGrain>("a"), silo.Grain<IActorGrain>("b"));
        Assert.Equal(
            silo.Grain<IActorGrain>("a"), silo.Client.GetGrain<IActorGrain>(GrainId.Parse("actor/a")));
    }

    [Fact]
    public async Task An_interface_without_exactly_one_grain_class_is_refused()
    {
        await using var silo = await TestSilo.StartAsync();

        Assert.Contains("Candidates", Assert.Throws<ArgumentException>(() => silo.Grain<IActor>("a")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => silo.Grain<IOrphanGrain>("a"));
    }

    [Fact]
    public async Task The_management_grain_counts_activations()
    {
        await using var silo = await TestSilo.StartAsync();
        foreach (var key in new[] { "a", "b" })
            await silo.Grain<IActorGrain>(key).Add(0, 0).Soon();
        var management = silo.Client.GetGrain<IManagementGrain>(0);

        Assert.Equal(2, await management.GetTotalActivationCount().Soon());
        Assert.Equal(2, Assert.Single(await management.GetSimpleGrainStatistics().Soon()).ActivationCount);
        Assert.Equal(
            ["actor/a", "actor/b"],
            (await management.GetDetailedGrainStatistics([typeof(ActorGrain).FullName!]).Soon()).Select(s => s.GrainId.ToString()).Order());
    }

    [Fact]
    public async Task A_collection_age_that_the_quantum_cannot_serve_is_refused_at_start()
    {
        await Assert.ThrowsAsync<OrleansConfigurationException>(() => TestSilo.StartAsync(
            builder => builder.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromSeconds(30))));
    }

    private sealed class WithStage : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.Services.AddSingleton<Stage>();
    }
}

[Alias("tests.IOrphanGrain")]
public interface IOrphanGrain : IGrainWithStringKey;

[Alias("tests.IKeyedByStringGrain")]
public interface IKeyedByStringGrain : IGrainWithStringKey
{
    [Alias("Key")]
    Task<string> Key();
}

public sealed class KeyedByStringGrain : Grain, IKeyedByStringGrain
{
    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());
}

[Alias("tests.IKeyedByIntegerGrain")]
public interface IKeyedByIntegerGrain : IGrainWithIntegerKey
{
    [Alias("Key")]
    Task<long> Key();
}

public sealed class KeyedByIntegerGrain : Grain, IKeyedByIntegerGrain
{
    public Task<long> Key() => Task.FromResult(this.GetPrimaryKeyLong());
}
