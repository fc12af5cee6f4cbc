namespace Exchange.Embedded.Runtime;

/// <summary>Stopping: every activation is told, and waited for no longer than the caller allows.</summary>
internal sealed partial class Silo
{
    private volatile bool _isStopping;

    internal bool IsStopping => _isStopping;

    internal void Start()
    {
        Log.Started(_logger);
    }

    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_isStopping)
            return;

        _isStopping = true;
        var started = Clock.GetTimestamp();
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is shutting down.");
        var active = Mailboxes.Select(m => m.Activation).OfType<Activation>().Where(a => !a.IsObserver).ToArray();
        foreach (var activation in active)
            activation.Deactivate(reason, cancellationToken);

        await WaitForAsync(active, cancellationToken);
        Log.Stopped(_logger, active.Length, (long)Clock.GetElapsedTime(started).TotalMilliseconds);
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
