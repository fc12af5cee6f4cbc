using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Health;

internal static class HealthRoutes
{
    private const string Group = "Health";

    public static void MapHealth(this ApiRoutes routes, HealthEndpoints health)
    {
        routes.Always("GET", "/health", health.ReportAsync).Document(
            new(Group, "Health of every component, and the uptime", typeof(HealthReport)) { NeedsCaller = false });
        routes.Always("GET", "/health/live", health.LiveAsync).Document(
            new(Group, "The process answers", typeof(Liveness)) { NeedsCaller = false });
        routes.Always("GET", "/health/ready", health.ReadyAsync).Document(
            new(Group, "The exchange takes requests", typeof(Liveness)) { NeedsCaller = false });
    }
}
