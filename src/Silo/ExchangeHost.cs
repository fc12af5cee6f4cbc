using Exchange.Api;
using Exchange.Feeds;
using Exchange.Grains;
using Exchange.Silo.Adapters;
using Exchange.Silo.Cluster;
using Exchange.Silo.Engine;
using Exchange.Silo.Startup;
using Exchange.Storage;

namespace Exchange.Silo;

/// <summary>Puts the parts together. Storage comes first: it has to outlive all that write to it.</summary>
public static class ExchangeHost
{
    private static readonly Dictionary<string, string> ShortNames = new() { ["--data"] = ExchangeApi.DataFolderKey };

    /// <exception cref="StorageException">The data cannot be used; nothing of it has been changed.</exception>
    /// <exception cref="InvalidConfigurationException">The configuration cannot be meant.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var configuration = builder.Configuration;
        configuration.AddCommandLine(args, ShortNames);
        builder.Logging.QuietUntilStarted();
        var cluster = ClusterSettings.Read(configuration);
        ClusterRules.Check(cluster, configuration, GrainEngine.FormsClusters);
        var shutdown = ShutdownOptions.Read(configuration, isBalanced: cluster.IsCluster || cluster.IsFrontDoor);
        builder.Services.AddSingleton(shutdown);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = shutdown.Timeout);
        builder.Services.AddSingleton<IHostLifetime, DrainingLifetime>();
        builder.Services.Configure<StorageOptions>(configuration.GetSection("Storage"));
        builder.Services.AddExchangeStorage(storage =>
        {
            storage.DataFolder = configuration[ExchangeApi.DataFolderKey] ?? storage.DataFolder;
            storage.Postgres = configuration.GetConnectionString("Postgres");
            storage.IsShared |= cluster.IsCluster || cluster.IsFrontDoor;
            storage.WritesJournal = !cluster.IsFrontDoor;
        });
        if (cluster.IsFrontDoor)
            AddFrontDoor(builder, cluster);
        else
            AddSilo(builder, cluster);
        builder.Services.AddExchangeApi(configuration);

        var app = builder.Build();
        app.Services.GetRequiredService<ExchangeStorage>();
        app.UseExchangeApi();
        GrainEngine.Map(app);
        app.MapExchangeApi();
        return app;
    }

    private static void AddSilo(WebApplicationBuilder builder, ClusterSettings cluster)
    {
        builder.Services.AddSingleton<IVenueMarketCache, VenueMarketCache>();
        builder.Services.AddFeeds(builder.Configuration);
        // Before those who call grains as soon as they start.
        GrainEngine.Add(builder, cluster);
        builder.Services.AddGrainAges();
        builder.Services.AddExchangeGrains(builder.Configuration);
    }

    /// <summary>
    /// Prices and orders are the silos'; all that is known here is the list of markets, and which venue the configuration gives
    /// them.
    /// </summary>
    private static void AddFrontDoor(WebApplicationBuilder builder, ClusterSettings cluster)
    {
        builder.Services.AddFeeds(builder.Configuration);
        GrainEngine.AddFrontDoor(builder, cluster);
        builder.Services.AddExchangeDirectory(builder.Configuration);
    }
}
