using System.Diagnostics;
using Exchange.Feeds.Binance;
using Exchange.VenueSimulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Bench.Feed;

/// <summary>
/// A venue on loopback sends depth updates at a steady rate; each carries the microsecond at which it was made as its
/// quantity, so the grain that drains the market's mailbox knows how long it was under way. An update that a later one of the
/// same level overtook in the mailbox is not counted. Venue, feed and silo share the machine.
/// </summary>
internal static class SocketDelay
{
    public const int Markets = 20;

    private const decimal LotSize = 0.00000001m;

    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(500);

    public readonly record struct Result(double UpdatesPerSecond, double P50Ms, double P99Ms, double MaxMs);

    public static async Task<Result> MeasureAsync(int updatesPerSecond, TimeSpan duration)
    {
        await using var venue = await BinanceSimulator.StartAsync(TimeProvider.System);
        using var http = new HttpClient();
        var options = new BinanceOptions { RestBase = venue.Http, StreamBase = venue.Ws };
        using var feed = BinanceFeed.Create(options, http, null, TimeProvider.System, new Random(1), NullLogger.Instance);
        string[] symbols = [.. Enumerable.Range(10, Markets).Select(number => $"B{number}USDT")];
        using var host = await StartSiloAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var markets = new List<DelayedMarket>();
        foreach (string symbol in symbols)
        {
            venue.Add(symbol, 60_000, lot: LotSize);
            var market = DelayedMarket.Open(markets.Count, grains.GetGrain<IDelayGrain>(markets.Count));
            markets.Add(market);
            feed.Subscribe(FeedMarkets.Of(symbol, LotSize), market.Mailbox);
        }
        while (markets.Exists(market => !market.IsLive))
            await Task.Delay(10);

        Send(venue, symbols, updatesPerSecond, TimeSpan.FromSeconds(2));
        await Task.Delay(Settle);
        markets.ForEach(market => market.Forget());
        var start = Stopwatch.GetTimestamp();
        int sent = Send(venue, symbols, updatesPerSecond, duration);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await Task.Delay(Settle);
        long[] delays = [.. markets.SelectMany(market => market.Delays).Order()];
        await host.StopAsync();
        return new Result(sent / seconds, delays[delays.Length / 2] / 1e3, delays[(int)(delays.Length * 0.99)] / 1e3, delays[^1] / 1e3);
    }

    private static async Task<IHost> StartSiloAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(static silo => silo.UseLocalhostClustering());
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static int Send(BinanceSimulator venue, string[] symbols, int updatesPerSecond, TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        int sent = 0;
        while (true)
        {
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed >= duration)
                return sent;
            for (int due = (int)(elapsed.TotalSeconds * updatesPerSecond); sent < due; sent++)
            {
                decimal price = 59_999 - sent / symbols.Length % 40 * 0.01m;
                venue.SendLie(symbols[sent % symbols.Length], new VenueBook.Change(true, price, NowMicroseconds() * LotSize));
            }
            Thread.Sleep(1);
        }
    }

    private static long NowMicroseconds() => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);
}
