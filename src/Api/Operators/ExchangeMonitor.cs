using Exchange.Api.Metrics;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Storage.DeadLetters;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exchange.Api.Operators;

/// <summary>
/// Looks at the whole exchange: what is active, from the engine; what it does, from the symbols; the journal and the front
/// door, from this silo's meters. A look serves everybody who asks within a second.
/// </summary>
internal sealed class ExchangeMonitor(
    IGrainFactory grains, IMarketCatalog catalog, PrometheusReport metrics, IDeadLetters deadLetters, HealthCheckService checks, TimeProvider clock,
    EngineDashboard? dashboard = null)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim looking = new(1, 1);
    private MonitorSample? last;
    private long lookedAt;
    private MonitorRates rates = MonitorRates.None;

    public async Task<MonitorSample> LookAsync(CancellationToken cancellation)
    {
        await looking.WaitAsync(cancellation);
        try
        {
            if (last is null || clock.GetElapsedTime(lookedAt) >= Freshness)
            {
                last = await SampleAsync(cancellation);
                lookedAt = clock.GetTimestamp();
            }

            return last;
        }
        finally
        {
            looking.Release();
        }
    }

    /// <summary>The symbols that are active, and those that do not answer in time.</summary>
    public async Task<Dictionary<string, SymbolReport?>> ReportsAsync()
    {
        var active = await ActiveGrains.SymbolsAsync(grains);
        var reports = await Task.WhenAll(
            active.Where(symbol => catalog.TryGet(symbol, out _)).Select(async symbol => (symbol, await ReportAsync(symbol))));
        return reports.DistinctBy(report => report.symbol).ToDictionary(report => report.symbol, report => report.Item2);
    }

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<MonitorSample> SampleAsync(CancellationToken cancellation)
    {
        metrics.Observe();
        var silos = await ActiveGrains.SilosAsync(grains);
        var reports = await ReportsAsync();
        var health = await checks.CheckHealthAsync(cancellation);
        var dead = await deadLetters.CountAsync(cancellation);
        var now = NowMs;
        rates = rates.Next(now, reports.Values.OfType<SymbolReport>(), metrics);
        var symbols = catalog.Markets.Select(market => SymbolFiguresOf(market, reports, rates)).ToArray();
        var totals = new MonitorTotals(
            symbols.Sum(symbol => symbol.OrdersPerSecond),
            rates.CancelsPerSecond,
            symbols.Sum(symbol => symbol.FillsPerSecond),
            symbols.Sum(symbol => symbol.ClosuresPerSecond),
            symbols.Sum(symbol => symbol.OpenOrders),
            symbols.Sum(symbol => symbol.OpenPositions),
            symbols.Sum(symbol => symbol.ArmedTriggers),
            symbols.Sum(symbol => symbol.Queued),
            symbols.Sum(symbol => symbol.Retrying),
            dead,
            metrics.Read("exchange.api.request.duration", "5xx").Count,
            metrics.Read("exchange.api.request.duration").Count);
        return new MonitorSample(
            now, health.Status.ToString().ToLowerInvariant(), OperatorTranslation.ToState(catalog.Stop), totals, rates.Journal, silos, symbols,
            dashboard?.Path);
    }

    private async Task<SymbolReport?> ReportAsync(string symbol)
    {
        try
        {
            return await grains.GetGrain<ISymbolOperations>(symbol).GetReport().WaitAsync(Patience, clock);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static SymbolFigures SymbolFiguresOf(Market market, Dictionary<string, SymbolReport?> reports, MonitorRates rates)
    {
        var report = reports.GetValueOrDefault(market.Symbol);
        var pace = rates.Of(market.Symbol);
        return new SymbolFigures(
            market.Symbol,
            Json.WireNames.Markets.Text(market.Status),
            reports.ContainsKey(market.Symbol),
            market.Venue,
            OperatorNames.Feeds.Text(report?.Feed ?? FeedHealth.None),
            report?.FeedAgeMs ?? 0,
            report?.BidPrice ?? 0,
            report?.AskPrice ?? 0,
            report?.LastPrice ?? 0,
            report?.MarkPrice ?? 0,
            report?.Work.Orders ?? 0,
            report?.Work.Positions ?? 0,
            report?.Work.Conditionals ?? 0,
            report?.ArmedTriggers ?? 0,
            report?.Work.Unsettled ?? 0,
            report?.Retrying ?? 0,
            pace.OrdersPerSecond,
            pace.FillsPerSecond,
            pace.ClosuresPerSecond,
            pace.LatencyMs,
            (report?.Counts.DurableMicrosMax ?? 0) / 1000.0,
            report?.Sequence ?? 0,
            report?.ActiveSinceMs ?? 0);
    }
}
