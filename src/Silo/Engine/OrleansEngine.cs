using Exchange.Api.Operators;
using Exchange.Silo.Cluster;
using Orleans.Dashboard;

namespace Exchange.Silo.Engine;

/// <summary>The Microsoft Orleans packages: one silo of a cluster, or a cluster of one on this machine.</summary>
internal static class GrainEngine
{
    public const string Name = "Orleans";
    public const bool FormsClusters = true;

    private const string Dashboard = "/dashboard";

    /// <summary>The engine's own dashboard, for operators. It is no part of the exchange's API, and not in its description.</summary>
    public static void Map(WebApplication app)
    {
        app.UseOperatorGate(Dashboard);
        app.MapOrleansDashboard(routePrefix: Dashboard).ExcludeFromDescription();
    }

    public static void Add(WebApplicationBuilder builder, ClusterSettings cluster) => builder.UseOrleans(silo =>
    {
        silo.Join(cluster);
        silo.Place(builder.Configuration);
        silo.AddDashboard();
        silo.WatchCalls(builder.Configuration);
        silo.Services.AddSingleton(new EngineDashboard(Dashboard));
        silo.KeepState(builder.Configuration.GetConnectionString("Postgres"));
    });

    public static void AddFrontDoor(WebApplicationBuilder builder, ClusterSettings cluster)
    {
        var gateways = new GatewayCount();
        builder.Services.AddHealthChecks().AddCheck<SilosHealth>("silos");
        builder.Services.AddSingleton(gateways);
        builder.UseOrleansClient(client =>
        {
            client.Find(cluster);
            client.AddGatewayCountChangedHandler((_, change) => gateways.Connected = change.NumberOfConnectedGateways);
            if (builder.Configuration.GetValue("Orleans:Traces", false))
                client.AddActivityPropagation();
            client.AddDashboard();
            client.Services.AddSingleton(new EngineDashboard(Dashboard));
        });
    }

    /// <summary>What went wrong at a start, if this engine is why.</summary>
    public static string? Explain(Exception failure) => OrleansMembership.Explain(failure);
}
