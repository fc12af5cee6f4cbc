namespace Exchange.Embedded.Simulation;

/// <summary>
/// Runs all lanes of a simulation on one thread. A seed picks which runnable lane takes the next turn, so a seed names an interleaving.
/// </summary>
public sealed class SeededScheduler(int seed, Func<bool> advanceTime) : ITurnScheduler
{
    private readonly Random _random = new(seed);
    private readonly List<Lane> _runnable = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private Exception? _stray;

    public int Seed => seed;

    public bool IsSingleThreaded => true;

    public long TurnsTaken { get; private set; }

    /// <summary>Told before each turn whose turn it is.</summary>
    public Action<string>? OnTurn { get; set; }

    public void Schedule(Lane lane)
    {
        if (Environment.CurrentManagedThreadId == _thread)
            _runnable.Add(lane);
        else
            _stray ??= new InvalidOperationException(
                $"{lane.Name} was woken from another thread, so this run cannot be repeated: {Environment.StackTrace}");
    }

    /// <summary>False when nothing is runnable; time alone can change that.</summary>
    public bool RunOneTurn()
    {
        if (_stray is not null)
            throw _stray;
        if (_runnable.Count == 0)
            return false;

        var index = _random.Next(_runnable.Count);
        var lane = _runnable[index];
        _runnable[index] = _runnable[^1];
        _runnable.RemoveAt(_runnable.Count - 1);
        TurnsTaken++;
        OnTurn?.Invoke(lane.Name);
        RunAlone(lane);
        return true;
    }

    /// <summary>Takes turns until nothing is runnable, without moving time.</summary>
    public void RunUntilQuiet()
    {
        while (RunOneTurn())
        {
        }
    }

    /// <summary>
    /// Runs client code as a lane of its own until it is done. Time moves to the next timer whenever nothing is runnable.
    /// </summary>
    public void Run(Func<Task> client)
    {
        var done = Start("client", client);
        while (!done.IsCompleted)
        {
            if (!RunOneTurn() && !advanceTime())
                throw new InvalidOperationException("Deadlock: the client waits, but nothing is runnable and no timer is armed.");
        }

        done.GetAwaiter().GetResult();
    }

    public T Run<T>(Func<Task<T>> client)
    {
        var result = default(T);
        Run(async () => { result = await client(); });
        return result!;
    }

    /// <summary>Starts client code as a lane of its own; it takes turns as others do.</summary>
    public Task Start(string name, Func<Task> client)
    {
        var lane = new ClientLane(this, name);
        return Task.Factory.StartNew(client, CancellationToken.None, TaskCreationOptions.DenyChildAttach, lane).Unwrap();
    }

    internal void Discard(ITurnScheduler owner) => _runnable.RemoveAll(lane => lane.Scheduler == owner);

    /// <summary>A synchronization context of the driving thread, such as a test framework's, would carry awaits away from their lane.</summary>
    private static void RunAlone(Lane lane)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            lane.RunSlice(turns: 1);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private sealed class ClientLane(ITurnScheduler scheduler, string name) : Lane(scheduler)
    {
        public override string Name => name;

        private protected override void OnTurnFailed(Exception exception) => throw exception;
    }
}
