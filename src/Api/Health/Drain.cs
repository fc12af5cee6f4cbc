using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exchange.Api.Health;

/// <summary>
/// A process that is about to stop says so before it does: it is no longer ready, answers all the same, and lets connections end with
/// their next answer, so that a load balancer and its clients go elsewhere without losing a request.
/// </summary>
public sealed class Drain : IHealthCheck
{
    private volatile bool _isOn;

    public bool IsOn => _isOn;

    public void Begin() => _isOn = true;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isOn ? HealthCheckResult.Unhealthy("This process is about to stop.") : HealthCheckResult.Healthy("Takes requests."));
}
