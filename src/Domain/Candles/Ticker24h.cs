namespace Exchange.Domain.Candles;

/// <summary>
/// A rolling day in one-minute buckets: the current minute and the 1,439 before it. The sum of the finished minutes is kept and
/// made anew when the minute changes, so a trade or a reading costs the same however much was traded.
/// </summary>
public sealed class Ticker24h
{
    public const int Minutes = 24 * 60;
    private const long MinuteMs = 60_000;

    private readonly Candle[] _minutes = new Candle[Minutes];
    private Candle _finished;
    private long _nowMinute;
    private long _lastTicks;

    public void Add(long timeMs, long priceTicks, long lots, decimal quote) =>
        Add(Candle.OfTrade(MinuteOf(timeMs) * MinuteMs, priceTicks, lots, quote));

    /// <summary>A whole minute at once, as from the journal after a restart. Minutes must come in the order of time.</summary>
    public void Add(in Candle candle)
    {
        var minute = Math.Max(MinuteOf(candle.OpenTimeMs), _nowMinute);
        MoveTo(minute);
        ref var bucket = ref _minutes[Index(minute)];
        bucket = bucket.IsEmpty ? candle with { OpenTimeMs = minute * MinuteMs } : bucket.Then(candle);
        _lastTicks = candle.CloseTicks;
    }

    public Ticker Read(long nowMs)
    {
        MoveTo(Math.Max(MinuteOf(nowMs), _nowMinute));
        var current = _minutes[Index(_nowMinute)];
        var openTimeMs = (_nowMinute - Minutes + 1) * MinuteMs;
        var day = _finished.IsEmpty ? current : current.IsEmpty ? _finished : _finished.Then(current);
        return day.IsEmpty
            ? new Ticker(openTimeMs, nowMs, _lastTicks, _lastTicks, _lastTicks, _lastTicks, 0, 0, 0)
            : new Ticker(
                openTimeMs, nowMs, day.OpenTicks, day.HighTicks, day.LowTicks, day.CloseTicks, day.Lots, day.QuoteVolume, day.Trades);
    }

    private void MoveTo(long minute)
    {
        if (minute == _nowMinute)
            return;

        _nowMinute = minute;
        _finished = default;
        for (var m = Math.Max(minute - Minutes + 1, 0); m < minute; m++)
        {
            ref readonly var bucket = ref _minutes[Index(m)];
            if (!bucket.IsEmpty && bucket.OpenTimeMs == m * MinuteMs)
                _finished = _finished.IsEmpty ? bucket : _finished.Then(bucket);
        }

        // The bucket of the new minute still has the one of a day ago.
        _minutes[Index(minute)] = default;
    }

    private static long MinuteOf(long timeMs) => CandleInterval.OneMinute.OpenTimeMs(timeMs) / MinuteMs;

    private static int Index(long minute) => (int)(minute % Minutes);
}
