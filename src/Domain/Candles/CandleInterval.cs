namespace Exchange.Domain.Candles;

/// <summary>
/// The usual intervals. All buckets start on UTC boundaries: weeks on Monday, months on the first,
/// everything else on whole multiples since 1970-01-01, which is where venues cut their three-day candles too.
/// </summary>
public readonly record struct CandleInterval
{
    private const long SecondMs = 1_000;
    private const long MinuteMs = 60 * SecondMs;
    private const long HourMs = 60 * MinuteMs;
    private const long DayMs = 24 * HourMs;
    private const long FirstMondayMs = 4 * DayMs;

    private readonly long _lengthMs;
    private readonly long _offsetMs;

    private CandleInterval(string name, long lengthMs, long offsetMs = 0)
    {
        Name = name;
        _lengthMs = lengthMs;
        _offsetMs = offsetMs;
    }

    public static CandleInterval OneSecond { get; } = new("1s", SecondMs);
    public static CandleInterval OneMinute { get; } = new("1m", MinuteMs);
    public static CandleInterval OneHour { get; } = new("1h", HourMs);
    public static CandleInterval OneDay { get; } = new("1d", DayMs);
    public static CandleInterval OneWeek { get; } = new("1w", 7 * DayMs, FirstMondayMs);
    public static CandleInterval OneMonth { get; } = new("1M", 0);

    /// <summary>Shortest first.</summary>
    public static IReadOnlyList<CandleInterval> All { get; } =
    [
        OneSecond,
        OneMinute,
        new("3m", 3 * MinuteMs),
        new("5m", 5 * MinuteMs),
        new("15m", 15 * MinuteMs),
        new("30m", 30 * MinuteMs),
        OneHour,
        new("2h", 2 * HourMs),
        new("4h", 4 * HourMs),
        new("6h", 6 * HourMs),
        new("8h", 8 * HourMs),
        new("12h", 12 * HourMs),
        OneDay,
        new("3d", 3 * DayMs),
        OneWeek,
        OneMonth,
    ];

    /// <summary>As venues write it. "1m" is a minute and "1M" a month, so case matters.</summary>
    public string Name { get; }

    public static bool TryParse(string? text, out CandleInterval interval)
    {
        foreach (var candidate in All)
        {
            if (candidate.Name == text)
            {
                interval = candidate;
                return true;
            }
        }

        interval = default;
        return false;
    }

    /// <summary>When the bucket that contains this time opened.</summary>
    public long OpenTimeMs(long timeMs)
    {
        if (_lengthMs == 0)
            return MonthOf(timeMs, 0);
        var sinceOffset = timeMs - _offsetMs;
        var remainder = sinceOffset % _lengthMs;
        return timeMs - (remainder < 0 ? remainder + _lengthMs : remainder);
    }

    /// <summary>When the bucket after the one that contains this time opens.</summary>
    public long NextOpenTimeMs(long timeMs) => _lengthMs == 0 ? MonthOf(timeMs, 1) : OpenTimeMs(timeMs) + _lengthMs;

    public override string ToString() => Name;

    private static long MonthOf(long timeMs, int monthsLater)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(timeMs);
        return new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(monthsLater).ToUnixTimeMilliseconds();
    }
}
