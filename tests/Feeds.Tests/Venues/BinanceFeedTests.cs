using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Tests.Venues;

public sealed class BinanceFeedTests
{
    private const string Btc = "BTCUSDT";
    private const string Eth = "ETHUSDT";

    [Fact]
    public async Task The_mirror_is_the_venues_book_after_thousands_of_changes()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        for (int i = 0; i < 3_000; i++)
            binance.Venue.Step(Btc);

        await binance.EqualAsync(Btc, mirror);
        Assert.Equal((0, 1), (binance.Feed.Counters.Of(FeedEvent.Gap), binance.Feed.Counters.Of(FeedEvent.SnapshotApplied)));
        Assert.Equal((0L, DepthRefusal.None), (mirror.Displaced, mirror.Refusal));
    }

    [Fact]
    public async Task Without_a_subscription_nothing_connects_and_after_the_last_one_nothing_stays()
    {
        await using var binance = await BinanceFixture.StartAsync();
        binance.Venue.Add(Btc, 60_000);
        binance.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, binance.Venue.Connects);

        var mirror = new MirrorListener();
        var subscription = binance.Feed.Subscribe(BinanceFixture.MarketOf(Btc), mirror);
        await binance.LiveAsync(Btc, mirror);
        await subscription.DisposeAsync();

        await Eventually.Holds(() => binance.Venue.Clients.Count == 0, () => "still connected");
        Assert.Equal((0, 0), (binance.Feed.Connections, binance.Clock.Timers));
    }

    [Fact]
    public async Task Markets_join_and_leave_a_connection_that_stays()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var btc = await binance.OpenAsync(Btc);
        var eth = new MirrorListener();
        binance.Venue.Add(Eth, 3_000);
        var subscription = binance.Feed.Subscribe(BinanceFixture.MarketOf(Eth), eth);
        await binance.LiveAsync(Eth, eth);
        await subscription.DisposeAsync();

        await Eventually.Holds(binance.Clock, () => !binance.Venue.IsSubscribed(Eth), () => "still subscribed");
        binance.Venue.Step(Btc);
        await binance.EqualAsync(Btc, btc);
        Assert.Equal(1, binance.Venue.Connects);
        Assert.Empty(binance.Venue.Violations);
    }

    [Fact]
    public async Task Connections_are_split_at_the_venues_limit_and_requests_keep_to_its_pace()
    {
        await using var binance = await BinanceFixture.StartAsync(rules => Patience.Added(rules) with { TopicsPerConnection = 12 });
        string[] symbols = [.. Enumerable.Range(0, 10).Select(number => $"C{number}USDT")];
        var mirrors = symbols.Select(symbol =>
        {
            binance.Venue.Add(symbol, 100 + symbol[1]);
            var mirror = new MirrorListener();
            binance.Feed.Subscribe(BinanceFixture.MarketOf(symbol), mirror);
            return mirror;
        }).ToArray();

        for (int i = 0; i < symbols.Length; i++)
            await binance.EqualInTimeAsync(symbols[i], mirrors[i]);
        Assert.Equal(3, binance.Feed.Connections);
        Assert.All(binance.Venue.Clients, client => Assert.InRange(client.TopicCount, 1, 12));
        Assert.Empty(binance.Venue.Violations);
    }

    [Fact]
    public async Task Trades_and_quotes_come_in_ticks_and_lots()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.Trade(Btc, "60000.12000000", "0.00150000");
        binance.Venue.Trade(Btc, "59999.99000000", "2.00000000", isBuyerMaker: true);
        binance.Venue.Best(Btc, id: 5_000, "59999.98000000", "60000.02000000");

        await Eventually.Holds(() => mirror.Trades.Length == 2 && mirror.Bests.Length == 2, () => "not all came");
        long now = binance.Clock.NowMs;
        Assert.Equal([new VenueTrade(6_000_012, 150, Side.Buy, now), new VenueTrade(5_999_999, 200_000, Side.Sell, now)], mirror.Trades);
        Assert.Equal(new BestQuote(5_999_998, 150_000, 6_000_002, 250_000, now), mirror.Bests[1]);
    }

    [Fact]
    public async Task A_venue_with_finer_prices_than_our_ticks_is_summed_up_per_tick_and_rounded_outward()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var book = binance.Venue.Add(Btc, 60_000, tick: 0.001m, levels: 30);
        var mirror = new MirrorListener();
        binance.Feed.Subscribe(BinanceFixture.MarketOf(Btc), mirror);
        await Eventually.Holds(binance.Clock, () => mirror.State == FeedState.Live, () => string.Join(", ", mirror.States));
        for (int i = 0; i < 500; i++)
            binance.Venue.Step(Btc);

        await Eventually.Holds(() => mirror.Bids.SequenceEqual(Coarse(book.Bids, Math.Floor)), () => "bids differ");
        Assert.Equal(Coarse(book.Asks, Math.Ceiling), mirror.Asks);
    }

    [Fact]
    public async Task Two_markets_on_one_symbol_may_count_in_different_ticks()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var fine = await binance.OpenAsync(Btc);
        var coarse = new MirrorListener();
        binance.Feed.Subscribe(BinanceFixture.MarketOf(Btc) with { TickSize = 0.1m, LotSize = 0.0001m }, coarse);
        await Eventually.Holds(binance.Clock, () => coarse.State == FeedState.Live, () => string.Join(", ", coarse.States));
        for (int i = 0; i < 200; i++)
            binance.Venue.Step(Btc);

        await binance.EqualAsync(Btc, fine);
        var expected = binance.Venue.Book(Btc).Bids.GroupBy(level => (long)Math.Floor(level.Price / 0.1m))
            .Select(group => new DepthLevel(group.Key, group.Sum(level => (long)(level.Quantity / 0.0001m))))
            .Where(level => level.Lots > 0);
        await Eventually.Holds(() => coarse.Bids.SequenceEqual(expected), () => "bids differ");
        Assert.Equal(1, binance.Venue.Connects);
    }

    [Fact]
    public async Task A_quiet_market_on_a_living_connection_stays_fresh()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        long start = binance.Clock.NowMs;
        await Eventually.Holds(binance.Clock, () => mirror.HeardAtMs > start + 20_000, () => $"heard at {mirror.HeardAtMs - start}");

        Assert.Equal(1, binance.Venue.Connects);
        Assert.True(binance.Feed.Counters.Of(FeedEvent.ProbeSent) > 5);
        Assert.InRange(binance.Clock.NowMs - mirror.HeardAtMs, 0, 4_000);
    }

    [Fact]
    public async Task History_comes_in_pieces_and_without_the_unfinished_minute()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var now = binance.Clock.GetUtcNow();
        var candles = await binance.Feed.GetCandlesAsync(BinanceFixture.MarketOf(Btc), now.AddMinutes(-3), now.AddMinutes(5));

        Assert.Equal(3, candles.Count);
        long open = now.AddMinutes(-3).ToUnixTimeMilliseconds();
        long price = 10_000 + open / 60_000 % 1000;
        Assert.Equal(
            new VenueCandle(open, price, price + 100, price - 100, price + 50, 200_000, (Int128)200_000 * price, 7), candles[0]);
        Assert.Equal(1000, (await binance.Feed.GetCandlesAsync(BinanceFixture.MarketOf(Btc), now.AddDays(-3), now)).Count);
    }

    [Fact]
    public async Task The_market_list_is_the_venues_and_survives_a_start_without_it()
    {
        var cache = new MemoryCache();
        await using var binance = await BinanceFixture.StartAsync(cache: cache);
        binance.Venue.Add(Btc, 60_000);
        var listing = await binance.Feed.ListMarketsAsync();
        binance.Venue.Faults.FailRequests(1);
        binance.Clock.Advance(TimeSpan.FromDays(1));
        var cached = await binance.Feed.ListMarketsAsync();

        var market = new VenueMarket(Btc, "BTC", "USDT", 0.01m, 0.00001m, 0.00001m, 9000m, 115m, 5m, 1_000_000m, true, 1m);
        Assert.Equal([market], listing.Markets);
        Assert.Equal([market], cached.Markets);
        Assert.Equal(listing.At, cached.At);
    }

    private static DepthLevel[] Coarse(IEnumerable<(decimal Price, decimal Quantity)> levels, Func<decimal, decimal> round) =>
        [.. levels.GroupBy(level => (long)round(level.Price / 0.01m))
            .Select(group => new DepthLevel(group.Key, group.Sum(level => (long)(level.Quantity / 0.00001m))))];

    private sealed class MemoryCache : IVenueMarketCache
    {
        private byte[]? _listing;

        public ValueTask<byte[]?> ReadAsync(string venue, CancellationToken cancellationToken) => new(_listing);

        public ValueTask WriteAsync(string venue, byte[] listing, CancellationToken cancellationToken)
        {
            _listing = listing;
            return default;
        }
    }
}
