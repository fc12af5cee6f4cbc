namespace Exchange.Embedded.Runtime;

/// <summary>What an activation runs under the rules of turns: a request, or the tick of a timer.</summary>
internal abstract class Message : Turn
{
    private Action? _onCompleted;
    private Mailbox? _mailbox;

    internal abstract bool AlwaysInterleaves { get; }

    internal virtual bool IsReadOnly => false;

    internal virtual bool CountsAsActivity => true;

    /// <summary>Nobody waits for it any more; one that has not started need not.</summary>
    internal abstract bool IsAbandoned { get; }

    internal byte Forwards { get; set; }

    private protected Mailbox Mailbox => _mailbox!;

    internal void AddressTo(Mailbox mailbox) => _mailbox = mailbox;

    internal sealed override void Run() => _mailbox!.Accept(this);

    /// <summary>Starts the work and returns it when it is still running, or null when it is finished already.</summary>
    internal abstract Task? Start(Activation activation);

    /// <summary>On a turn of the activation, when a task that <see cref="Start"/> returned has ended.</summary>
    internal abstract void Finish();

    /// <summary>The activation will not run it.</summary>
    internal abstract void Reject(Exception exception);

    internal void NotifyWhenDone(Task running)
    {
        _onCompleted ??= OnCompleted;
        running.GetAwaiter().UnsafeOnCompleted(_onCompleted);
    }

    private void OnCompleted()
    {
        Finish();
        _mailbox!.OnCompleted(this);
    }
}
