using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Tests.Venues;

public sealed class KucoinFeedTests
{
    private const string Btc = KucoinFixture.BtcSpot;
    private const string Xbt = KucoinFixture.BtcFutures;
    private const decimal SpotLots = 100_000;
    private const decimal ContractLots = 100;

    [Fact]
    public async Task The_spot_mirror_is_the_venues_best_fifty_levels()
    {
        await using var kucoin = await KucoinFixture.StartAsync(isFutures: false);
        var mirror = await kucoin.OpenSpotAsync();
        for (int i = 0; i < 300; i++)
            kucoin.Venue.StepSpot(Btc);

        await kucoin.EqualInTimeAsync(Btc, mirror, SpotLots);
        Assert.Equal(1, kucoin.Venue.TokensGiven);
    }

    [Fact]
    public async Task Spot_trades_and_quotes_come_in_ticks_and_lots()
    {
        await using var kucoin = await KucoinFixture.StartAsync(isFutures: false);
        var mirror = await kucoin.OpenSpotAsync();
        kucoin.Venue.TradeSpot(Btc, 1, "60000.1", "0.5", "buy");
        kucoin.Venue.TradeSpot(Btc, 2, "59999.94", "0.000019", "sell");
        kucoin.Venue.TradeSpot(Btc, 2, "59999.94", "0.000019", "sell");
        kucoin.Venue.TickerSpot(Btc, 10, "59999.95", "60000.01");

        await Eventually.Holds(() => mirror.Bests.Length == 2 && mirror.Trades.Length == 2, () => $"{mirror.Bests.Length} {mirror.Trades.Length}");
        long now = mirror.Trades[0].AtMs;
        Assert.Equal([new VenueTrade(600_001, 50_000, Side.Buy, now), new VenueTrade(600_000, 1, Side.Sell, now)], mirror.Trades);
        Assert.Equal(new BestQuote(599_999, 25_000, 600_001, 50_000, mirror.Bests[1].AtMs), mirror.Bests[1]);
    }

    [Fact]
    public async Task The_futures_mirror_is_the_venues_book_counted_in_our_lots()
    {
        await using var kucoin = await KucoinFixture.StartAsync(isFutures: true);
        var mirror = await kucoin.OpenFuturesAsync();
        kucoin.Venue.Faults.DuplicateDiffs(20);
        for (int i = 0; i < 500; i++)
            kucoin.Venue.StepFutures(Xbt);
        await kucoin.EqualInTimeAsync(Xbt, mirror, ContractLots);

        kucoin.Venue.Faults.SkipDiffs(1);
        kucoin.Venue.StepFutures(Xbt);
        kucoin.Venue.StepFutures(Xbt);
        await Eventually.Holds(() => kucoin.Feed.Counters.Of(FeedEvent.Gap) == 1, () => "no gap");
        await kucoin.EqualInTimeAsync(Xbt, mirror, ContractLots);
    }

    [Fact]
    public async Task Futures_tell_trades_quotes_and_the_mark_price()
    {
        await using var kucoin = await KucoinFixture.StartAsync(isFutures: true);
        var mirror = await kucoin.OpenFuturesAsync();
        kucoin.Venue.TradeFutures(Xbt, 1, "60000.1", 3, "sell");
        kucoin.Venue.TickerFutures(Xbt, 9_000, "59999.9", "60000.1");
        kucoin.Venue.Mark(Xbt, "60000.26");
        kucoin.Venue.Mark(Xbt, "6.0E4");

        await Eventually.Holds(() => mirror.Marks.Length == 2, () => "no mark");
        Assert.Equal([600_003, 600_000], mirror.Marks);
        Assert.Equal(new VenueTrade(600_001, 300, Side.Sell, mirror.Trades[0].AtMs), mirror.Trades.Single());
        Assert.Equal(new BestQuote(599_999, 700, 600_001, 900, mirror.Bests[^1].AtMs), mirror.Bests[^1]);
    }

    [Fact]
    public async Task The_token_is_kept_for_all_connections_until_the_venue_no_longer_takes_it()
    {
        await using var kucoin = await KucoinFixture.StartAsync(isFutures: false);
        var mirror = await kucoin.OpenSpotAsync();
        kucoin.Venue.DropConnections();
        await Eventually.Holds(
            kucoin.Clock, () => kucoin.Venue.Connects == 2 && kucoin.Venue.IsSubscribed("/market/ticker:" + Btc), () => "not back");
        Assert.Equal(1, kucoin.Venue.TokensGiven);

        kucoin.Venue.ExpireTokensOnOpenConnections();
        await Eventually.Holds(
            kucoin.Clock, () => kucoin.Venue.TokensGiven == 2 && kucoin.Venue.IsSubscribed("/market/ticker:" + Btc), () => "no new token");
        kucoin.Venue.StepSpot(Btc);
        await kucoin.EqualInTimeAsync(Btc, mirror, SpotLots);
        Assert.Equal(1, kucoin.Feed.Counters.Of(FeedEvent.TokenExpired));
    }

    [Fact]
    public async Task A_token_that_expired_before_the_connection_is_replaced()
    {
        await using var kucoin = await KucoinFixture.StartAsync(isFutures: false);
        var mirror = await kucoin.OpenSpotAsync();
        kucoin.Venue.ExpireTokens();
        kucoin.Venue.DropConnections();

        await Eventually.Holds(
            kucoin.Clock, () => kucoin.Venue.TokensGiven == 2 && kucoin.Venue.IsSubscribed("/market/ticker:" + Btc), () => "no new token");
        kucoin.Venue.StepSpot(Btc);
        await kucoin.EqualInTimeAsync(Btc, mirror, SpotLots);
    }

    [Fact]
    public async Task A_topic_that_the_venue_refuses_with_415_does_not_take_others_with_it()
    {
        await using var kucoin = await KucoinFixture.StartAsync(isFutures: false);
        kucoin.Venue.Unsupport("BAD-USDT");
        var bad = new MirrorListener();
        kucoin.Feed.Subscribe(KucoinFixture.Spot("BAD-USDT"), bad);
        var mirror = await kucoin.OpenSpotAsync();

        await Eventually.Holds(
            kucoin.Clock, () => bad.States.Any(told => told.Reason.Contains("415", StringComparison.Ordinal)), () => string.Join(", ", bad.States));
        kucoin.Venue.StepSpot(Btc);
        await kucoin.EqualInTimeAsync(Btc, mirror, SpotLots);
        Assert.Equal(FeedState.Down, bad.State);
        Assert.Equal(1, kucoin.Venue.Connects);
        Assert.Empty(kucoin.Venue.Violations);
    }

    [Fact]
    public async Task The_venue_is_pinged_as_often_as_it_wants_even_while_it_talks()
    {
        await using var kucoin = await KucoinFixture.StartAsync(isFutures: false);
        var mirror = await kucoin.OpenSpotAsync();
        for (int i = 0; i < 55; i++)
        {
            kucoin.Clock.Advance(TimeSpan.FromSeconds(1));
            kucoin.Venue.StepSpot(Btc);
            await kucoin.EqualInTimeAsync(Btc, mirror, SpotLots);
        }
        Assert.InRange(kucoin.Venue.Pings, 3, 30);
        Assert.Equal(1, kucoin.Venue.Connects);
    }

    [Fact]
    public async Task Pings_without_a_pong_matter_only_once_nothing_else_comes_either()
    {
        await using var kucoin = await KucoinFixture.StartAsync(isFutures: true, Patience.None);
        var mirror = await kucoin.OpenFuturesAsync();
        kucoin.Venue.Faults.LosesPings = true;
        for (int i = 0; i < 40; i++)
        {
            kucoin.Clock.Advance(TimeSpan.FromSeconds(1));
            kucoin.Venue.StepFutures(Xbt);
            await Eventually.Holds(() => kucoin.IsEqual(Xbt, mirror, ContractLots), () => $"{mirror.State}");
        }
        Assert.Equal(1, kucoin.Venue.Connects);
        Assert.True(kucoin.Venue.Pings > 0);

        await Eventually.Holds(kucoin.Clock, () => mirror.State == FeedState.Down, () => $"{mirror.State}");
        kucoin.Venue.Faults.LosesPings = false;
        kucoin.Venue.StepFutures(Xbt);
        await kucoin.EqualInTimeAsync(Xbt, mirror, ContractLots);
    }

    [Fact]
    public async Task A_silent_connection_is_replaced()
    {
        await using var kucoin = await KucoinFixture.StartAsync(isFutures: true, Patience.None);
        var mirror = await kucoin.OpenFuturesAsync();
        kucoin.Venue.Faults.Silent = true;
        await Eventually.Holds(kucoin.Clock, () => mirror.State == FeedState.Down, () => $"{mirror.State}");
        kucoin.Venue.Faults.Silent = false;

        await kucoin.EqualInTimeAsync(Xbt, mirror, ContractLots);
        Assert.Contains(mirror.States, told => told.State == FeedState.Stale);
    }

    [Fact]
    public async Task A_crossed_book_is_refused_until_a_good_one_comes()
    {
        await using var kucoin = await KucoinFixture.StartAsync(isFutures: false);
        var mirror = await kucoin.OpenSpotAsync();
        kucoin.Venue.SendCrossedBook(Btc);
        await Eventually.Holds(() => mirror.State == FeedState.Resynchronising, () => $"{mirror.State}");
        kucoin.Venue.StepSpot(Btc);
        await kucoin.EqualInTimeAsync(Btc, mirror, SpotLots);
        Assert.Equal(DepthRefusal.None, mirror.Refusal);
    }

    [Theory]
    [InlineData("{\"type\":\"message\",\"topic\":\"/market/match:BTC-USDT\",\"data\":{\"side\":\"up\",\"price\":\"1\",\"size\":\"1\"}}")]
    [InlineData("{\"type\":\"message\",\"topic\":\"/market/ticker:BTC-USDT\",\"data\":{\"sequence\":\"99\"}}")]
    [InlineData("{\"type\":\"message\",\"topic\":\"/market/match\"}")]
    [InlineData("{\"type\":\"message\",\"topic\":\"/market/match:BTC-USDT\",\"da")]
    [InlineData("{}")]
    public async Task A_malformed_message_is_counted_and_does_no_harm(string message)
    {
        await using var kucoin = await KucoinFixture.StartAsync(isFutures: false);
        var mirror = await kucoin.OpenSpotAsync();
        kucoin.Venue.SendToAll(message);
        kucoin.Venue.StepSpot(Btc);

        await Eventually.Holds(() => kucoin.Feed.Counters.Of(FeedEvent.MessageMalformed) == 1, () => "not counted");
        await kucoin.EqualInTimeAsync(Btc, mirror, SpotLots);
        Assert.Empty(mirror.Trades);
    }

    [Fact]
    public async Task History_and_definitions_are_read_in_the_venues_own_order_of_fields()
    {
        await using var spot = await KucoinFixture.StartAsync(isFutures: false);
        await using var futures = await KucoinFixture.StartAsync(isFutures: true);
        spot.Venue.Add(Btc, 60_000, 0.1m, 1m);
        futures.Venue.Add(Xbt, 60_000, 0.1m, 1m);
        var now = spot.Clock.GetUtcNow();
        long open = now.AddMinutes(-2).ToUnixTimeMilliseconds();

        var spotCandles = await spot.Feed.GetCandlesAsync(KucoinFixture.Spot(), now.AddMinutes(-2), now);
        var futuresCandles = await futures.Feed.GetCandlesAsync(KucoinFixture.Futures, now.AddMinutes(-2), now);
        Assert.Equal([open, open + 60_000], spotCandles.Select(candle => candle.OpenTimeMs));
        Assert.Equal(new VenueCandle(open, 1005, 1023, 997, 1015, 300_000, 303_000_000, 0), spotCandles[0]);
        Assert.Equal(new VenueCandle(open, 1005, 1025, 995, 1015, 300_000, (Int128)1015 * 300_000, 0), futuresCandles[0]);

        var symbol = (await spot.Feed.ListMarketsAsync()).Markets.Single();
        Assert.Equal((Btc, 0.1m, 0.00000001m, 0.1m, 1m), (symbol.Symbol, symbol.TickSize, symbol.LotSize, symbol.MinNotional, symbol.Unit));
        var contract = (await futures.Feed.ListMarketsAsync()).Markets.Single();
        Assert.Equal((Xbt, "BTC", 0.1m, 0.001m, 1000m), (contract.Symbol, contract.Base, contract.TickSize, contract.LotSize, contract.MaxQuantity));
    }
}
