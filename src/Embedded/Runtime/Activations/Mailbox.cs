using Orleans.Configuration;

namespace Exchange.Embedded.Runtime;

/// <summary>
/// Where the messages to one grain arrive, and which of them may run. It outlives the activations of the grain, which follow each other
/// here and so never overlap. All but <see cref="Deliver"/> and what uses the gate happens on its turns.
/// </summary>
internal sealed partial class Mailbox : Lane
{
    private readonly MessageQueue _waiting = new();
    private OwedAnswers _owed;
    private Message? _blocking;
    private int _running;
    private int _interleavableWaiting;
    private bool _retired;

    internal Mailbox(Silo silo, GrainId grainId, GrainClass grainClass) : base(silo.Scheduler)
    {
        (Silo, GrainId, Class) = (silo, grainId, grainClass);
        _pumpTurn = new CallbackTurn(Pump);
    }

    public override string Name => GrainId.ToString();

    internal Silo Silo { get; }

    internal GrainId GrainId { get; }

    internal GrainClass Class { get; }

    internal int QueueLength => IncomingCount + _waiting.Count;

    internal bool IsBusy => _running > 0 || _waiting.Count > 0;

    internal bool OwesAnswers => !_owed.IsEmpty;

    /// <summary>False when the mailbox is retired and another one must be looked up.</summary>
    internal bool Deliver(Request request)
    {
        var wake = false;
        Exception? refusal;
        lock (Gate)
        {
            if (_retired)
                return false;

            request.AddressTo(this);
            refusal = Refusal();
            if (refusal is null)
            {
                if (request.ExpectsAnswer)
                    _owed.Add(request);
                wake = Append(request);
            }
        }

        if (wake)
            Wake();
        if (refusal is not null)
            request.Reject(refusal);
        else if (request.ExpectsAnswer)
            Silo.Timeouts.EnsureArmed();
        return true;
    }

    /// <summary>Runs the message now if the rules let it and nobody who waits comes before it, or keeps it until they do.</summary>
    internal void Accept(Message message)
    {
        if (!_pumpRequested && _activation is { } current && current.Runs(message) && MayRun(message))
            Start(message, current);
        else
            Keep(message);

        if (_activation is null)
            ActivateForWaiting();
    }

    internal void OnCompleted(Message message)
    {
        Ended(message);
        if (_waiting.Count > 0 || _activation!.State == ActivationState.Deactivating)
            RequestPump();
    }

    internal void Settle(Request request)
    {
        if (!request.ExpectsAnswer)
            return;

        lock (Gate)
            _owed.Remove(request);
    }

    internal void ExpireOwed(long now)
    {
        foreach (var request in TakeOwed(now))
            request.TimedOut(request.Method.Timeout ?? Silo.Timeouts.Default);
    }

    internal void FailOwed(Exception exception)
    {
        foreach (var request in TakeOwed(long.MaxValue))
            request.Fail(exception);
    }

    private List<Request> TakeOwed(long deadline)
    {
        var taken = new List<Request>();
        lock (Gate)
        {
            for (var request = _owed.First; request is not null;)
            {
                var next = request.NextOwed;
                if (request.Deadline <= deadline)
                {
                    _owed.Remove(request);
                    taken.Add(request);
                }

                request = next;
            }
        }

        return taken;
    }

    private Exception? Refusal()
    {
        if (Silo.IsStopped)
            return new SiloUnavailableException("The silo has stopped.");

        return Silo.MailboxLimit > 0 && QueueLength + _running > Silo.MailboxLimit
            ? new LimitExceededException(
                nameof(SiloMessagingOptions.MaxEnqueuedRequestsHardLimit), QueueLength + _running, Silo.MailboxLimit, GrainId)
            : null;
    }

    private bool MayRun(Message message) =>
        _blocking is null || message.AlwaysInterleaves || (message.IsReadOnly && _blocking.IsReadOnly);

    private void Keep(Message message)
    {
        if (message.AlwaysInterleaves || message.IsReadOnly)
            _interleavableWaiting++;
        _waiting.Add(message);
    }

    private Message TakeWaiting(int index)
    {
        var message = _waiting.RemoveAt(index);
        if (message.AlwaysInterleaves || message.IsReadOnly)
            _interleavableWaiting--;
        return message;
    }

    private void Start(Message message, Activation activation)
    {
        if (message.IsAbandoned)
            return;

        _running++;
        if (_blocking is null && !message.AlwaysInterleaves && !Class.IsReentrant)
            _blocking = message;

        if (message.Start(activation) is { } running)
            message.NotifyWhenDone(running);
        else
            Ended(message);
    }

    private void Ended(Message message)
    {
        _running--;
        if (ReferenceEquals(_blocking, message))
            _blocking = null;
        Silo.Counters.MessageProcessed();
        if (message.CountsAsActivity)
            _activation!.Touch();
    }

    private void RunWaiting()
    {
        for (var i = 0; i < _waiting.Count && _activation is { } current;)
        {
            if (_blocking is not null && _interleavableWaiting == 0)
                return;

            if (current.Runs(_waiting[i]) && MayRun(_waiting[i]))
                Start(TakeWaiting(i), current);
            else
                i++;
        }
    }

    private protected override void OnIdle() => _activation?.OnMailboxIdle();

    private protected override void OnTurnFailed(Exception exception) => Silo.ReportFailedTurn(GrainId, exception);
}
