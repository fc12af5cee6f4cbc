using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Venue;
using Exchange.Feeds;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Grains.Tests;

/// <summary>A symbol and its venue: queues, what was taken, and data that cannot be trusted.</summary>
public sealed class VenueTests
{
    private const string Btc = ExchangeCluster.Btc;

    [Fact]
    public async Task A_resting_order_waits_for_the_venues_queue_across_a_crash()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("USDT", 100_000));
        await Open(exchange, [(1_000_000, 100)], [(1_000_100, 100)]);
        await buyer.PlaceOrder(ExchangeCluster.Limit(Btc, Side.Buy, 10_000, 0.0005m));
        exchange.Feed.Trade(Btc, 1_000_000, 70, Side.Sell, exchange.NowMs);
        await exchange.Passing(async () => (await Events<QueueMoved>(exchange)).Count > 0, "the queue's move is journaled");

        await exchange.Restart(gracefully: false);
        await Open(exchange, [(1_000_000, 500)], [(1_000_100, 100)]);
        exchange.Feed.Trade(Btc, 1_000_000, 30, Side.Sell, exchange.NowMs);
        await Heard(exchange, trades: 2);
        Assert.Empty(await Events<Traded>(exchange));

        exchange.Feed.Trade(Btc, 1_000_000, 20, Side.Sell, exchange.NowMs);
        await Eventually.Holds(async () => (await Events<Traded>(exchange)).Count > 0, "it fills");
        Assert.Equal((1_000_000, 20L, 1L), Assert.Single(await Events<Traded>(exchange)) is var trade
            ? (trade.PriceTicks, trade.Lots, trade.MakerAccount) : default);
    }

    [Fact]
    public async Task A_market_set_to_touch_has_no_queues()
    {
        await using var exchange = await ExchangeCluster.Start(services => services
            .AddSingleton<FeedRoutes>()
            .Configure<FeedOptions>(options => options.Markets[Btc] = new MarketFeedOptions { RestingFill = RestingFill.Touch }));
        var buyer = await exchange.User(1, ("USDT", 100_000));
        await Open(exchange, [(1_000_000, 100)], [(1_000_100, 100)]);
        await buyer.PlaceOrder(ExchangeCluster.Limit(Btc, Side.Buy, 10_000, 0.0005m));

        exchange.Feed.Trade(Btc, 1_000_000, 1_000, Side.Sell, exchange.NowMs);
        await Heard(exchange, trades: 1);
        Assert.Empty(await Events<Traded>(exchange));

        exchange.Feed.Open(Btc, [(999_900, 10)], [(1_000_000, 100)], exchange.NowMs);
        await Eventually.Holds(async () => (await Events<Traded>(exchange)).Count == 1, "the venue's ask has reached it");
    }

    [Fact]
    public async Task What_users_took_of_the_venue_stays_taken_across_a_crash()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("USDT", 1_000_000));
        await Open(exchange, [(999_900, 100)], [(1_000_000, 100), (1_000_100, 100)]);
        await buyer.PlaceOrder(ExchangeCluster.Market(Btc, Side.Buy, 0.0007m));

        await exchange.Restart(gracefully: false);
        await Open(exchange, [(999_900, 100)], [(1_000_000, 100), (1_000_100, 100)]);
        var best = await exchange.Symbol(Btc).GetBestPrices();
        Assert.Equal(new PriceLevel(10_000, 0.0003m), best.VenueAsk);

        exchange.Feed.Level(Btc, Side.Sell, 1_000_000, 100, exchange.NowMs);
        await Eventually.Holds(
            async () => (await exchange.Symbol(Btc).GetBestPrices()).VenueAsk.Quantity == 0.001m, "the venue has refreshed the level");
    }

    [Theory]
    [InlineData(FeedState.Stale, FeedHealth.Stale)]
    [InlineData(FeedState.Resynchronising, FeedHealth.Resynchronising)]
    [InlineData(FeedState.Down, FeedHealth.Down)]
    public async Task Without_live_data_market_orders_and_positions_are_refused_and_everyone_can_see_why(FeedState state, FeedHealth shown)
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("USDT", 100_000));
        await Open(exchange, [(1_000_000, 100)], [(1_000_100, 100)]);
        Assert.Equal(FeedHealth.Live, (await exchange.Symbol(Btc).GetStatus()).Feed.State);

        exchange.Feed.State(Btc, state, "as the test says", exchange.NowMs);
        await Eventually.Holds(async () => (await exchange.Symbol(Btc).GetStatus()).Feed.State == shown, "the state is seen");

        Assert.Equal("as the test says", (await exchange.Symbol(Btc).GetTicker()).Feed.Reason);
        Assert.Equal(0, (await exchange.Symbol(Btc).GetBestPrices()).MarkPrice);
        var order = await buyer.PlaceOrder(ExchangeCluster.Market(Btc, Side.Buy, 0.001m));
        var position = await exchange.Grains.GetGrain<IPortfolioPositions>(1).OpenPosition(Long(100));
        Assert.Equal((Reason.MarketDataStale, Reason.MarketDataStale), (order.Reason, position.Reason));
        Assert.Equal(100_000, Assert.Single((await buyer.GetBalances()).Balances).Available);
    }

    [Fact]
    public async Task A_resting_order_rests_while_data_is_stale_and_fills_with_the_first_fresh_book()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("USDT", 100_000));
        await Open(exchange, [(1_000_000, 100)], [(1_000_100, 100)]);
        await buyer.PlaceOrder(ExchangeCluster.Limit(Btc, Side.Buy, 9_999, 0.001m));
        exchange.Feed.State(Btc, FeedState.Resynchronising, "gap", exchange.NowMs);

        exchange.Feed.Snapshot(Btc, [(999_000, 10)], [(999_100, 100)], exchange.NowMs);
        exchange.Feed.Trade(Btc, 999_000, 1_000, Side.Sell, exchange.NowMs);
        await Heard(exchange, trades: 1);
        Assert.Empty(await Events<Traded>(exchange));

        exchange.Feed.State(Btc, FeedState.Live, "", exchange.NowMs);
        await Eventually.Holds(async () => (await Events<Traded>(exchange)).Count == 1, "it fills at last");
        Assert.Equal(999_900, (await Events<Traded>(exchange))[0].PriceTicks);
    }

    [Fact]
    public async Task An_order_that_comes_while_data_is_stale_queues_behind_what_the_venue_shows_then()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("USDT", 100_000));
        await Open(exchange, [(1_000_000, 100)], [(1_000_100, 100)]);
        exchange.Feed.State(Btc, FeedState.Stale, "silence", exchange.NowMs);
        await Eventually.Holds(async () => (await exchange.Symbol(Btc).GetStatus()).Feed.State == FeedHealth.Stale, "it is stale");

        await buyer.PlaceOrder(ExchangeCluster.Limit(Btc, Side.Buy, 10_000, 0.0005m));
        exchange.Feed.State(Btc, FeedState.Live, "", exchange.NowMs);

        await Eventually.Holds(async () => (await Events<OrderQueued>(exchange)).Count == 2, "it has its place");
        Assert.Equal([OrderQueued.NotKnownYet, 100], (await Events<OrderQueued>(exchange)).Select(queued => queued.LotsAhead));
    }

    [Fact]
    public async Task A_trigger_waits_while_data_is_stale_and_fires_on_the_first_fresh_tick()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDT", 100_000));
        await Open(exchange, [(1_000_000, 100_000)], [(1_000_100, 100_000)]);
        var positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);
        Assert.Equal(
            Reason.None, (await positions.OpenPosition(Long(100) with { Levels = PositionLevelsRequest.None with { StopLoss = 9_990 } })).Reason);

        exchange.Feed.State(Btc, FeedState.Resynchronising, "gap", exchange.NowMs);
        exchange.Feed.Snapshot(Btc, [(990_000, 100_000)], [(990_100, 100_000)], exchange.NowMs);
        exchange.Feed.Trade(Btc, 990_000, 1, Side.Sell, exchange.NowMs);
        await Heard(exchange, trades: 2);
        Assert.Single((await positions.GetPositions()).Positions);

        exchange.Feed.State(Btc, FeedState.Live, "", exchange.NowMs);
        await Eventually.Holds(async () => (await positions.GetStatistics()).Statistics[0].Count == 1, "the stop loss has closed it");
        Assert.Equal(CloseCause.StopLoss, Assert.Single(await Events<PositionClosed>(exchange)).Cause);
    }

    [Fact]
    public async Task A_trigger_that_prices_passed_and_left_again_between_two_looks_fires()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDT", 100_000));
        await Open(exchange, [(1_000_000, 100_000)], [(1_000_100, 100_000)]);
        var positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);
        await positions.OpenPosition(Long(100) with { Levels = PositionLevelsRequest.None with { StopLoss = 9_990 } });

        foreach (var bid in new[] { 999_500, 998_999, 1_000_000, 1_000_100 })
            exchange.Feed.Best(Btc, new BestQuote(bid, 1, bid + 100, 1, exchange.NowMs));

        await Eventually.Holds(async () => (await positions.GetStatistics()).Statistics[0].Count == 1, "the stop loss has closed it");
        Assert.Equal(CloseCause.StopLoss, Assert.Single(await Events<PositionClosed>(exchange)).Cause);
    }

    [Fact]
    public async Task A_price_reached_just_before_the_venue_was_lost_fires_on_the_first_fresh_tick()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDT", 100_000));
        await Open(exchange, [(1_000_000, 100_000)], [(1_000_100, 100_000)]);
        var positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);
        await positions.OpenPosition(Long(100) with { Levels = PositionLevelsRequest.None with { StopLoss = 9_990 } });

        exchange.Feed.State(Btc, FeedState.Down, "lost", exchange.NowMs);
        exchange.Feed.Best(Btc, new BestQuote(998_999, 1, 999_099, 1, exchange.NowMs));
        exchange.Feed.Best(Btc, new BestQuote(1_000_000, 1, 1_000_100, 1, exchange.NowMs));
        exchange.Feed.Trade(Btc, 1_000_000, 1, Side.Sell, exchange.NowMs);
        await Heard(exchange, trades: 2);
        Assert.Single((await positions.GetPositions()).Positions);

        exchange.Feed.Open(Btc, [(1_000_000, 100_000)], [(1_000_100, 100_000)], exchange.NowMs);
        await Eventually.Holds(async () => (await positions.GetStatistics()).Statistics[0].Count == 1, "the stop loss has closed it");
        Assert.Equal(CloseCause.StopLoss, Assert.Single(await Events<PositionClosed>(exchange)).Cause);
    }

    [Fact]
    public async Task Users_best_prices_are_told_beside_the_venues()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("USDT", 100_000), ("BTC", 1));
        await Open(exchange, [(1_000_000, 100)], [(1_000_100, 200)]);
        await buyer.PlaceOrder(ExchangeCluster.Limit(Btc, Side.Buy, 9_990, 0.5m));
        await buyer.PlaceOrder(ExchangeCluster.Limit(Btc, Side.Buy, 9_980, 0.5m));
        await buyer.PlaceOrder(ExchangeCluster.Limit(Btc, Side.Sell, 10_010, 0.25m));

        var best = await exchange.Symbol(Btc).GetBestPrices();

        Assert.Equal((new PriceLevel(9_990, 0.5m), new PriceLevel(10_010, 0.25m)), (best.LocalBid, best.LocalAsk));
        Assert.Equal((new PriceLevel(10_000, 0.001m), new PriceLevel(10_001, 0.002m)), (best.VenueBid, best.VenueAsk));
        Assert.Equal((10_000.50m, FeedHealth.Live), (best.MarkPrice, best.Feed.State));
    }

    [Fact]
    public async Task A_venue_backed_market_can_be_set_to_users_alone()
    {
        await using var exchange = await ExchangeCluster.Start(services => services
            .AddSingleton<FeedRoutes>()
            .Configure<FeedOptions>(options => options.Markets[Btc] = new MarketFeedOptions { Venue = FeedRoutes.None }));
        var buyer = await exchange.User(1, ("USDT", 100_000));

        var placed = await buyer.PlaceOrder(ExchangeCluster.Limit(Btc, Side.Buy, 9_990, 0.5m));

        Assert.Equal((Reason.None, FeedHealth.None), (placed.Reason, (await exchange.Symbol(Btc).GetStatus()).Feed.State));
        Assert.Equal(0, exchange.Feed.ListenersOf(Btc));
    }

    private static async Task Open(ExchangeCluster exchange, (long, long)[] bids, (long, long)[] asks)
    {
        await exchange.Symbol(Btc).WakeUp();
        exchange.OpenVenue(Btc, bids, asks);
        await Eventually.Holds(
            async () => (await exchange.Symbol(Btc).GetStatus()).Feed.State == FeedHealth.Live, "the venue's book has come");
    }

    private static Task Heard(ExchangeCluster exchange, int trades) => Eventually.Holds(
        async () => (await exchange.Symbol(Btc).GetTrades(100)).Trades.Length == trades, $"{trades} trades are on the tape");

    private static OpenPositionRequest Long(decimal margin) =>
        new("", Btc, PositionSide.Long, margin, 10, PositionLevelsRequest.None);

    private static async Task<List<T>> Events<T>(ExchangeCluster exchange) =>
        [.. (await exchange.Events(Streams.Symbol(Btc))).OfType<T>()];
}
