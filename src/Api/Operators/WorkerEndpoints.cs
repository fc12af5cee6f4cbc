using System.Text;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Health;
using Exchange.Api.Json;
using Exchange.Api.Metrics;
using Exchange.Grains.Interfaces.Markets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exchange.Api.Operators;

/// <summary>
/// The worker system's monitoring on grains: a worker is a symbol, a queue is what waits for accounts. Here is what only looks.
/// </summary>
internal sealed class WorkerEndpoints(
    ExchangeMonitor monitor, IMarketCatalog catalog, PrometheusReport metrics, HealthCheckService checks, TimeProvider clock)
{
    private const string MetricsType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly long startedAt = clock.GetTimestamp();

    public async ValueTask<Refusal?> HealthAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoQuery.Fields, out _) is { } refusal)
            return refusal;
        var sample = await monitor.LookAsync(http.RequestAborted);
        var report = await checks.CheckHealthAsync(http.RequestAborted);
        var components = ComponentsOf(sample);
        foreach (var (name, entry) in report.Entries)
            components[name] = new ComponentHealth(entry.Status == HealthStatus.Healthy, entry.Description);
        var isHealthy = components.Values.All(component => component.IsHealthy);
        var status = report.Status == HealthStatus.Unhealthy ? "unhealthy" : isHealthy ? "healthy" : "degraded";
        var uptime = (long)clock.GetElapsedTime(startedAt).TotalMilliseconds;
        await JsonResponse.SendAsync(
            http, new WorkerHealth(isHealthy, status, uptime, sample.Trading, components), OperatorJson.Default.WorkerHealth);
        return null;
    }

    public async ValueTask<Refusal?> StatsAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoQuery.Fields, out _) is { } refusal)
            return refusal;
        await JsonResponse.SendAsync(http, await monitor.LookAsync(http.RequestAborted), OperatorJson.Default.MonitorSample);
        return null;
    }

    public async ValueTask<Refusal?> QueuesAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoQuery.Fields, out _) is { } refusal)
            return refusal;
        var sample = await monitor.LookAsync(http.RequestAborted);
        await JsonResponse.SendAsync(http, new QueueFigures(
        [
            QueueOf("outbox", sample, symbol => symbol.Queued),
            QueueOf("retry", sample, symbol => symbol.Retrying),
            new QueueInfo("deadLetters", sample.Totals.DeadLetters, new Dictionary<string, long>()),
        ]), OperatorJson.Default.QueueFigures);
        return null;
    }

    public async ValueTask<Refusal?> PricesAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoQuery.Fields, out _) is { } refusal)
            return refusal;
        var sample = await monitor.LookAsync(http.RequestAborted);
        var prices = sample.Symbols.Where(symbol => symbol.IsActive).Select(symbol => symbol.ToPrice());
        await JsonResponse.SendAsync(http, new PriceFigures([.. prices]), OperatorJson.Default.PriceFigures);
        return null;
    }

    public async ValueTask<Refusal?> ClosuresAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoQuery.Fields, out _) is { } refusal)
            return refusal;
        var sample = await monitor.LookAsync(http.RequestAborted);
        var closures = new List<SymbolClosures>();
        var causes = new Dictionary<string, long>();
        foreach (var report in (await monitor.ReportsAsync()).Values.OfType<Grains.Interfaces.Symbols.SymbolReport>())
        {
            var own = report.Counts.Closures.Index().ToDictionary(count => OperatorNames.CauseOf(count.Index), count => count.Item);
            closures.Add(new SymbolClosures(report.Symbol, report.ActiveSinceMs, own.Values.Sum(), own));
            foreach (var (cause, count) in own)
                causes[cause] = causes.GetValueOrDefault(cause) + count;
        }

        var answer = new ClosureFigures(causes.Values.Sum(), sample.Totals.ClosuresPerSecond, causes, closures);
        await JsonResponse.SendAsync(http, answer, OperatorJson.Default.ClosureFigures);
        return null;
    }

    public async ValueTask<Refusal?> ExportAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoQuery.Fields, out _) is { } refusal)
            return refusal;
        http.Response.ContentType = MetricsType;
        http.Response.Headers.ContentDisposition = "attachment; filename=metrics.txt";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(metrics.Write()), http.RequestAborted);
        return null;
    }

    /// <summary>The four components that the worker system had, as far as grains have the same.</summary>
    private Dictionary<string, ComponentHealth> ComponentsOf(MonitorSample sample)
    {
        var (totals, silent) = (sample.Totals, sample.Symbols.Where(symbol => symbol.IsActive && symbol.ActiveSince == 0).ToArray());
        var priced = sample.Symbols.Where(symbol => symbol.IsActive && symbol.Venue.Length > 0).ToArray();
        var live = priced.Count(symbol => symbol.Feed == "LIVE");
        return new Dictionary<string, ComponentHealth>
        {
            ["queueManager"] = new(
                totals.Retrying == 0 && totals.DeadLetters == 0,
                $"{totals.Queued} waiting, {totals.Retrying} accounts in retry, {totals.DeadLetters} dead letters"),
            ["priceMonitor"] = new(live == priced.Length, $"{live} of {priced.Length} feeds in use are live"),
            ["orderClosure"] = new(
                !sample.Trading.IsStopped,
                sample.Trading.IsStopped ? $"stopped by {sample.Trading.By}" : $"{totals.OpenPositions} positions watched"),
            ["orderWorker"] = new(
                silent.Length == 0,
                $"{sample.Symbols.Count(symbol => symbol.IsActive)} of {catalog.Markets.Count} symbols active, {silent.Length} do not answer"),
        };
    }

    private static QueueInfo QueueOf(string name, MonitorSample sample, Func<SymbolFigures, int> waiting)
    {
        var bySymbol = sample.Symbols.Where(symbol => waiting(symbol) > 0).ToDictionary(symbol => symbol.Symbol, symbol => (long)waiting(symbol));
        return new QueueInfo(name, bySymbol.Values.Sum(), bySymbol);
    }
}
