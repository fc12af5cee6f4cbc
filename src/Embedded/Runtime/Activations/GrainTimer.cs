namespace Exchange.Embedded.Runtime;

/// <summary>A timer whose ticks are turns of its activation; it is armed anew only when a tick has ended.</summary>
internal abstract class GrainTimer : IGrainTimer
{
    private readonly CancellationTokenSource _disposal = new();
    private readonly Activation _activation;
    private readonly ITimer _timer;
    private readonly TimerTick _tick;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private volatile bool _firing;
    private bool _changed;

    private protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _tick = new TimerTick(this, options);
        _timer = activation.Silo.Clock.CreateTimer(
            static timer => ((GrainTimer)timer!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    internal bool IsDisposed => _disposal.IsCancellationRequested;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, nameof(dueTime));
        Validate(period, nameof(period));
        (_dueTime, _period, _changed) = (dueTime, period, true);
        if (!_firing)
            Arm(dueTime);
    }

    public void Dispose()
    {
        if (IsDisposed)
            return;

        _disposal.Cancel();
        _timer.Dispose();
        _activation.Remove(this);
    }

    internal Task Tick()
    {
        _changed = false;
        return Invoke(_disposal.Token) ?? Task.CompletedTask;
    }

    internal void OnTickEnded(Exception? exception)
    {
        if (exception is not null && !IsDisposed)
            _activation.Silo.ReportFailedTimer(_activation.GrainId, exception);

        _firing = false;
        Arm(_changed ? _dueTime : _period);
    }

    private protected abstract Task Invoke(CancellationToken cancellationToken);

    private void OnDue()
    {
        if (IsDisposed)
            return;

        _firing = true;
        _tick.AddressTo(_activation.Mailbox);
        _activation.Mailbox.Post(_tick);
    }

    private void Arm(TimeSpan due)
    {
        if (!IsDisposed)
            _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private static void Validate(TimeSpan time, string name)
    {
        const long MaxMilliseconds = 0xfffffffe;
        var milliseconds = (long)time.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, -1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, MaxMilliseconds, name);
    }
}

internal sealed class GrainTimer<TState>(
    Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    : GrainTimer(activation, options)
{
    private protected override Task Invoke(CancellationToken cancellationToken) => callback(state, cancellationToken);
}

/// <summary>One tick object serves a timer, since its ticks never overlap.</summary>
internal sealed class TimerTick(GrainTimer timer, GrainTimerCreationOptions options) : Message
{
    private Task? _running;

    internal override bool AlwaysInterleaves => options.Interleave;

    internal override bool CountsAsActivity => options.KeepAlive;

    internal override bool IsAbandoned => timer.IsDisposed;

    internal override Task? Start(Activation activation)
    {
        try
        {
            _running = timer.Tick();
            if (!_running.IsCompleted)
                return _running;
        }
        catch (Exception exception)
        {
            _running = Task.FromException(exception);
        }

        Finish();
        return null;
    }

    internal override void Finish() =>
        timer.OnTickEnded(_running!.Exception?.InnerException);

    internal override void Reject(Exception exception)
    {
    }
}
