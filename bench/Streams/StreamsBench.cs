using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Exchange.Bench.Harness;
using Exchange.Bench.Orders;

namespace Exchange.Bench.Streaming;

/// <summary>
/// Many connections, each on depth and trades of one symbol that changes ten times a second: how late they hear of it, at what
/// cost.
/// </summary>
public static class StreamsBench
{
    private const string Symbol = "TATA_INR";
    private const int ConnectingAtOnce = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UpdatePeriod = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(string[] words)
    {
        var arguments = new Arguments(words, "connections", "seconds", "warmup", "idle");
        var connections = arguments.Number("connections", 10_000);
        LoadGenerator.UseOneThread();
        var assembly = await SiloBuild.LocateOrBuildAsync();
        using var folder = new TemporaryFolder();
        using var silo = SiloProcess.Start(
            assembly, folder.Data, "--Logging:LogLevel:Default=Warning", "--Streams:MaxConnectionsPerAddress=0", "--Streams:MaxConnectionsPerUser=0");
        await silo.WaitUntilReadyAsync(Patience);
        Console.WriteLine(Machine.Describe());

        var traders = await TradingAccount.CreateAsync(silo.Address, 2, BenchMarket.Of(Symbol).Deposits);
        var residentBefore = LinuxProcess.ResidentBytes(silo.Id);
        var seconds = arguments.Number("idle", 5);
        var aloneShare = await CpuShareAsync(silo, seconds);
        var delays = new DelayCounts();
        var readers = await ConnectAsync(silo.Address, connections, () => delays);
        Console.WriteLine($"{connections:N0} connections on depth and trades of {Symbol}");
        await PrintIdleAsync(silo, seconds, aloneShare, residentBefore);

        using var stopping = new CancellationTokenSource();
        var trading = TradeAsync(silo.Address, traders, stopping.Token);
        await Task.Delay(TimeSpan.FromSeconds(arguments.Number("warmup", 5)));
        delays = new DelayCounts();
        await PrintLoadAsync(silo, arguments.Number("seconds", 20), () => delays);
        await stopping.CancelAsync();
        await trading;

        var lost = readers.Count(reader => reader.IsClosed);
        Console.WriteLine($"connections lost: {lost:N0}");
        readers.ForEach(reader => reader.Dispose());
        await silo.StopAsync(Patience);
        return lost == 0 && delays.Total > 0 ? 0 : 1;
    }

    private static async Task<List<StreamReader>> ConnectAsync(Uri silo, int connections, Func<DelayCounts> delays)
    {
        var readers = Enumerable.Range(0, connections).Select(_ => new StreamReader(silo, Symbol)).ToList();
        await Parallel.ForEachAsync(readers, new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce }, async (reader, cancellation) =>
        {
            await reader.ConnectAsync(cancellation);
            _ = reader.ReadAsync(delays);
        });
        return readers;
    }

    private static async Task<double> CpuShareAsync(SiloProcess silo, int seconds)
    {
        await Task.Delay(SettlingTime);
        var cpu = LinuxProcess.CpuSeconds(silo.Id);
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        return (LinuxProcess.CpuSeconds(silo.Id) - cpu) / seconds;
    }

    private static async Task PrintIdleAsync(SiloProcess silo, int seconds, double aloneShare, long residentBefore)
    {
        var share = await CpuShareAsync(silo, seconds);
        var resident = LinuxProcess.ResidentBytes(silo.Id);
        Console.WriteLine(
            $"idle: silo {share:P1} of a core, {aloneShare:P1} without any connection; resident {residentBefore / 1e6:N0} MB before the "
                + $"connections, {resident / 1e6:N0} MB with them");
    }

    private static async Task PrintLoadAsync(SiloProcess silo, int seconds, Func<DelayCounts> delays)
    {
        var (siloCpu, ownCpu, started) = (LinuxProcess.CpuSeconds(silo.Id), LinuxProcess.CpuSeconds(Environment.ProcessId), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        siloCpu = LinuxProcess.CpuSeconds(silo.Id) - siloCpu;
        ownCpu = LinuxProcess.CpuSeconds(Environment.ProcessId) - ownCpu;
        var measured = delays();
        Console.WriteLine($"{measured.Total / elapsed:N0} messages/s delivered over {elapsed:F1} s");
        Console.WriteLine(
            $"delay from publishing to the client: p50 {measured.Percentile(0.5)} ms, p99 {measured.Percentile(0.99)} ms, max "
                + $"{measured.Percentile(1)} ms");
        Console.WriteLine(
            $"silo {siloCpu / elapsed:F2} cores, generator {ownCpu / elapsed:F2} cores; silo resident "
                + $"{LinuxProcess.ResidentBytes(silo.Id) / 1e6:N0} MB");
    }

    /// <summary>Each time one lot trades and one more rests, so that tape and book both change.</summary>
    private static async Task TradeAsync(Uri silo, TradingAccount[] traders, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = silo };
        using var timer = new PeriodicTimer(UpdatePeriod);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await PlaceAsync(client, traders[0], "buy", 2, cancellation);
                await PlaceAsync(client, traders[1], "sell", 1, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static async Task PlaceAsync(HttpClient client, TradingAccount trader, string side, int quantity, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/order")
        {
            Content = JsonContent.Create(new { market = Symbol, side, price = "100", quantity = $"{quantity}" }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", trader.Token);
        using var response = await client.SendAsync(request, cancellation);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException(await response.Content.ReadAsStringAsync(cancellation));
    }
}
