using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orleans.TestingHost;

public interface ISiloConfigurator
{
    void Configure(ISiloBuilder siloBuilder);
}

public interface IHostConfigurator
{
    void Configure(IHostBuilder hostBuilder);
}

public class TestClusterOptions
{
    public string ClusterId { get; set; } = "test-cluster";

    public string ServiceId { get; set; } = "test-service";

    /// <summary>How many silos an engine that can have several starts; this one has one.</summary>
    public short InitialSilosCount { get; set; } = 1;
}

public class TestClusterBuilder
{
    private readonly List<Func<object>> _configurators = [];
    private readonly List<Action<IConfigurationBuilder>> _configuration = [];

    public TestClusterBuilder()
    {
    }

    public TestClusterBuilder(short initialSilosCount) => Options.InitialSilosCount = initialSilosCount;

    public TestClusterOptions Options { get; } = new();

    public Dictionary<string, string?> Properties { get; } = [];

    public TestClusterBuilder AddSiloBuilderConfigurator<T>() where T : new()
    {
        if (!typeof(ISiloConfigurator).IsAssignableFrom(typeof(T)) && !typeof(IHostConfigurator).IsAssignableFrom(typeof(T)))
            throw new ArgumentException($"The type {typeof(T)} does not implement {nameof(ISiloConfigurator)} or {nameof(IHostConfigurator)}");

        _configurators.Add(() => new T());
        return this;
    }

    public TestClusterBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate)
    {
        _configuration.Add(configureDelegate);
        return this;
    }

    public TestCluster Build() => new(Options, () => CreateHost().Build());

    private IHostBuilder CreateHost()
    {
        var host = new HostBuilder()
            .ConfigureHostConfiguration(configuration =>
            {
                configuration.AddInMemoryCollection(Properties);
                _configuration.ForEach(configure => configure(configuration));
            })
            .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        host.UseOrleans(_ => { });
        foreach (var create in _configurators)
        {
            var configurator = create();
            (configurator as IHostConfigurator)?.Configure(host);
            if (configurator is ISiloConfigurator siloConfigurator)
                host.UseOrleans(siloConfigurator.Configure);
        }

        return host;
    }
}
