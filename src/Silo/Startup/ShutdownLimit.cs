namespace Exchange.Silo.Startup;

/// <summary>
/// Ends a process whose end does not come: an engine that cannot reach the list of its members goes on trying, whatever it was told.
/// What was acknowledged is durable by then, so it is no worse than a crash.
/// </summary>
internal sealed class ShutdownLimit(ShutdownOptions options, TimeProvider time, Action<TimeSpan> end) : IDisposable
{
    /// <summary>For those who do end when they are told that their time is over.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private ITimer? _timer;

    public void Begin()
    {
        var limit = options.Timeout + Margin;
        _timer ??= time.CreateTimer(_ => end(limit), null, limit, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer?.Dispose();
}
