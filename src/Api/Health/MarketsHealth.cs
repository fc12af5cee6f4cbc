using Exchange.Grains.Interfaces.Markets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exchange.Api.Health;

internal sealed class MarketsHealth(IMarketCatalog catalog) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(catalog.Markets.Count > 0
            ? HealthCheckResult.Healthy($"{catalog.Markets.Count} markets")
            : HealthCheckResult.Unhealthy("No market is listed yet."));
}
