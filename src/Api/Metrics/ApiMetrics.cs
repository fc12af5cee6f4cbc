using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Exchange.Api.Metrics;

/// <summary>What the front door measures of itself: every request with its route, the class of its answer and how long it took.</summary>
internal static class ApiMetrics
{
    public const string MeterName = "Exchange.Api";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("exchange.api.request.duration", "ms");
    private static Func<int> s_connections = static () => 0;
    private static readonly string[] Classes = ["0xx", "1xx", "2xx", "3xx", "4xx", "5xx"];

    static ApiMetrics() => Meter.CreateObservableGauge("exchange.api.stream.connections", static () => s_connections());

    public static void ObserveConnections(Func<int> count) => s_connections = count;

    public static void Answered(string route, int status, long startedAt)
    {
        if (Duration.Enabled)
        {
            Duration.Record(
                Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds, new("route", route), new("status", Classes[Math.Clamp(status / 100, 0, 5)]));
        }
    }
}
