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
        builder.Services.Configure<StorageOptions>(configuration.GetSection("Storage"));
        builder.Services.AddExchangeStorage(storage =>
        {
            storage.DataFolder = configuration[ExchangeApi.DataFolderKey] ?? storage.DataFolder;
            storage.Postgres = configuration.GetConnectionString("Postgres");
            storage.IsShared |= cluster.IsCluster;
        });
        builder.Services.AddSingleton<IVenueMarketCache, VenueMarketCache>();
        builder.Services.AddFeeds(configuration);
        // Before those who call grains as soon as they start.
        GrainEngine.Add(builder, cluster);
        builder.Services.AddExchangeGrains(configuration);
        builder.Services.AddExchangeApi(configuration);

        var app = builder.Build();
        app.Services.GetRequiredService<ExchangeStorage>();
        app.UseExchangeApi();
        GrainEngine.Map(app);
        app.MapExchangeApi();
        return app;
    }
}
