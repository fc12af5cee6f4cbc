using Orleans.Dashboard;

namespace Exchange.Silo.Engine;

/// <summary>
/// What looks at each call between grains. It costs a good part of the call itself, on every call, whether anybody looks at what
/// it finds or not: so it is there only where it was asked for.
/// </summary>
internal static class OrleansCalls
{
    public static void WatchCalls(this ISiloBuilder silo, IConfiguration configuration)
    {
        if (configuration.GetValue("Orleans:Traces", false))
            silo.AddActivityPropagation();
        if (!configuration.GetValue("Orleans:Profiling", false))
            RemoveProfiler(silo.Services);
    }

    /// <summary>The dashboard brings it along. Without it the page shows silos and grains, and of their methods nothing.</summary>
    private static void RemoveProfiler(IServiceCollection services)
    {
        for (var i = services.Count - 1; i >= 0; i--)
        {
            if (services[i] is { IsKeyedService: false } service
                && service.ServiceType == typeof(IIncomingGrainCallFilter)
                && service.ImplementationType?.Assembly == typeof(DashboardOptions).Assembly)
                services.RemoveAt(i);
        }
    }
}
