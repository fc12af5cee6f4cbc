namespace Exchange.Bench.Orders;

/// <summary>What all connections share: how many orders may still be sent, how many are done, and whether the clock runs.</summary>
public sealed class LoadRun(long ordersToSend)
{
    private long _toSend = ordersToSend;
    private long _done;
    private volatile bool _measuring;
    private volatile bool _stopped;

    public bool IsMeasuring => _measuring;
    public long Done => Volatile.Read(ref _done);

    public bool MaySend() => !_stopped && Interlocked.Decrement(ref _toSend) >= 0;

    public void OneDone() => Interlocked.Increment(ref _done);

    public void StartMeasuring() => _measuring = true;

    public void StopMeasuring() => _measuring = false;

    public void Stop() => _stopped = true;
}
