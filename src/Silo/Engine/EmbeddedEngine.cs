using Exchange.Grains.Users;
using Exchange.Silo.Adapters;
using Orleans.Runtime.Hosting;

namespace Exchange.Silo.Engine;

/// <summary>Our own single-process engine: nothing to configure, nothing to find.</summary>
internal static class GrainEngine
{
    public const string Name = "Embedded";

    public static void Map(WebApplication app)
    {
        // It has nothing to show that the console does not.
    }

    public static void Add(WebApplicationBuilder builder) => builder.UseOrleans(silo =>
        silo.Services.AddGrainStorage(StateStores.Accounts, (services, _) => ActivatorUtilities.CreateInstance<GrainStateStorage>(services)));
}
