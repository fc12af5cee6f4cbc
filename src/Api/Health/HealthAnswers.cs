namespace Exchange.Api.Health;

/// <param name="Status">ok or failing.</param>
public sealed record HealthReport(string Status, WorkersHealth Workers);

/// <param name="Status">healthy, degraded or unhealthy.</param>
/// <param name="Uptime">Milliseconds since the process started to serve.</param>
public sealed record WorkersHealth(bool IsHealthy, string Status, long Uptime, IReadOnlyDictionary<string, ComponentHealth> Components);

public sealed record ComponentHealth(bool IsHealthy, string? Description);

public sealed record Liveness(string Status);
