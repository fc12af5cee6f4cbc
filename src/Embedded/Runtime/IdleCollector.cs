namespace Exchange.Embedded.Runtime;

/// <summary>Deactivates activations that nobody used for as long as their class allows.</summary>
internal sealed class IdleCollector : IDisposable
{
    private readonly Silo _silo;
    private readonly ITimer _timer;

    internal IdleCollector(Silo silo)
    {
        _silo = silo;
        var quantum = silo.Collection.CollectionQuantum;
        _timer = silo.Clock.CreateTimer(static collector => ((IdleCollector)collector!).Collect(), this, quantum, quantum);
    }

    public void Dispose() => _timer.Dispose();

    private void Collect()
    {
        var now = _silo.Clock.GetTimestamp();
        foreach (var mailbox in _silo.Mailboxes)
        {
            if (mailbox.Activation is not { } activation)
                mailbox.Post(new CallbackTurn(() => mailbox.TryRetire()));
            else if (activation.IsObserver)
                DropIfGone(mailbox, activation);
            else if (activation.IsStale(now))
                mailbox.Post(new CallbackTurn(() => DeactivateIfStale(activation)));
        }
    }

    /// <summary>An observer is held weakly; when nobody else holds it, its mailbox goes too.</summary>
    private static void DropIfGone(Mailbox mailbox, Activation observer)
    {
        if (observer.IsObserverGone)
            mailbox.Detach(new OrleansMessageRejectionException($"The observer behind {mailbox.GrainId} is gone."));
    }

    /// <summary>On its turn, since it may have been used between the look and now.</summary>
    private void DeactivateIfStale(Activation activation)
    {
        if (activation.IsStale(_silo.Clock.GetTimestamp()))
            activation.Deactivate(
                new DeactivationReason(DeactivationReasonCode.ActivationIdle, "The activation was idle for longer than its age limit."));
    }
}
