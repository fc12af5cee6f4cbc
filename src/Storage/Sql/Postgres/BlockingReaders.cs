using System.Collections.Concurrent;

namespace Exchange.Storage.Sql.Postgres;

/// <summary>
/// A few threads that wait for the server, each for one reading connection: on the pool's threads they would keep grains
/// and requests waiting too.
/// </summary>
internal sealed class BlockingReaders : TaskScheduler, IDisposable
{
    private const int Threads = 8;
    private readonly BlockingCollection<Task> _waiting = [];
    private int _started;

    public override int MaximumConcurrencyLevel => Threads;

    public void Dispose() => _waiting.CompleteAdding();

    protected override IEnumerable<Task> GetScheduledTasks() => _waiting;

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override void QueueTask(Task task)
    {
        _waiting.Add(task);
        if (_started < Threads && Interlocked.Increment(ref _started) is var number and <= Threads)
        {
            new Thread(Work) { Name = $"reader {number}", IsBackground = true }.Start();
        }
    }

    private void Work()
    {
        foreach (Task task in _waiting.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
