namespace Exchange.Api.Markets;

internal static class Intervals
{
    public const string Default = "1m";

    public static readonly IReadOnlyList<string> All =
        ["1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"];
}
