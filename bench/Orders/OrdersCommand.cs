using System.Diagnostics;
using Exchange.Bench.Harness;

namespace Exchange.Bench.Orders;

/// <summary>Durable, authenticated orders a second through HTTP or a WebSocket, against a silo in a process of its own.</summary>
public static class OrdersCommand
{
    private const string DatabaseProgram = "postgres";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] words)
    {
        var arguments = new Arguments(words, "seconds", "warmup", "connections", "users", "market", "memory", "orders", "postgres", "websocket");
        string? postgres = arguments.Has("postgres") ? arguments.Text("postgres", "") : null;
        var market = BenchMarket.Of(arguments.Text("market", "TATA_INR"));

        LoadGenerator.UseOneThread();
        var assembly = await SiloBuild.LocateOrBuildAsync();
        using var folder = new TemporaryFolder();
        using var silo = SiloProcess.Start(assembly, folder.Data,
        [
            "--Logging:LogLevel:Default=Warning", $"--ConnectionStrings:Postgres={postgres}",
            "--Streams:MaxConnectionsPerAddress=0", "--Streams:MaxConnectionsPerUser=0", "--Streams:MaxMessagesPerSecond=0",
        ]);
        await silo.WaitUntilReadyAsync(Patience);

        var price = new QuotedPrice(market.Price);
        using var following = new CancellationTokenSource();
        var follower = market.HasVenue ? price.FollowAsync(silo.Address, market.Symbol, following.Token) : Task.CompletedTask;
        var (tally, steady) = await DriveAsync(silo, market, price, arguments);
        await following.CancelAsync();
        await follower;

        PrintOutcome(tally);
        var audited = await StopAndAuditAsync(silo, assembly, folder.Data, postgres);
        return audited && steady && tally.Failures.Count == 0 && tally.Accepted > 0 ? 0 : 1;
    }

    private static async Task<(LoadTally Tally, bool Steady)> DriveAsync(
        SiloProcess silo, BenchMarket market, QuotedPrice price, Arguments arguments)
    {
        var connections = arguments.Number("connections", 64);
        var users = arguments.Number("users", connections);
        var accounts = await TradingAccount.CreateAsync(silo.Address, users, market.Deposits);
        var wire = arguments.Has("websocket") ? OrderWire.WebSocket(silo.Address) : OrderWire.Http(silo.Address);
        var sources = Enumerable.Range(0, connections).Select(i => Source(i, connections, accounts, market, price, wire));
        Console.WriteLine(Machine.Describe());
        Console.WriteLine(
            $"{market.Symbol}, {connections} {(arguments.Has("websocket") ? "WebSockets" : "connections")}, {users} users, one order under way on "
                + "each connection");

        if (arguments.Has("memory"))
        {
            var orders = arguments.Number("orders", 1_000_000);
            using var counted = new LoadGenerator(silo.Address, wire, sources, orders);
            return await MemoryRun.MeasureAsync(counted, silo, orders);
        }

        using var load = new LoadGenerator(silo.Address, wire, sources);
        return (await MeasureAsync(load, silo, arguments.Number("warmup", 5), arguments.Number("seconds", 20)), true);
    }

    private static CrossingOrders Source(
        int connection, int connections, TradingAccount[] accounts, BenchMarket market, QuotedPrice price, OrderWire wire)
    {
        var own = Enumerable.Range(0, Math.Max(1, (accounts.Length - connection + connections - 1) / connections))
            .Select(turn => accounts[(connection + turn * connections) % accounts.Length])
            .ToArray();
        return new CrossingOrders(
            [.. own.Select(account => market.Buy(wire, account.Token, $"c{connection}-"))],
            [.. own.Select(account => market.Sell(wire, account.Token, $"c{connection}-"))],
            price,
            startsWithSell: connection % 2 == 0);
    }

    private static async Task<LoadTally> MeasureAsync(LoadGenerator load, SiloProcess silo, int warmupSeconds, int seconds)
    {
        var running = load.RunAsync();
        await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(warmupSeconds)));
        var siloCpu = LinuxProcess.CpuSeconds(silo.Id);
        var ownCpu = LinuxProcess.CpuSeconds(Environment.ProcessId);
        var databaseCpu = LinuxProcess.CpuSecondsOfAll(DatabaseProgram);
        var started = Stopwatch.GetTimestamp();
        load.Run.StartMeasuring();
        await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(seconds)));
        load.Run.StopMeasuring();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        siloCpu = LinuxProcess.CpuSeconds(silo.Id) - siloCpu;
        ownCpu = LinuxProcess.CpuSeconds(Environment.ProcessId) - ownCpu;
        databaseCpu = LinuxProcess.CpuSecondsOfAll(DatabaseProgram) - databaseCpu;
        load.Run.Stop();
        var tally = await running;

        var latencies = tally.Latencies;
        Console.WriteLine($"{latencies.Count / elapsed:N0} durable orders/s over {elapsed:F1} s after {warmupSeconds} s of warm-up");
        Console.WriteLine(
            $"latency p50 {Milliseconds(latencies.Percentile(0.50))}, p99 {Milliseconds(latencies.Percentile(0.99))}, max "
                + $"{Milliseconds(latencies.Max)}");
        Console.WriteLine(
            $"processor seconds: silo {siloCpu:F2} ({siloCpu / elapsed:F2} cores), generator {ownCpu:F2} ({ownCpu / elapsed:F2} cores), PostgreSQL "
                + $"here {databaseCpu:F2} ({databaseCpu / elapsed:F2} cores)");
        Console.WriteLine(
            $"microseconds of processor per order: silo {siloCpu * 1e6 / latencies.Count:F0}, generator {ownCpu * 1e6 / latencies.Count:F0}");
        return tally;
    }

    private static void PrintOutcome(LoadTally tally)
    {
        Console.WriteLine($"accepted {tally.Accepted:N0}, of these filled on arrival {tally.FilledOnArrival:N0}");
        Console.WriteLine($"not accepted: {(tally.Failures.Count == 0 ? "none" : "")}");
        foreach (var (what, count) in tally.Failures.OrderByDescending(failure => failure.Value))
            Console.WriteLine($"  {count,9:N0}  {what}");
    }

    private static async Task<bool> StopAndAuditAsync(SiloProcess silo, string assembly, string dataFolder, string? postgres)
    {
        var code = await silo.StopAsync(Patience);
        Console.WriteLine($"silo stopped with code {code}; data folder {TemporaryFolder.BytesIn(dataFolder):N0} bytes");
        var (auditCode, output) = await SiloAudit.RunAsync(assembly, dataFolder, postgres);
        Console.Write(output);
        return code == 0 && auditCode == 0;
    }

    private static string Milliseconds(long nanoseconds) => $"{nanoseconds / 1e6:F2} ms";
}
