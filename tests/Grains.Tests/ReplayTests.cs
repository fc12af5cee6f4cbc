using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;
using Exchange.Feeds;
using Exchange.Feeds.Replay;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Tests.Support;
using Exchange.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Exchange.Grains.Tests;

/// <summary>What was recorded is played to an exchange again, and the same comes of it.</summary>
public sealed class ReplayTests : IDisposable
{
    private const string Btc = ExchangeCluster.Btc;
    private const int Steps = 240;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly string _folder = Directory.CreateTempSubdirectory("replay").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_recorded_session_and_its_replay_give_the_same_fills_for_the_same_orders(int seed)
    {
        var live = await TradeLive(seed);
        var replayed = await TradeOnReplay(seed);

        Assert.True(live.Count > 10, $"seed {seed}: only {live.Count} fills");
        Assert.Equal(live, replayed);
    }

    [Fact]
    public async Task A_kline_file_is_played_as_fast_as_possible_and_fills_what_its_prices_passed()
    {
        var minute = new VirtualTimeProvider().GetUtcNow().ToUnixTimeMilliseconds() / 60_000 * 60_000;
        var lines = Enumerable.Range(0, 30).Select(at =>
            $"{minute + at * 60_000},10000,{10_010 + at},{(at == 20 ? 9_900 : 9_990)},10005,8,{minute + at * 60_000 + 59_999},80000,4,4,40000,0");
        await File.WriteAllLinesAsync(Path.Combine(_folder, "BTCUSDT-1m-2026-01.csv"), lines);
        await using var exchange = await ExchangeCluster.Start(
            services => Replay(services, new ReplayOptions { Path = _folder, Speed = 0, StartAfter = 2 }));
        await exchange.User(1, ("USDT", 100_000));
        var buyer = exchange.Portfolio(1);

        // The second market is what the replay waits for.
        await exchange.Passing(buyer.PlaceOrder(ExchangeCluster.Limit(Btc, Side.Buy, 9_950, 1)));
        await exchange.Passing(buyer.PlaceOrder(ExchangeCluster.Limit(Btc, Side.Buy, 9_890, 1)));
        await exchange.Symbol("ETH_USDT").WakeUp();

        await Eventually.Holds(async () => (await Traded(exchange)).Count > 0, "the low of the twentieth minute fills the bid");
        Assert.All(await Traded(exchange), trade => Assert.Equal((995_000, 1L), (trade.PriceTicks, trade.MakerAccount)));
        Assert.Equal(1, Assert.Single((await buyer.GetOpenOrders(null)).Orders, order => order.Price == 9_890).Quantity);
    }

    private async Task<List<string>> TradeLive(int seed)
    {
        var scripted = new ScriptedFeed("simulated");
        await using var exchange = await ExchangeCluster.Start(services => services
            .AddSingleton(Options.Create(new RecorderOptions { Folder = _folder }))
            .AddSingleton<FeedRecorder>()
            .RemoveAll<IMarketFeed>()
            .AddSingleton<IMarketFeed>(provider => new RecordingFeed(
                scripted, provider.GetRequiredService<FeedRecorder>(), new FeedCounters("simulated"))));
        var random = new Random(seed);
        var middle = 1_000_000L;
        return await Trade(exchange, seed, atMs => Speak(scripted, random, ref middle, atMs));
    }

    private async Task<List<string>> TradeOnReplay(int seed)
    {
        ReplayFeed? replay = null;
        await using var exchange = await ExchangeCluster.Start(services => Replay(
            services, new ReplayOptions { Path = _folder, IsDrivenByHand = true }, feed => replay = feed));
        return await Trade(exchange, seed, atMs => replay!.PlayUntil(atMs));
    }

    /// <summary>The same orders at the same points of the venue's session, whoever plays the venue.</summary>
    private static async Task<List<string>> Trade(ExchangeCluster exchange, int seed, Action<long> nextOfVenue)
    {
        var buyer = await exchange.User(1, ("USDT", 10_000_000), ("BTC", 100));
        await exchange.Symbol(Btc).WakeUp();
        var users = new Random(seed);
        for (var step = 0; step < Steps; step++)
        {
            exchange.Clock.Advance(Step);
            var heard = exchange.Messages.CountOf("FeedChanged");
            nextOfVenue(exchange.NowMs);
            await Eventually.Holds(() => exchange.Messages.CountOf("FeedChanged") > heard, "the symbol has heard it");
            await exchange.Symbol(Btc).GetStatus();
            if (step > 5 && users.Next(3) == 0)
                await Place(buyer, users);
        }

        return [.. (await Traded(exchange)).Select(trade => $"{trade}")];
    }

    private static Task Place(IPortfolioGrain portfolio, Random users)
    {
        var side = (Side)users.Next(2);
        var away = users.Next(-2, 4) * (side == Side.Buy ? -1 : 1);
        return portfolio.PlaceOrder(users.Next(6) == 0
            ? ExchangeCluster.Market(Btc, side, 0.001m * users.Next(1, 30))
            : ExchangeCluster.Limit(Btc, side, 10_000 + away, 0.001m * users.Next(1, 30)));
    }

    private static void Speak(ScriptedFeed venue, Random random, ref long middle, long atMs)
    {
        middle = Math.Clamp(middle + 100 * random.Next(-1, 2), 999_500, 1_000_500);
        switch (middle == 1_000_000 && random.Next(4) == 0 ? 0 : random.Next(1, 6))
        {
            case 1:
                venue.State(Btc, FeedState.Live, "", atMs);
                break;
            case 2:
                venue.Trade(Btc, middle + 100 * random.Next(-1, 2), random.Next(1, 4_000), (Side)random.Next(2), atMs);
                break;
            case 3:
                venue.Level(Btc, Side.Buy, middle - 100 * random.Next(1, 4), random.Next(5_000), atMs);
                break;
            default:
                venue.Snapshot(
                    Btc, [(middle - 100, random.Next(1, 3_000)), (middle - 200, 4_000)],
                    [(middle + 100, random.Next(1, 3_000)), (middle + 200, 4_000)], atMs);
                break;
        }
    }

    private static async Task<List<Traded>> Traded(ExchangeCluster exchange) =>
        [.. (await exchange.Events(Streams.Symbol(Btc))).OfType<Traded>()];

    private static IServiceCollection Replay(IServiceCollection services, ReplayOptions options, Action<ReplayFeed>? made = null) => services
        .AddSingleton(Options.Create(options))
        .AddSingleton<ReplayFeed>()
        .RemoveAll<IMarketFeed>()
        .AddSingleton<IMarketFeed>(provider =>
        {
            var feed = provider.GetRequiredService<ReplayFeed>();
            made?.Invoke(feed);
            return feed;
        })
        .AddSingleton<FeedRoutes>()
        .Configure<FeedOptions>(feed => feed.Default = ReplayFeed.Name);
}
