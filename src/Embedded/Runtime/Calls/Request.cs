using System.Diagnostics;
using System.Reflection;
using Orleans.Serialization.Invocation;

namespace Exchange.Embedded.Runtime;

/// <summary>
/// A call of a grain method. The runtime emits one class per method, with a field per argument, so nothing is boxed.
/// </summary>
internal abstract class Request(GrainMethod method) : Message, IInvokable
{
    internal static readonly TimeSpan Forever = System.Threading.Timeout.InfiniteTimeSpan;

    private Task? _running;
    private CallCancellation? _cancellation;
    private ActivityContext _callersTrace;
    private Activity? _trace;

    internal GrainMethod Method => method;

    internal GrainId? Source { get; private set; }

    internal sealed override bool AlwaysInterleaves => method.AlwaysInterleaves;

    internal sealed override bool IsReadOnly => method.IsReadOnly;

    internal bool ExpectsAnswer { get; private protected set; }

    /// <summary>In timestamps of the silo's clock. Guarded, like the two links, by the gate of the mailbox that owes the answer.</summary>
    internal long Deadline { get; private set; }

    internal Request? NextOwed { get; set; }

    internal Request? PreviousOwed { get; set; }

    /// <summary>Calls the method of the grain, or of the observer.</summary>
    public abstract Task Invoke(object target);

    internal abstract void Answer(Task completed);

    internal abstract void AnswerBoxed(object? result);

    internal abstract object? ResultOf(Task completed);

    internal abstract bool Fail(Exception exception);

    public virtual int GetArgumentCount() => 0;

    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public string GetMethodName() => method.Method.Name;

    public string GetInterfaceName() => method.Interface.FullName!;

    public MethodInfo GetMethod() => method.Method;

    public Type GetInterfaceType() => method.Interface;

    internal void Prepare(Silo silo)
    {
        Source = (Lane.Running as Mailbox)?.GrainId;
        _callersTrace = CallActivities.Capture();
        if (ExpectsAnswer)
            Deadline = silo.Timeouts.DeadlineFor(method.Timeout);
        _cancellation?.Arm(this);
    }

    /// <summary>The callee gets a token of its own, which is cancelled on its own turn.</summary>
    internal CancellationToken Link(CancellationToken callersToken)
    {
        if (!callersToken.CanBeCanceled)
            return callersToken;

        _cancellation = new CallCancellation(callersToken);
        return _cancellation.CalleesToken;
    }

    internal sealed override Task? Start(Activation activation)
    {
        _trace = CallActivities.Start(this, _callersTrace);
        try
        {
            var running = activation.Silo.Filters.Count == 0 && !activation.FiltersItself
                ? Invoke(activation.Instance)
                : FilteredCall.Run(this, activation);
            if (running is null)
                throw new InvalidOperationException($"{method} returned null where a task was expected.");

            _running = running;
            if (!running.IsCompleted)
                return running;
        }
        catch (Exception exception)
        {
            _running = Task.FromException(exception);
        }
        finally
        {
            // What the call awaits keeps it; the next turn is somebody else's.
            if (_trace is not null)
                Activity.Current = null;
        }

        Finish();
        return null;
    }

    internal sealed override void Finish()
    {
        Complete(_running!);
        EndTrace();
        _cancellation?.Dispose();
        Mailbox.Settle(this);
    }

    internal override void Reject(Exception exception)
    {
        Fail(exception);
        _cancellation?.Dispose();
        Mailbox.Settle(this);
    }

    internal void CancelledByCaller(CancellationToken token)
    {
        if (Fail(new OperationCanceledException(token)))
            Mailbox?.Settle(this);
    }

    internal void TimedOut(TimeSpan after) =>
        Fail(new TimeoutException($"Response did not arrive on time in {after} for {method} on {Mailbox.GrainId}."));

    /// <summary>On a turn of the callee; before the request is delivered there is no callee yet that could listen.</summary>
    internal void CancelCallee(CancellationTokenSource source)
    {
        if (Mailbox is { } mailbox)
            mailbox.Post(new CancelTurn(source));
        else
            source.Cancel();
    }

    private void EndTrace()
    {
        if (_trace is null)
            return;
        if (!_running!.IsCompletedSuccessfully)
            _trace.SetStatus(ActivityStatusCode.Error);
        _trace.Stop();
        Activity.Current = null;
    }

    private void Complete(Task completed)
    {
        if (completed.IsCompletedSuccessfully)
        {
            try
            {
                if (completed is Task<FilteredResult> filtered)
                    AnswerBoxed(filtered.Result.Value);
                else
                    Answer(completed);
            }
            catch (Exception exception)
            {
                Fail(exception);
            }
        }
        else if (!Fail(ExceptionOf(completed)) && !ExpectsAnswer)
        {
            Mailbox.Silo.ReportUnanswered(this, Mailbox.GrainId, ExceptionOf(completed));
        }
    }

    private static Exception ExceptionOf(Task completed) =>
        completed.Exception is { InnerException: { } cause } ? cause : new TaskCanceledException(completed);
}

/// <summary>The result of a method that has none.</summary>
internal readonly struct Nothing;
