using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Exchange.Bench.Harness;

namespace Exchange.Bench.Triggers;

/// <summary>
/// From the venue's tick to the position durably closed, through the real silo: a venue on loopback speaks Binance's protocol,
/// positions are opened over HTTP, and each owner's stream tells when the close is booked; every stop that the price reached
/// must close once. Before that, what it costs when the price ticks ten times a second and nothing fires.
/// </summary>
public static class DetectBench
{
    private const int AttemptsMax = 20;
    private const decimal FirstStop = 149m;
    private const decimal Margin = 10;
    private const int TicksPerSecond = 10;
    private const int Accounts = 100;
    private const double DetectLimitMs = 50;
    private const double IdleLimit = 0.05;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] words)
    {
        var arguments = new Arguments(words, "positions", "rate", "seconds", "idle");
        var (positions, rate) = (arguments.Number("positions", 100_000), arguments.Number("rate", 1_000));
        var (seconds, idle) = (arguments.Number("seconds", 20), arguments.Number("idle", 10));
        var assembly = await SiloBuild.LocateOrBuildAsync();
        await using var venue = await DetectVenue.StartAsync();
        using var folder = new TemporaryFolder();
        using var silo = SiloProcess.Start(
            assembly, folder.Data,
            [
                "--Logging:LogLevel:Default=Warning", "--MarketMaker:Enabled=false",
                "--Streams:MaxConnectionsPerAddress=0", "--Streams:MaxConnectionsPerUser=0", .. venue.Arguments,
            ]);
        await silo.WaitUntilReadyAsync(Patience);
        Console.WriteLine(Machine.Describe());

        var owners = await TradingAccount.CreateAsync(silo.Address, Accounts, new Dictionary<string, decimal> { ["USDC"] = 100_000 });
        var opened = await OpenAsync(silo.Address, venue, owners, positions, stopsPerTick: Math.Max(1, rate / TicksPerSecond / 2));
        await PrintIdleAsync(silo, venue, idle, opened);
        var isRight = await PrintDetectionAsync(silo, venue, owners, seconds, rate, opened);
        await silo.StopAsync(Patience);
        return opened == positions && isRight ? 0 : 1;
    }

    /// <summary>Stop losses stand on neighbouring ticks, so many on each, below where the price is now.</summary>
    private static async Task<int> OpenAsync(Uri silo, DetectVenue venue, TradingAccount[] owners, int positions, int stopsPerTick)
    {
        using var client = new HttpClient { BaseAddress = silo };
        using var done = new CancellationTokenSource();
        var refreshing = Every(TimeSpan.FromMilliseconds(500), _ => venue.Refresh(), done.Token);
        var opened = 0;
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, positions, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, cancellation) =>
        {
            var body = new
            {
                market = "SOL_USDC",
                direction = "LONG",
                margin = Margin,
                leverage = "2",
                stopLoss = (FirstStop - i / stopsPerTick * 0.01m).ToString(CultureInfo.InvariantCulture),
            };
            // What stands in the venue's book is used up between two refreshments: those who came too late come again.
            for (var attempt = 0; attempt < AttemptsMax; attempt++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/position") { Content = JsonContent.Create(body) };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", owners[i % owners.Length].Token);
                using var response = await client.SendAsync(request, cancellation);
                if (response.IsSuccessStatusCode)
                {
                    Interlocked.Increment(ref opened);
                    return;
                }

                if (attempt == AttemptsMax - 1)
                    Console.WriteLine(await response.Content.ReadAsStringAsync(cancellation));
                await Task.Delay(Between, cancellation);
            }
        });
        await done.CancelAsync();
        await refreshing;
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(
            $"opening: {opened:N0} positions over HTTP in {elapsed:F0} s, {opened / elapsed:N0}/s, {stopsPerTick} stop losses on each tick");
        return opened;
    }

    private static async Task PrintIdleAsync(SiloProcess silo, DetectVenue venue, int seconds, int open)
    {
        using var done = new CancellationTokenSource();
        var ticking = Every(TimeSpan.FromSeconds(1.0 / TicksPerSecond), venue.Idle, done.Token);
        await Task.Delay(WarmUp);
        var cpu = LinuxProcess.CpuSeconds(silo.Id);
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var share = (LinuxProcess.CpuSeconds(silo.Id) - cpu) / seconds;
        await done.CancelAsync();
        await ticking;
        Console.WriteLine(
            $"idle: silo {share:P1} of one core with {open:N0} open positions and {TicksPerSecond} ticks/s that fire nothing "
            + $"({Verdict(share < IdleLimit)}: under {IdleLimit:P0})");
    }

    /// <summary>False when a position closed that should not have, or twice, or not at all.</summary>
    private static async Task<bool> PrintDetectionAsync(
        SiloProcess silo, DetectVenue venue, TradingAccount[] owners, int seconds, int rate, int open)
    {
        var delays = new ConcurrentQueue<double>();
        var streams = owners.Select(_ => new OwnerStream(venue, delays)).ToList();
        for (var i = 0; i < owners.Length; i++)
        {
            await streams[i].ConnectAsync(silo.Address, owners[i].Token);
            _ = streams[i].ReadAsync();
        }

        venue.LowerBid((int)(DetectVenue.TicksOf(DetectVenue.Middle) - DetectVenue.TicksOf(FirstStop) - 2));
        using var done = new CancellationTokenSource();
        var falling = Every(TimeSpan.FromSeconds(1.0 / TicksPerSecond), _ => venue.LowerBid(2), done.Token);
        await Task.Delay(WarmUp);
        var warmUp = delays.Count;
        var (cpu, start) = (LinuxProcess.CpuSeconds(silo.Id), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var (elapsed, share) = (Stopwatch.GetElapsedTime(start).TotalSeconds, LinuxProcess.CpuSeconds(silo.Id) - cpu);
        double[] measured = [.. delays.Skip(warmUp).Order()];
        await done.CancelAsync();
        await falling;

        var reached = Math.Min(open, (DetectVenue.TicksOf(FirstStop) - venue.BidTicks + 1) * Math.Max(1, rate / TicksPerSecond / 2));
        var patience = Stopwatch.GetTimestamp() + Stopwatch.Frequency * (long)Patience.TotalSeconds;
        while (delays.Count < reached && Stopwatch.GetTimestamp() < patience)
            await Task.Delay(100);
        streams.ForEach(stream => stream.Dispose());
        if (measured.Length == 0)
        {
            Console.WriteLine("closing: nothing closed");
            return false;
        }

        Console.WriteLine(
            $"closing: {measured.Length / elapsed:N0} positions a second over {elapsed:F0} s (asked for {rate:N0}), silo {share / elapsed:P0} of "
                + "one core; "
            + $"of {reached:N0} stop losses reached in all {delays.Count:N0} closed");
        Console.WriteLine(
            $"detect: p50 {At(measured, 0.5):F1} ms, p99 {At(measured, 0.99):F1} ms, max {measured[^1]:F1} ms from the venue's tick to its owner "
            + $"hearing of the durable close ({Verdict(At(measured, 0.99) < DetectLimitMs)}: p99 under {DetectLimitMs:F0} ms)");
        return delays.Count == reached;
    }

    private static string Verdict(bool isMet) => isMet ? "met" : "MISSED";

    private static double At(double[] sorted, double part) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];

    private static async Task Every(TimeSpan period, Action<int> act, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(period);
        try
        {
            for (var number = 0; await timer.WaitForNextTickAsync(cancellation); number++)
                act(number);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
