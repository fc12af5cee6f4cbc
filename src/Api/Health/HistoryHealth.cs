using Exchange.Storage.ReadModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exchange.Api.Health;

internal sealed class HistoryHealth(IReadModel history) : IHealthCheck
{
    private static readonly TimeSpan MaxLag = TimeSpan.FromSeconds(30);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var lag = history.Lag;
        var description = $"{(long)lag.TotalMilliseconds} ms behind the journal";
        return Task.FromResult(lag <= MaxLag ? HealthCheckResult.Healthy(description) : HealthCheckResult.Degraded(description));
    }
}
