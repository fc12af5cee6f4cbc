namespace Exchange.Storage.ReadModel;

/// <summary>The intervals that minutes add up to, in UTC. Weeks start on Monday, months on their first day.</summary>
public static class CandlePeriods
{
    private const long Minute = 60_000;
    private const long Day = 1_440 * Minute;

    /// <summary>1970-01-05 was the first Monday.</summary>
    private const long FirstMonday = 4 * Day;

    private static readonly (string Name, long LengthMs)[] Fixed =
    [
        ("1m", Minute), ("3m", 3 * Minute), ("5m", 5 * Minute), ("15m", 15 * Minute), ("30m", 30 * Minute),
        ("1h", 60 * Minute), ("2h", 120 * Minute), ("4h", 240 * Minute), ("6h", 360 * Minute), ("8h", 480 * Minute),
        ("12h", 720 * Minute), ("1d", Day), ("3d", 3 * Day), ("1w", 7 * Day),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Fixed.Select(period => period.Name), "1M"];

    /// <summary>When the candle that a moment falls into opens.</summary>
    public static long OpenTime(string period, long atMs)
    {
        if (period == "1M")
        {
            DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(atMs);
            return new DateTimeOffset(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        }

        long from = period == "1w" ? FirstMonday : 0;
        return atMs - ((atMs - from) % Length(period));
    }

    /// <summary>The last millisecond of the candle that opens then.</summary>
    public static long CloseTime(string period, long openMs) => period == "1M"
        ? DateTimeOffset.FromUnixTimeMilliseconds(openMs).AddMonths(1).ToUnixTimeMilliseconds() - 1
        : openMs + Length(period) - 1;

    private static long Length(string period)
    {
        foreach ((string name, long length) in Fixed)
        {
            if (name == period)
            {
                return length;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(period), period, "There is no such candle interval.");
    }
}
