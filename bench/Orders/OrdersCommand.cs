using Exchange.Bench.Harness;

namespace Exchange.Bench.Orders;

/// <summary>Durable, authenticated orders a second through HTTP or a WebSocket, against a silo in a process of its own.</summary>
public static class OrdersCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] words)
    {
        var arguments = new Arguments(
            words, "seconds", "warmup", "connections", "users", "market", "memory", "orders", "postgres", "websocket", "silo");
        string? postgres = arguments.Has("postgres") ? arguments.Text("postgres", "") : null;
        var market = BenchMarket.Of(arguments.Text("market", "TATA_INR"));

        LoadGenerator.UseOneThread();
        var assembly = arguments.Has("silo") ? Path.GetFullPath(arguments.Text("silo", "")) : await SiloBuild.LocateOrBuildAsync();
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

        var orders = arguments.Number("orders", 1_000_000);
        if (arguments.Has("memory"))
        {
            using var counted = new LoadGenerator(silo.Address, wire, sources, orders);
            return await MemoryRun.MeasureAsync(counted, silo, orders);
        }

        using var load = new LoadGenerator(silo.Address, wire, sources);
        var measurement = new LoadMeasurement(load, silo);
        var tally = arguments.Has("orders")
            ? await measurement.ForAsync(orders)
            : await measurement.ForAsync(TimeSpan.FromSeconds(arguments.Number("warmup", 5)), TimeSpan.FromSeconds(arguments.Number("seconds", 20)));
        return (tally, true);
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
}
