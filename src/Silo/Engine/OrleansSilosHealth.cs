using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exchange.Silo.Engine;

/// <summary>How many silos this front door is connected to, as its client counts them.</summary>
internal sealed class GatewayCount
{
    private volatile int _connected;

    public int Connected
    {
        get => _connected;
        set => _connected = value;
    }
}

/// <summary>
/// A front door is of use while it can reach any silo. Connections are made by calls: where there is none left, one is made, since a
/// load balancer that was told "not ready" would send nothing that could.
/// </summary>
internal sealed class SilosHealth(GatewayCount gateways, IGrainFactory grains, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (gateways.Connected is > 0 and var connected)
            return HealthCheckResult.Healthy($"Connected to {connected} silos.");
        try
        {
            await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true).WaitAsync(Patience, time, cancellationToken);
            return HealthCheckResult.Healthy("A silo answers.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("No silo answers.", exception);
        }
    }
}
