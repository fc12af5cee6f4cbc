namespace Exchange.Grains;

/// <summary>
/// Ends when it is released or its time is up, whichever comes first. Whoever awaits it goes on in a turn of its own grain:
/// a combination of tasks would take a detour through the thread pool, and leave its timer running.
/// </summary>
internal sealed class TimedWait
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer? _timer;

    public TimedWait(TimeSpan atMost, TimeProvider time) =>
        _timer = time.CreateTimer(static wait => ((TimedWait)wait!).Release(), this, atMost, Timeout.InfiniteTimeSpan);

    public Task Done => _done.Task;

    public void Release()
    {
        _timer?.Dispose();
        _done.TrySetResult();
    }
}
