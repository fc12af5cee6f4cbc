using Exchange.Domain.Events;
using Exchange.Grains.Interfaces;
using Exchange.Storage.Journal;
using Exchange.Storage.Snapshots;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Journaling;

/// <summary>What every event-sourced grain needs from its silo.</summary>
public sealed record JournalingServices(IJournal Journal, ISnapshotStore Snapshots, TimeProvider Time);

/// <summary>
/// A grain whose state is its journal stream. It decides on its memory, appends, and lets nobody know before the append is
/// durable. When an append fails, memory is ahead of storage: the activation ends and the next one starts from what is stored.
/// </summary>
public abstract class JournaledGrain(JournalingServices services, ILogger logger) : Grain
{
    private IStreamWriter _writer = null!;
    private Task _lastAppend = Task.CompletedTask;
    private Task _lastSnapshot = Task.CompletedTask;
    private long _snapshotSequence;

    protected abstract string Stream { get; }

    /// <summary>Zero for a stream so short that reading it is as good as a snapshot.</summary>
    protected virtual int RecordsPerSnapshot => 0;

    /// <summary>The last record decided here; it may still be on its way to storage.</summary>
    protected long Sequence { get; private set; }

    /// <summary>The last record known to be durable.</summary>
    protected long DurableSequence { get; private set; }

    protected bool IsBroken { get; private set; }

    /// <summary>Room for new work: what it leads to has to be journaled too.</summary>
    protected bool TakesNewWork => services.Journal.Load == JournalLoad.Normal;

    /// <summary>Room for changes of what there is.</summary>
    protected bool TakesChanges => services.Journal.Load < JournalLoad.Full;

    protected long NowMs => services.Time.GetUtcNow().ToUnixTimeMilliseconds();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var started = services.Time.GetTimestamp();

        // Orleans starts an activation under a lock, which lasts until something really has to be awaited. What is read from
        // memory would carry it on into the first calls, and two grains that call each other would wait for each other's.
        await Task.Yield();
        if (await services.Snapshots.LoadAsync(Stream, cancellationToken) is { } snapshot)
        {
            Restore(snapshot.Payload.Span);
            Sequence = _snapshotSequence = snapshot.Sequence;
        }

        await foreach (var record in services.Journal.ReadAsync(Stream, Sequence, cancellationToken))
        {
            Replay(record.Sequence, EventCodec.Decode(record.Payload.Span));
            Sequence = record.Sequence;
        }

        DurableSequence = Sequence;
        _writer = services.Journal.OpenWriter(Stream);
        Log.Activated(logger, Stream, _snapshotSequence, Sequence - _snapshotSequence, services.Time.GetElapsedTime(started));
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (IsBroken)
            return;
        await _lastSnapshot;
        await WhenDurable();
        if (RecordsPerSnapshot > 0 && Sequence > _snapshotSequence)
            await SaveSnapshot();
    }

    protected abstract void Replay(long sequence, EventBatch batch);

    protected virtual void Restore(ReadOnlySpan<byte> snapshot) =>
        throw new NotSupportedException($"'{Stream}' keeps no snapshots.");

    protected virtual byte[] TakeSnapshot() => throw new NotSupportedException($"'{Stream}' keeps no snapshots.");

    /// <summary>Called in the grain's turn each time more of its records have become durable.</summary>
    protected virtual void OnDurable()
    {
    }

    /// <summary>The activation has given up; what it calls now reaches the next one.</summary>
    protected virtual void OnAbandoned()
    {
    }

    /// <summary>Completes when the events are durable. Memory already has them: nothing may be awaited between deciding and this.</summary>
    protected Task Append(long atMs, IReadOnlyList<DomainEvent> events)
    {
        ThrowIfBroken();
        var expected = Sequence++;
        var payload = EventCodec.Encode(new EventBatch(atMs, events));
        _lastAppend = Complete(_writer.AppendAsync(expected, payload), Sequence);
        if (IsSnapshotDue())
            _lastSnapshot = SaveSnapshot();
        return _lastAppend;
    }

    /// <summary>Everything decided so far is durable; whoever reads memory waits for this before showing it.</summary>
    protected Task WhenDurable()
    {
        ThrowIfBroken();
        return _lastAppend;
    }

    /// <summary>
    /// Ends an activation whose stream another one has continued. One that writes finds that out by itself; one that has
    /// nothing to write would go on with old memory for ever.
    /// </summary>
    protected async Task StartOverIfSuperseded()
    {
        ThrowIfBroken();
        await foreach (var record in services.Journal.ReadAsync(Stream, Sequence))
        {
            if (record.Sequence <= Sequence)
                continue;
            Abandon(new JournalConflictException(Stream, Sequence));
            ThrowIfBroken();
        }
    }

    protected void ThrowIfBroken()
    {
        if (IsBroken)
            throw new StateUnavailableException($"'{Stream}' is starting over from its journal.");
    }

    /// <summary>Memory can no longer be trusted: the activation ends, and the next one starts from what is stored.</summary>
    protected void Abandon(Exception exception)
    {
        if (IsBroken)
            return;
        IsBroken = true;
        Log.StartsOver(logger, exception, Stream);
        DeactivateOnIdle();
        OnAbandoned();
    }

    private bool IsSnapshotDue() =>
        RecordsPerSnapshot > 0 && Sequence - _snapshotSequence >= RecordsPerSnapshot && _lastSnapshot.IsCompleted;

    private async Task Complete(Task append, long sequence)
    {
        try
        {
            await append;
        }
        catch (Exception exception)
        {
            Abandon(exception);
            throw new StateUnavailableException($"'{Stream}' could not make its decision durable: {exception.Message}");
        }

        ThrowIfBroken();
        DurableSequence = Math.Max(DurableSequence, sequence);
        OnDurable();
    }

    private async Task SaveSnapshot()
    {
        var sequence = Sequence;
        try
        {
            var payload = TakeSnapshot();

            // A snapshot must not be ahead of the journal that it stands for.
            await _lastAppend;
            await services.Snapshots.SaveAsync(Stream, sequence, payload);
            _snapshotSequence = sequence;
        }
        catch (Exception exception)
        {
            Log.SnapshotFailed(logger, exception, Stream);
        }
    }
}
