namespace Exchange.Embedded.Runtime;

/// <summary>
/// Ends the wait for answers that are late. One coarse sweep serves all calls, and rests while nobody waits.
/// </summary>
internal sealed class Timeouts : IDisposable
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    private readonly Silo _silo;
    private readonly ITimer _timer;
    private readonly long _defaultTicks;
    private TimeSpan _pause;
    private int _armed;

    internal Timeouts(Silo silo, TimeSpan defaultTimeout)
    {
        _silo = silo;
        Default = defaultTimeout;
        _defaultTicks = silo.ToTimestampTicks(defaultTimeout);
        _pause = PauseFor(defaultTimeout);
        _timer = silo.Clock.CreateTimer(
            static timeouts => ((Timeouts)timeouts!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    internal TimeSpan Default { get; }

    internal long DeadlineFor(TimeSpan? timeout)
    {
        var ticks = _defaultTicks;
        if (timeout is { } own)
        {
            ticks = _silo.ToTimestampTicks(own);
            if (own > TimeSpan.Zero && own < _pause * 4)
                _pause = PauseFor(own);
        }

        return _silo.Clock.GetTimestamp() + ticks;
    }

    /// <summary>After an answer is owed: either this sees that the sweep rests, or the sweep sees the debt.</summary>
    internal void EnsureArmed()
    {
        if (Volatile.Read(ref _armed) == 0)
            Arm();
    }

    public void Dispose() => _timer.Dispose();

    private static TimeSpan PauseFor(TimeSpan timeout) =>
        timeout > TimeSpan.Zero && timeout / 4 < s_longestPause ? timeout / 4 : s_longestPause;

    private void Arm()
    {
        if (Interlocked.Exchange(ref _armed, 1) == 0)
            _timer.Change(_pause, Timeout.InfiniteTimeSpan);
    }

    private void Sweep()
    {
        Interlocked.Exchange(ref _armed, 0);
        var now = _silo.Clock.GetTimestamp();
        var waiting = false;
        foreach (var mailbox in _silo.Mailboxes)
        {
            if (!mailbox.OwesAnswers)
                continue;

            mailbox.ExpireOwed(now);
            waiting |= mailbox.OwesAnswers;
        }

        if (waiting)
            Arm();
    }
}
