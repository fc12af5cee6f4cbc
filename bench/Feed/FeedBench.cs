using System.Globalization;

namespace Exchange.Bench.Feed;

/// <summary>What a venue's feed can take: depth updates parsed and applied by one core, and their delay over a socket.</summary>
internal static class FeedBench
{
    public static async Task<int> RunAsync(string[] words)
    {
        int seconds = words.Length == 0 ? 10 : int.Parse(words[0], CultureInfo.InvariantCulture);
        foreach (int levels in new[] { 4, 40 })
        {
            var applied = DepthParsing.Measure(levels);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"feed parse {levels} levels an update: {applied.UpdatesPerSecond:N0} updates/s, {applied.LevelsPerSecond:N0} levels/s "
                + $"on one core ({applied.UpdatesPerCpuSecond:N0} updates per second of processor time), "
                + $"{applied.BytesPerUpdate:F1} bytes allocated an update"));
        }
        var delay = await SocketDelay.MeasureAsync(updatesPerSecond: 50_000, TimeSpan.FromSeconds(seconds));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"feed socket to grain at {delay.UpdatesPerSecond:N0} updates/s over {SocketDelay.Markets} markets: "
            + $"p50 {delay.P50Ms:F2} ms, p99 {delay.P99Ms:F2} ms, max {delay.MaxMs:F2} ms"));
        return 0;
    }
}
