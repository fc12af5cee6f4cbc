using Exchange.Api.Operators;
using Exchange.Grains.Users;
using Exchange.Silo.Adapters;
using Orleans.Dashboard;
using Orleans.Runtime.Hosting;

namespace Exchange.Silo.Engine;

/// <summary>The Microsoft Orleans packages, as a cluster of one on this machine.</summary>
internal static class GrainEngine
{
    public const string Name = "Orleans";

    private const string Dashboard = "/dashboard";

    /// <summary>The engine's own dashboard, for operators.</summary>
    public static void Map(WebApplication app)
    {
        app.UseOperatorGate(Dashboard);
        app.MapOrleansDashboard(routePrefix: Dashboard);
    }

    public static void Add(WebApplicationBuilder builder) => builder.UseOrleans(silo =>
    {
        silo.UseLocalhostClustering(
            builder.Configuration.GetValue("Orleans:SiloPort", 11111),
            builder.Configuration.GetValue("Orleans:GatewayPort", 30000));
        if (builder.Configuration.GetValue("Orleans:Traces", true))
            silo.AddActivityPropagation();
        silo.AddDashboard();
        silo.Services.AddSingleton(new EngineDashboard(Dashboard));
        silo.Services.AddGrainStorage(StateStores.Accounts, (services, _) => ActivatorUtilities.CreateInstance<GrainStateStorage>(services));
    });
}
