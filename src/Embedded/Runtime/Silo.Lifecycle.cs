namespace Exchange.Embedded.Runtime;

/// <summary>Stopping: every activation is told, and waited for no longer than the caller allows.</summary>
internal sealed partial class Silo
{
    private volatile bool _isStopping;
    private volatile bool _isStopped;

    internal bool IsStopping => _isStopping;

    internal bool IsStopped => _isStopped;

    internal void Start()
    {
        Cluster.Note(this, SiloStatus.Active);
        Log.Started(_logger);
    }

    /// <summary>What a crash does: nothing is told, and nobody is answered but by those who notice it.</summary>
    internal void Abandon()
    {
        _isStopping = _isStopped = true;
        var owing = Mailboxes.ToArray();
        Cluster.Note(this, SiloStatus.Dead);
        if (Cluster.IsShared)
            FailOwed(owing, "The silo has died.");
        Dispose();
    }

    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_isStopping)
            return;

        _isStopping = true;
        Cluster.Note(this, SiloStatus.ShuttingDown);
        var started = Clock.GetTimestamp();
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is shutting down.");
        var active = Mailboxes.Select(m => m.Activation).OfType<Activation>().Where(a => !a.IsObserver).ToArray();
        foreach (var activation in active)
            activation.Deactivate(reason, cancellationToken);

        await WaitForAsync(active, cancellationToken);
        _isStopped = true;
        var owing = Mailboxes.ToArray();
        Cluster.Note(this, SiloStatus.Dead);
        FailOwed(owing, "The silo has stopped.");
        Log.Stopped(_logger, active.Length, (long)Clock.GetElapsedTime(started).TotalMilliseconds);
    }

    private static void FailOwed(Mailbox[] owing, string why)
    {
        foreach (var mailbox in owing)
            mailbox.FailOwed(new SiloUnavailableException(why));
    }

    private async Task WaitForAsync(Activation[] active, CancellationToken cancellationToken)
    {
        using var bound = StartTimeout(Collection.DeactivationTimeout, cancellationToken);
        try
        {
            await Task.WhenAll(active.Select(a => a.Deactivated)).WaitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            var late = active.Where(a => !a.Deactivated.IsCompleted).ToArray();
            if (late.Length > 0)
                Log.StoppedEarly(_logger, late.Length, late[0].GrainId);
        }
    }
}
