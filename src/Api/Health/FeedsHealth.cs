using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Symbols;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exchange.Api.Health;

/// <summary>Markets whose feed is not live do not make the exchange unhealthy: it serves all others, and says so of these.</summary>
internal sealed class FeedsHealth(IFeedStates feeds) : IHealthCheck
{
    private const int NamedMax = 20;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var states = feeds.States;
        if (states.Count == 0)
            return Task.FromResult(HealthCheckResult.Healthy("No feed is used in this process."));
        var failing = states.Where(state => state.Feed.State != FeedHealth.Live).ToArray();
        var summary = $"{states.Count - failing.Length} of {states.Count} feeds are live";
        return Task.FromResult(failing.Length == 0
            ? HealthCheckResult.Healthy(summary)
            : HealthCheckResult.Degraded($"{summary}: {string.Join("; ", failing.Take(NamedMax).Select(Describe))}"));
    }

    private static string Describe(MarketFeedState state)
    {
        var since = state.Feed.AgeMs == 0 ? "" : $", last heard {state.Feed.AgeMs} ms ago";
        return $"{state.Symbol} from {state.Venue} is {state.Feed.State.ToString().ToLowerInvariant()} ({state.Feed.Reason}){since}";
    }
}
