namespace Exchange.Api.Streams;

/// <summary>A stream of what can be asked for at any time: asked once per period for everybody, told only when it differs.</summary>
internal sealed class PolledTopic(string name, TimeSpan period, TimeProvider clock, Func<LatestTopic, Task> poll)
{
    public int Interested;

    private long _polledAt = clock.GetTimestamp() - (long)(period.TotalSeconds * clock.TimestampFrequency);
    private int _isPolling;

    public LatestTopic Topic { get; } = new(name);

    public async Task PollIfDueAsync()
    {
        if (Volatile.Read(ref Interested) <= 0 || clock.GetElapsedTime(_polledAt) < period || Interlocked.Exchange(ref _isPolling, 1) == 1)
            return;
        try
        {
            _polledAt = clock.GetTimestamp();
            await poll(Topic);
        }
        finally
        {
            Volatile.Write(ref _isPolling, 0);
        }
    }
}
