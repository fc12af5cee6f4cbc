namespace Exchange.Embedded.Runtime;

/// <summary>How one activation follows another.</summary>
internal sealed partial class Mailbox
{
    private readonly Turn _pumpTurn;
    private Activation? _activation;
    private bool _pumpRequested;
    private bool _inTransition;

    internal Activation? Activation => _activation;

    /// <summary>An observer is there from the start and never deactivates.</summary>
    internal void Attach(Activation observer) => _activation = observer;

    /// <summary>Asks for a turn of its own to go on, so that nothing starts in the middle of another turn.</summary>
    internal void RequestPump()
    {
        if (_pumpRequested)
            return;

        _pumpRequested = true;
        Post(_pumpTurn);
    }

    /// <summary>From here on <see cref="Deliver"/> refuses; false when messages arrived meanwhile.</summary>
    internal bool TryRetire()
    {
        lock (Gate)
        {
            if (_activation is not null || _waiting.Count > 0 || IncomingCount > 0 || HasBatch)
                return false;

            _retired = true;
        }

        Silo.Forget(this);
        return true;
    }

    /// <summary>From here on another mailbox must be looked up.</summary>
    internal void RefuseAll()
    {
        lock (Gate)
            _retired = true;
    }

    /// <summary>An observer that was deleted: what is still there is turned away.</summary>
    internal void Detach(Exception reason)
    {
        RefuseAll();
        Silo.Forget(this);
        Post(new CallbackTurn(() => RejectWaiting(reason)));
    }

    private void Pump()
    {
        _pumpRequested = false;
        RunWaiting();
        if (_activation is null)
            ActivateForWaiting();
        else if (_activation.State == ActivationState.Deactivating && _running == 0 && !_inTransition)
            _ = FinishDeactivatingAsync(_activation);
    }

    private void ActivateForWaiting()
    {
        RemoveAbandoned();
        if (_waiting.Count == 0)
            TryRetire();
        else if (Silo.IsStopping && Silo.Cluster.IsShared)
            HandOver();
        else if (Silo.IsStopping)
            RejectWaiting(new SiloUnavailableException("The silo is shutting down and activates no more grains."));
        else
            _ = ActivateAsync(_activation = new Activation(this));
    }

    private async Task ActivateAsync(Activation activation)
    {
        _inTransition = true;
        try
        {
            await activation.ActivateAsync();
            Silo.Counters.Activated();
        }
        catch (Exception exception)
        {
            Silo.ReportFailedActivation(GrainId, exception);
            await activation.DisposeAsync();
            _activation = null;
            RejectWaiting(exception);
        }

        _inTransition = false;
        Pump();
    }

    private async Task FinishDeactivatingAsync(Activation activation)
    {
        _inTransition = true;
        try
        {
            await activation.FinishDeactivatingAsync();
        }
        finally
        {
            _inTransition = false;
            _activation = null;
            activation.SignalDeactivated();
        }

        ForwardWaiting();
        Pump();
    }

    /// <summary>A message that only meets activations that go away is not carried on for ever.</summary>
    private void ForwardWaiting()
    {
        for (var i = _waiting.Count; i > 0; i--)
        {
            var message = TakeWaiting(0);
            if (message.Forwards++ < Silo.MaxForwards)
                Keep(message);
            else
                message.Reject(
                    new OrleansMessageRejectionException(
                        $"Forwarding failed: {message} met {message.Forwards} activations of {GrainId} that were going away."));
        }
    }

    /// <summary>The silo goes; what waits is carried to the one that has the grain next.</summary>
    private void HandOver()
    {
        RefuseAll();
        Silo.Forget(this);
        while (_waiting.Count > 0)
        {
            if (TakeWaiting(0) is not Request request)
                continue;
            Settle(request);
            Silo.Deliver(request, GrainId, retired: this);
        }
    }

    private void RemoveAbandoned()
    {
        for (var i = _waiting.Count; i > 0; i--)
        {
            var message = TakeWaiting(0);
            if (!message.IsAbandoned)
                Keep(message);
        }
    }

    private void RejectWaiting(Exception exception)
    {
        while (_waiting.Count > 0)
            TakeWaiting(0).Reject(exception);
    }
}
