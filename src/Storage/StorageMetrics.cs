using System.Diagnostics.Metrics;

namespace Exchange.Storage;

internal static class StorageMetrics
{
    private static readonly Meter Meter = new("Exchange.Storage");
    private static readonly Histogram<double> FlushDuration = Meter.CreateHistogram<double>("exchange.journal.flush.duration", "ms");
    private static readonly Histogram<int> FlushSize = Meter.CreateHistogram<int>("exchange.journal.flush.appends");
    private static Func<int> s_queueLength = static () => 0;
    private static Func<double> s_readModelLag = static () => 0;

    static StorageMetrics()
    {
        Meter.CreateObservableGauge("exchange.journal.queue.length", static () => s_queueLength());
        Meter.CreateObservableGauge("exchange.readmodel.lag", static () => s_readModelLag(), "ms");
    }

    public static Counter<long> Conflicts { get; } = Meter.CreateCounter<long>("exchange.journal.conflicts");

    public static Counter<long> FlushFailures { get; } = Meter.CreateCounter<long>("exchange.journal.flush.failures");

    public static Counter<long> SnapshotsDamaged { get; } = Meter.CreateCounter<long>("exchange.snapshots.damaged");

    public static Counter<long> CommandsDropped { get; } = Meter.CreateCounter<long>("exchange.commands.dropped");

    public static void Flushed(TimeSpan duration, int appends)
    {
        FlushDuration.Record(duration.TotalMilliseconds);
        FlushSize.Record(appends);
    }

    public static void ObserveQueue(Func<int> length) => s_queueLength = length;

    public static void ObserveReadModelLag(Func<double> lagMs) => s_readModelLag = lagMs;
}
