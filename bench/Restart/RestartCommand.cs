using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Exchange.Bench.Harness;
using Exchange.Bench.Orders;

namespace Exchange.Bench.Restart;

/// <summary>How long a killed silo takes to be back with all its open orders.</summary>
public static class RestartCommand
{
    private const string Symbol = "TATA_INR";
    private const decimal Middle = 100.00m;
    private const int Connections = 64;
    private const int OrdersPerUser = 100;

    /// <summary>A careful guess at what an order that trades writes; the count decides.</summary>
    private const int EventsPerTradedOrder = 5;
    private const double SecondsMax = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task<int> RunAsync(string[] words)
    {
        var arguments = new Arguments(words, "events", "open");
        var events = arguments.Number("events", 1_000_000);
        var open = arguments.Number("open", 100_000);

        LoadGenerator.UseOneThread();
        var assembly = await SiloBuild.LocateOrBuildAsync();
        using var folder = new TemporaryFolder();
        Console.WriteLine(Machine.Describe());

        var resting = await FillAsync(assembly, folder.Data, events, open);
        var written = await JournalCount.InCopyOfAsync(folder.Data);
        Console.WriteLine(
            $"killed with {written:N0} journal events and {resting:N0} open orders; data folder {TemporaryFolder.BytesIn(folder.Data):N0} bytes");
        var seconds = await RestartAsync(assembly, folder.Data, resting);
        Console.WriteLine($"restart to ready with all open orders in the book: {seconds:F2} s (at most {SecondsMax:F0})");
        return seconds < SecondsMax && written >= events ? 0 : 1;
    }

    private static async Task<decimal> FillAsync(string assembly, string dataFolder, long events, int open)
    {
        using var silo = SiloProcess.Start(assembly, dataFolder, "--Logging:LogLevel:Default=Warning");
        await silo.WaitUntilReadyAsync(Patience);
        var market = BenchMarket.Of(Symbol);
        var accounts = await TradingAccount.CreateAsync(
            silo.Address, Math.Max(Connections, (open + OrdersPerUser - 1) / OrdersPerUser), market.Deposits);

        await DriveAsync(silo, Crossing(silo, accounts, market), Math.Max(1, events / EventsPerTradedOrder));
        await DriveAsync(silo, Resting(silo, accounts, market), open);
        var resting = await OpenLotsAsync(silo.Address);
        if (resting < open)
            throw new InvalidOperationException($"Only {resting} of {open} orders rest in the book.");
        await silo.KillAsync();
        return resting;
    }

    private static async Task DriveAsync(SiloProcess silo, IEnumerable<IOrderSource> sources, long orders)
    {
        using var load = new LoadGenerator(silo.Address, OrderWire.Http(silo.Address), sources, orders);
        var tally = await load.RunAsync();
        if (tally.Failures.Count > 0)
            throw new InvalidOperationException($"The silo refused orders: {string.Join(", ", tally.Failures)}");
    }

    private static IEnumerable<IOrderSource> Crossing(SiloProcess silo, TradingAccount[] accounts, BenchMarket market)
    {
        for (var i = 0; i < Connections; i++)
        {
            yield return new CrossingOrders(
                [market.Buy(OrderWire.Http(silo.Address), accounts[i].Token, "x-")],
                [market.Sell(OrderWire.Http(silo.Address), accounts[i].Token, "x-")],
                new QuotedPrice(market.Price),
                startsWithSell: i % 2 == 0);
        }
    }

    private static IEnumerable<IOrderSource> Resting(SiloProcess silo, TradingAccount[] accounts, BenchMarket market)
    {
        for (var i = 0; i < Connections; i++)
        {
            var own = accounts.Where((_, account) => account % Connections == i).ToArray();
            yield return new RestingOrders(
                [.. own.Select(account => (market with { Price = Middle - 1 }).Buy(OrderWire.Http(silo.Address), account.Token, "r-"))],
                [.. own.Select(account => (market with { Price = Middle + 1 }).Sell(OrderWire.Http(silo.Address), account.Token, "r-"))],
                Middle,
                OrdersPerUser);
        }
    }

    private static async Task<double> RestartAsync(string assembly, string dataFolder, decimal open)
    {
        using var silo = SiloProcess.Start(assembly, dataFolder, "--Logging:LogLevel:Default=Warning");
        await silo.WaitUntilReadyAsync(Patience);
        Console.WriteLine($"ready after {Stopwatch.GetElapsedTime(silo.StartedAt).TotalSeconds:F2} s");
        while (await OpenLotsAsync(silo.Address) != open)
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        return Stopwatch.GetElapsedTime(silo.StartedAt).TotalSeconds;
    }

    /// <summary>Every resting order is one lot, so the depth's quantities count the orders.</summary>
    private static async Task<decimal> OpenLotsAsync(Uri silo)
    {
        using var client = new HttpClient { BaseAddress = silo };
        using var depth = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/depth?symbol={Symbol}&limit={RestingOrders.LevelsPerSide * 5}"));
        return new[] { "bids", "asks" }
            .SelectMany(side => depth.RootElement.GetProperty(side).EnumerateArray())
            .Sum(level => decimal.Parse(level[1].GetString()!, CultureInfo.InvariantCulture));
    }
}
