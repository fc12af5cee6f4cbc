using Exchange.Api.Errors;
using Exchange.Api.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using FrameworkReport = Microsoft.Extensions.Diagnostics.HealthChecks.HealthReport;

namespace Exchange.Api.Health;

/// <summary>Every part of the exchange registers its own health check; here they are shown.</summary>
internal sealed class HealthEndpoints(HealthCheckService checks, TimeProvider clock)
{
    private readonly long startedAt = clock.GetTimestamp();

    public async ValueTask<Refusal?> ReportAsync(HttpContext http)
    {
        var report = await checks.CheckHealthAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        await JsonResponse.SendAsync(http, StatusOf(report), ToAnswer(report), ApiJson.Default.HealthReport);
        return null;
    }

    public async ValueTask<Refusal?> LiveAsync(HttpContext http)
    {
        await JsonResponse.SendAsync(http, new Liveness("ok"), ApiJson.Default.Liveness);
        return null;
    }

    public async ValueTask<Refusal?> ReadyAsync(HttpContext http)
    {
        var report = await checks.CheckHealthAsync(http.RequestAborted);
        var status = StatusOf(report);
        await JsonResponse.SendAsync(http, status, new Liveness(status == StatusCodes.Status200OK ? "ok" : "failing"), ApiJson.Default.Liveness);
        return null;
    }

    private HealthReport ToAnswer(FrameworkReport report)
    {
        var components = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new ComponentHealth(entry.Value.Status == HealthStatus.Healthy, entry.Value.Description));
        var uptime = (long)clock.GetElapsedTime(startedAt).TotalMilliseconds;
        var healthy = report.Status == HealthStatus.Healthy;
        return new HealthReport(
            report.Status == HealthStatus.Unhealthy ? "failing" : "ok",
            new WorkersHealth(healthy, report.Status.ToString().ToLowerInvariant(), uptime, components));
    }

    private static int StatusOf(FrameworkReport report) =>
        report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
}
