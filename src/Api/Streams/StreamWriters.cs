using System.Collections.Concurrent;

namespace Exchange.Api.Streams;

/// <summary>
/// Sends for all connections that have something to send: as many workers as there are cores, however many connections, and
/// none while there is nothing. After some connections a worker stands in line again, so that orders need not wait for a fan-out.
/// </summary>
internal sealed class StreamWriters : IThreadPoolWorkItem
{
    private const int ConnectionsAtATime = 64;

    private static readonly int WorkersMax = Environment.ProcessorCount;

    private readonly ConcurrentQueue<StreamSender> _ready = new();
    private int _workers;
    private int _holds;

    public void Add(StreamSender sender)
    {
        _ready.Enqueue(sender);
        if (Volatile.Read(ref _holds) == 0)
            StartWorker();
    }

    /// <summary>Until the release nothing need be sent: more is coming for the same connections, and one write costs less than two.</summary>
    public void Hold() => Interlocked.Increment(ref _holds);

    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) > 0)
            return;
        for (var i = Math.Min(WorkersMax, _ready.Count); i > 0; i--)
            StartWorker();
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var i = 0; i < ConnectionsAtATime && _ready.TryDequeue(out var sender); i++)
            sender.SendSome();
        if (!_ready.IsEmpty)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        Interlocked.Decrement(ref _workers);
        if (!_ready.IsEmpty)
            StartWorker();
    }

    private void StartWorker()
    {
        var workers = Volatile.Read(ref _workers);
        while (workers < WorkersMax)
        {
            var seen = Interlocked.CompareExchange(ref _workers, workers + 1, workers);
            if (seen == workers)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            workers = seen;
        }
    }
}
