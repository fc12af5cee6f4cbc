using Orleans.Configuration;

namespace Exchange.Silo.Engine;

/// <summary>On which silo a grain comes alive, and when it moves. The reasons are in docs/architecture.md.</summary>
internal static class OrleansPlacement
{
    private const string RebalanceKey = "Orleans:Rebalance";

    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(30);

    public static void Place(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services.AddSingleton<PlacementStrategy, RandomPlacement>();
        if (!configuration.GetValue(RebalanceKey, true))
            return;
#pragma warning disable ORLEANSEXP002 // Declared experimental, and the only way that a silo which was restarted gets symbols back.
        silo.AddActivationRebalancer();
#pragma warning restore ORLEANSEXP002
        silo.Configure<ActivationRebalancerOptions>(options => options.RebalancerDueTime = FirstLook);
    }
}
