using Exchange.Grains.Users;
using Exchange.Silo.Adapters;
using Exchange.Silo.Cluster;
using Orleans.Runtime.Hosting;

namespace Exchange.Silo.Engine;

/// <summary>Our own single-process engine: nothing to configure, nothing to find.</summary>
internal static class GrainEngine
{
    public const string Name = "Embedded";
    public const bool FormsClusters = false;

    public static void Map(WebApplication app)
    {
        // It has nothing to show that the console does not.
    }

    public static void Add(WebApplicationBuilder builder, ClusterSettings cluster) => builder.UseOrleans(silo =>
        silo.Services.AddGrainStorage(StateStores.Accounts, (services, _) => ActivatorUtilities.CreateInstance<GrainStateStorage>(services)));

    public static void AddFrontDoor(WebApplicationBuilder builder, ClusterSettings cluster) =>
        throw new NotSupportedException("The Embedded engine is one process.");

    /// <summary>What went wrong at a start, if this engine is why.</summary>
    public static string? Explain(Exception failure) => null;
}
