namespace Exchange.Embedded;

/// <summary>
/// A queue of turns that run one at a time, in order, and never on two threads at once.
/// It is the task scheduler of everything that its turns start, so what they await resumes here.
/// </summary>
public abstract class Lane : TaskScheduler, IThreadPoolWorkItem
{
    private const int TurnsPerSlice = 64;
    private const int LongestIdleQueue = 256;

    private static readonly Action<object?> s_runSlice = static lane => ((Lane)lane!).RunTurns();

    [ThreadStatic]
    private static Lane? t_running;

    private readonly ITurnScheduler _scheduler;
    private object[] _incoming = new object[4];
    private int _incomingCount;
    private object[] _batch = new object[4];
    private int _batchCount;
    private int _batchNext;
    private int _turnsLeft;
    private bool _scheduled;

    private protected Lane(ITurnScheduler scheduler) => _scheduler = scheduler;

    /// <summary>What a simulator records in its trace.</summary>
    public abstract string Name { get; }

    public sealed override int MaximumConcurrencyLevel => 1;

    internal static Lane? Running => t_running;

    internal ITurnScheduler Scheduler => _scheduler;

    internal bool IsRunningHere => ReferenceEquals(t_running, this);

    /// <summary>Whether it has turns to take, or is taking them.</summary>
    internal bool IsScheduled => Volatile.Read(ref _scheduled);

    /// <summary>Guards the incoming queue and whatever a derived class must change together with it.</summary>
    private protected Lock Gate { get; } = new();

    private protected int IncomingCount => _incomingCount;

    /// <summary>Whether turns that were taken from the queue have not run yet.</summary>
    private protected bool HasBatch => _batchNext < _batchCount;

    /// <summary>Runs a slice of turns; a slice of one is how a simulator steps.</summary>
    internal void RunSlice(int turns)
    {
        var outer = t_running;
        t_running = this;
        _turnsLeft = turns;
        try
        {
            // Only inside a task of this scheduler do awaits capture it, so a slice is one.
            new Task(s_runSlice, this, TaskCreationOptions.DenyChildAttach).RunSynchronously(this);
        }
        finally
        {
            t_running = outer;
        }

        if (HasMore())
            _scheduler.Schedule(this);
    }

    void IThreadPoolWorkItem.Execute() => RunSlice(TurnsPerSlice);

    internal void Post(Turn turn) => Add(turn);

    protected sealed override void QueueTask(Task task) => Add(task);

    protected sealed override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && IsRunningHere && TryExecuteTask(task);

    protected sealed override IEnumerable<Task> GetScheduledTasks()
    {
        lock (Gate)
            return [.. _incoming.Take(_incomingCount).OfType<Task>()];
    }

    /// <summary>Under the gate. True when the lane must be handed to the scheduler, after the gate is left.</summary>
    private protected bool Append(object turn)
    {
        if (_incomingCount == _incoming.Length)
            Array.Resize(ref _incoming, _incomingCount * 2);

        _incoming[_incomingCount++] = turn;
        var wasIdle = !_scheduled;
        _scheduled = true;
        return wasIdle;
    }

    private protected void Wake() => _scheduler.Schedule(this);

    /// <summary>Under the gate, when the last turn has ended and no other is there.</summary>
    private protected virtual void OnIdle()
    {
    }

    private protected abstract void OnTurnFailed(Exception exception);

    /// <summary>After a burst the queues do not stay as long as it was.</summary>
    private void Shrink()
    {
        if (_incoming.Length > LongestIdleQueue)
            _incoming = new object[4];
        if (_batch.Length > LongestIdleQueue)
            (_batch, _batchCount, _batchNext) = (new object[4], 0, 0);
    }

    private void Add(object turn)
    {
        bool wake;
        lock (Gate)
            wake = Append(turn);

        if (wake)
            Wake();
    }

    private void RunTurns()
    {
        while (_turnsLeft > 0 && TryTake(out var turn))
        {
            _turnsLeft--;
            try
            {
                if (turn is Task task)
                    TryExecuteTask(task);
                else
                    ((Turn)turn).Run();
            }
            catch (Exception exception)
            {
                OnTurnFailed(exception);
            }
        }
    }

    private bool TryTake(out object turn)
    {
        if (_batchNext == _batchCount && !SwapQueues())
        {
            turn = null!;
            return false;
        }

        ref var slot = ref _batch[_batchNext++];
        turn = slot;
        slot = null!;
        return true;
    }

    private bool SwapQueues()
    {
        lock (Gate)
        {
            (_batch, _incoming) = (_incoming, _batch);
            (_batchCount, _incomingCount, _batchNext) = (_incomingCount, 0, 0);
            return _batchCount > 0;
        }
    }

    private bool HasMore()
    {
        if (HasBatch)
            return true;

        lock (Gate)
        {
            if (_incomingCount > 0)
                return true;

            OnIdle();
            Shrink();
            return _scheduled = false;
        }
    }
}
