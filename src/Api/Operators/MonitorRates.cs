using Exchange.Api.Metrics;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Operators;

internal readonly record struct SymbolPace(double OrdersPerSecond, double FillsPerSecond, double ClosuresPerSecond, double LatencyMs);

/// <summary>How fast things went between two looks. A symbol that came alive in between starts from nothing.</summary>
internal sealed class MonitorRates
{
    private readonly Dictionary<string, SymbolReport> reports = [];
    private readonly Dictionary<string, SymbolPace> paces = [];
    private long atMs;
    private Measured flushes;
    private Measured appends;

    public static MonitorRates None { get; } = new();

    public double CancelsPerSecond { get; private set; }

    public JournalFigures Journal { get; private set; } = new(0, 0, 0, 0, 0, 0, 0);

    public SymbolPace Of(string symbol) => paces.GetValueOrDefault(symbol);

    public MonitorRates Next(long nowMs, IEnumerable<SymbolReport> latest, PrometheusReport metrics)
    {
        var next = new MonitorRates
        {
            atMs = nowMs,
            flushes = metrics.Read("exchange.journal.flush.duration"),
            appends = metrics.Read("exchange.journal.flush.appends"),
        };
        var seconds = atMs == 0 ? 0 : (nowMs - atMs) / 1000.0;
        foreach (var report in latest)
        {
            next.reports[report.Symbol] = report;
            if (seconds > 0 && reports.TryGetValue(report.Symbol, out var before) && before.ActiveSinceMs == report.ActiveSinceMs)
                next.Note(report.Symbol, before.Counts, report.Counts, seconds);
        }

        next.Journal = Flushes(next, metrics, seconds);
        return next;
    }

    private void Note(string symbol, SymbolCounts before, SymbolCounts now, double seconds)
    {
        var records = now.Records - before.Records;
        CancelsPerSecond += (now.Cancels - before.Cancels) / seconds;
        paces[symbol] = new SymbolPace(
            (now.Orders - before.Orders) / seconds,
            (now.Fills - before.Fills) / seconds,
            (now.Closures.Sum() - before.Closures.Sum()) / seconds,
            records > 0 ? (now.DurableMicros - before.DurableMicros) / 1000.0 / records : 0);
    }

    private JournalFigures Flushes(MonitorRates next, PrometheusReport metrics, double seconds)
    {
        var count = next.flushes.Count - flushes.Count;
        return new JournalFigures(
            count > 0 ? (next.flushes.Sum - flushes.Sum) / count : 0,
            count > 0 ? (next.appends.Sum - appends.Sum) / count : 0,
            seconds > 0 ? count / seconds : 0,
            (long)metrics.Read("exchange.journal.queue.length").Last,
            (long)metrics.Read("exchange.journal.flush.failures").Sum,
            (long)metrics.Read("exchange.journal.conflicts").Sum,
            metrics.Read("exchange.readmodel.lag").Last);
    }
}
