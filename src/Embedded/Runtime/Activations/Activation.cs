using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Embedded.Runtime;

internal enum ActivationState
{
    Activating,
    Valid,
    Deactivating,
}

/// <summary>One life of a grain in memory.</summary>
internal sealed class Activation : IGrainContext, IAsyncDisposable
{
    [ThreadStatic]
    private static Activation? t_beingCreated;

    private readonly Mailbox _mailbox;
    private readonly AsyncServiceScope _scope;
    private readonly TaskCompletionSource _deactivated;
    private readonly List<GrainTimer> _timers = [];
    private readonly WeakReference? _observer;
    private object? _instance;
    private DeactivationReason _reason;
    private CancellationToken _reasonToken;
    private bool _wasValid;
    private bool _wasActive;
    private long _idleSince;
    private long _keptUntil;

    internal Activation(Mailbox mailbox)
    {
        _mailbox = mailbox;
        _deactivated = new TaskCompletionSource(mailbox.Silo.CompletionOptions);
        _scope = mailbox.Silo.Services.CreateAsyncScope();
        GrainReference = mailbox.Silo.Proxies.Create(mailbox.Class.PrimaryInterface, mailbox.Silo, mailbox.GrainId);
    }

    internal Activation(Mailbox mailbox, GrainReference reference, object observer)
    {
        (_mailbox, _observer, GrainReference) = (mailbox, new WeakReference(observer), reference);
        _deactivated = new TaskCompletionSource();
        State = ActivationState.Valid;
    }

    internal static Activation? BeingCreated => t_beingCreated;

    internal ActivationState State { get; private set; }

    internal Silo Silo => _mailbox.Silo;

    internal GrainClass Class => _mailbox.Class;

    internal Mailbox Mailbox => _mailbox;

    internal List<IStoredState> StoredStates { get; } = [];

    internal bool FiltersItself => _instance is IIncomingGrainCallFilter;

    internal bool IsObserver => _observer is not null;

    internal bool IsObserverGone => _observer is { IsAlive: false };

    internal object Instance => _instance
        ?? _observer?.Target
        ?? throw new OrleansMessageRejectionException($"The observer behind {GrainId} is gone.");

    public GrainReference GrainReference { get; }

    public GrainId GrainId => _mailbox.GrainId;

    public object? GrainInstance => _instance;

    public ActivationId ActivationId { get; } = ActivationId.NewId();

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    public Task Deactivated => _deactivated.Task;

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"{GrainId}{ActivationId} {State}";

    /// <summary>Requests run while it is valid; ticks of its timers also while it waits for running requests to end.</summary>
    internal bool Runs(Message message) =>
        State == ActivationState.Valid || (State == ActivationState.Deactivating && message is TimerTick && !message.IsAbandoned);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (_mailbox.IsRunningHere)
            BeginDeactivating(deactivationReason, cancellationToken);
        else
            _mailbox.Post(new CallbackTurn(() => BeginDeactivating(deactivationReason, cancellationToken)));
    }

    internal async Task ActivateAsync()
    {
        using var timeout = Silo.StartTimeout(Silo.Collection.ActivationTimeout);
        _instance = CreateInstance();
        foreach (var state in StoredStates)
            await state.ReadStateAsync(timeout.Token).WaitAsync(timeout.Token);

        if (_instance is IGrainBase grain)
            await grain.OnActivateAsync(timeout.Token).WaitAsync(timeout.Token);

        Touch();
        if (State == ActivationState.Activating)
            State = ActivationState.Valid;
    }

    internal async Task FinishDeactivatingAsync()
    {
        DisposeTimers();
        if (_wasValid && _instance is IGrainBase grain)
        {
            using var timeout = Silo.StartTimeout(Silo.Collection.DeactivationTimeout, _reasonToken);
            try
            {
                await grain.OnDeactivateAsync(_reason, timeout.Token).WaitAsync(timeout.Token);
            }
            catch (Exception exception)
            {
                Silo.ReportFailedDeactivation(GrainId, exception);
            }
        }

        await DisposeAsync();
        Silo.Counters.Deactivated();
    }

    internal void SignalDeactivated() => _deactivated.TrySetResult();

    internal void Touch() => _wasActive = true;

    internal void OnMailboxIdle()
    {
        if (!_wasActive)
            return;

        _wasActive = false;
        _idleSince = Silo.Clock.GetTimestamp();
    }

    internal void DelayDeactivation(TimeSpan time)
    {
        if (time == Timeout.InfiniteTimeSpan || time == TimeSpan.MaxValue)
            _keptUntil = long.MaxValue;
        else
            _keptUntil = time <= TimeSpan.Zero ? 0 : Silo.TimestampAfter(time);
    }

    internal bool IsStale(long now) =>
        State == ActivationState.Valid && !IsObserver && !_wasActive && !_mailbox.IsBusy && _keptUntil <= now
        && Class.AgeLimit != Timeout.InfiniteTimeSpan && Silo.Clock.GetElapsedTime(_idleSince, now) >= Class.AgeLimit;

    internal IGrainTimer RegisterTimer<TState>(
        Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        if (!_mailbox.IsRunningHere)
            throw new InvalidOperationException("A grain timer can only be registered by code that runs in the grain.");

        var timer = new GrainTimer<TState>(this, callback, state, options);
        _timers.Add(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    internal void Remove(GrainTimer timer) => _timers.Remove(timer);

    public async ValueTask DisposeAsync()
    {
        DisposeTimers();
        try
        {
            if (_instance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else
                (_instance as IDisposable)?.Dispose();

            await _scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            Silo.ReportFailedDeactivation(GrainId, exception);
        }
    }

    private void BeginDeactivating(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (State == ActivationState.Deactivating || _mailbox.Activation != this)
            return;

        _wasValid = State == ActivationState.Valid;
        (_reason, _reasonToken) = (reason, cancellationToken);
        State = ActivationState.Deactivating;
        if (_wasValid)
            _mailbox.RequestPump();
    }

    private object CreateInstance()
    {
        t_beingCreated = this;
        try
        {
            return Class.CreateInstance(this);
        }
        finally
        {
            t_beingCreated = null;
        }
    }

    private void DisposeTimers()
    {
        foreach (var timer in _timers.ToArray())
            timer.Dispose();
    }
}
