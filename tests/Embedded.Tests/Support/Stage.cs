using System.Collections.Concurrent;

namespace Exchange.Embedded.Tests.Support;

/// <summary>What grains and a test share: a log of what happened, and gates at which grains wait for the test.</summary>
public sealed class Stage
{
    private readonly ConcurrentQueue<string> _log = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _arrivals = new();

    public IReadOnlyList<string> Log => [.. _log];

    public void Note(string what) => _log.Enqueue(what);

    /// <summary>A grain waits here until the test opens the gate.</summary>
    public Task Gate(string name)
    {
        At(_arrivals, name).TrySetResult();
        return At(_gates, name).Task;
    }

    public void Open(string name) => At(_gates, name).TrySetResult();

    /// <summary>Completes when somebody waits at the gate.</summary>
    public Task Arrival(string name) => At(_arrivals, name).Task.WaitAsync(Patience.Limit);

    /// <summary>Opens every gate that somebody waits at.</summary>
    public void OpenAll()
    {
        foreach (var gate in _arrivals.Keys)
            Open(gate);
    }

    private static TaskCompletionSource At(ConcurrentDictionary<string, TaskCompletionSource> all, string name) =>
        all.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}

/// <summary>How long a test waits for what must happen before it fails. A passing test never waits this long.</summary>
public static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task Soon(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);
}
