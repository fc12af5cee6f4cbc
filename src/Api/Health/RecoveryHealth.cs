using Exchange.Grains.Interfaces.Supervision;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exchange.Api.Health;

internal sealed class RecoveryHealth(IExchangeReadiness readiness) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(readiness.IsReady
            ? HealthCheckResult.Healthy("Everything with open work is awake.")
            : HealthCheckResult.Unhealthy("Still waking what has open work."));
}
