using System.Diagnostics.Metrics;

namespace Exchange.Embedded.Runtime;

/// <summary>The meter of the engine. Observed values are computed when somebody looks.</summary>
internal sealed class Counters : IDisposable
{
    internal const string MeterName = "Microsoft.Orleans";

    private readonly Meter _meter = new(MeterName);
    private readonly Stripe[] _processed = new Stripe[Environment.ProcessorCount];
    private long _activated;
    private long _deactivated;

    internal Counters(Silo silo)
    {
        _meter.CreateObservableGauge("orleans-catalog-activations", () => Activations);
        _meter.CreateObservableCounter("orleans-catalog-activation-created", () => Volatile.Read(ref _activated));
        _meter.CreateObservableCounter("orleans-catalog-activation-destroyed", () => Volatile.Read(ref _deactivated));
        _meter.CreateObservableCounter("orleans-messaging-processing-dispatcher-processed", () => MessagesProcessed);
        _meter.CreateObservableGauge("orleans-scheduler-queue-length", () => silo.Mailboxes.Sum(m => (long)m.QueueLength));
    }

    internal Meter Meter => _meter;

    internal long Activations => Volatile.Read(ref _activated) - Volatile.Read(ref _deactivated);

    internal long MessagesProcessed => _processed.Sum(s => Volatile.Read(ref s.Count));

    internal void Activated() => Interlocked.Increment(ref _activated);

    internal void Deactivated() => Interlocked.Increment(ref _deactivated);

    /// <summary>Striped by processor; a count that is lost when two threads meet on one is not worth an interlocked operation.</summary>
    internal void MessageProcessed() => _processed[Thread.GetCurrentProcessorId() % _processed.Length].Count++;

    public void Dispose() => _meter.Dispose();

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Size = 128)]
    private struct Stripe
    {
        internal long Count;
    }
}
