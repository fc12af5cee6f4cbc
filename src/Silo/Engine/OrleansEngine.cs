using Exchange.Grains.Users;
using Exchange.Silo.Adapters;
using Orleans.Runtime.Hosting;

namespace Exchange.Silo.Engine;

/// <summary>The Microsoft Orleans packages, as a cluster of one on this machine.</summary>
internal static class GrainEngine
{
    public const string Name = "Orleans";

    public static void Add(WebApplicationBuilder builder) => builder.UseOrleans(silo =>
    {
        silo.UseLocalhostClustering(
            builder.Configuration.GetValue("Orleans:SiloPort", 11111),
            builder.Configuration.GetValue("Orleans:GatewayPort", 30000));
        if (builder.Configuration.GetValue("Orleans:Traces", true))
            silo.AddActivityPropagation();
        silo.Services.AddGrainStorage(StateStores.Accounts, (services, _) => ActivatorUtilities.CreateInstance<GrainStateStorage>(services));
    });
}
