namespace Exchange.Testing;

/// <summary>A clock that stands still until a test moves it. Timers fire, in the order of their due times, on the thread that moves it.</summary>
public sealed class VirtualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<VirtualTimer> _armed = new(Comparer<VirtualTimer>.Create(ByDueTime));
    private readonly DateTimeOffset _start;
    private long _nowTicks;
    private long _lastSequence;

    public VirtualTimeProvider() : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public VirtualTimeProvider(DateTimeOffset start) => _start = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How long after now the next timer is due, or null when none is armed.</summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_gate)
                return _armed.Min is { } next ? TimeSpan.FromTicks(Math.Max(0, next.DueTicks - _nowTicks)) : null;
        }
    }

    public override long GetTimestamp() => Volatile.Read(ref _nowTicks);

    public override DateTimeOffset GetUtcNow() => _start.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = GetTimestamp() + by.Ticks;
        while (TakeDue(target) is { } timer)
            timer.Fire();

        lock (_gate)
            _nowTicks = Math.Max(_nowTicks, target);
    }

    /// <summary>Moves to the next due time and fires one timer; false when no timer is armed.</summary>
    public bool AdvanceToNextTimer()
    {
        var timer = TakeDue(long.MaxValue);
        timer?.Fire();
        return timer is not null;
    }

    private VirtualTimer? TakeDue(long target)
    {
        lock (_gate)
        {
            if (_armed.Min is not { } next || next.DueTicks > target)
                return null;

            _nowTicks = Math.Max(_nowTicks, next.DueTicks);
            _armed.Remove(next);
            if (next.Period > TimeSpan.Zero)
                Arm(next, next.Period);
            return next;
        }
    }

    private bool Change(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
            if (timer.IsDisposed)
                return false;

            timer.Period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
                Arm(timer, dueTime);
            return true;
        }
    }

    private void Arm(VirtualTimer timer, TimeSpan dueTime)
    {
        timer.DueTicks = _nowTicks + dueTime.Ticks;
        timer.Sequence = ++_lastSequence;
        _armed.Add(timer);
    }

    private void Remove(VirtualTimer timer)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
            timer.IsDisposed = true;
        }
    }

    private static int ByDueTime(VirtualTimer left, VirtualTimer right)
    {
        var byDue = left.DueTicks.CompareTo(right.DueTicks);
        return byDue != 0 ? byDue : left.Sequence.CompareTo(right.Sequence);
    }

    private sealed class VirtualTimer(VirtualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        internal long DueTicks { get; set; }

        internal long Sequence { get; set; }

        internal TimeSpan Period { get; set; }

        internal bool IsDisposed { get; set; }

        internal void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Change(this, dueTime, period);

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
