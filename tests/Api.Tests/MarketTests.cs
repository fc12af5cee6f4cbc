using System.Net;
using Exchange.Api.Health;
using Exchange.Api.Markets;

namespace Exchange.Api.Tests;

[Collection(ApiTests.Name)]
public sealed class MarketTests(ApiHost host)
{
    [Fact]
    public async Task Depth_is_pairs_of_strings() => Assert.Equal(
        """{"symbol":"BTC_USDT","lastUpdateId":42,"bids":[["100.5","150"],["100.25","200"]],"asks":[["100.75","100"]]}""",
        (await host.Stranger().Get("/api/v1/depth?symbol=btc_usdt&limit=2")).Body);

    [Fact]
    public async Task A_trade_tells_price_quantity_and_the_takers_side() => Assert.Equal(
        """[{"tradeId":"9","price":"100.5","quantity":"2","quoteQuantity":"201","takerSide":"SELL","time":1767225600000}]""",
        (await host.Stranger().Get("/api/v1/trades?symbol=BTC_USDT")).Body);

    [Fact]
    public async Task A_candle_has_its_times_prices_and_volumes() => Assert.Equal(
        """[{"openTime":1767225600000,"open":"1","high":"4","low":"0.5","close":"2","volume":"10","closeTime":1767225659999"""
            + ""","quoteVolume":"20","trades":5}]""",
        (await host.Stranger().Get("/api/v1/klines?symbol=BTC_USDT&interval=1m&limit=1")).Body);

    [Fact]
    public async Task The_ticker_computes_change_and_average()
    {
        var ticker = Wire.Read<Ticker>((await host.Stranger().Get("/api/v1/ticker/24hr?symbol=BTC_USDT")).Body);
        Assert.Equal((10m, 10m, 105m), (ticker.PriceChange, ticker.PriceChangePercent, ticker.WeightedAveragePrice));
    }

    [Fact]
    public async Task Users_best_prices_stand_beside_the_venues_with_the_state_of_its_feed() => Assert.Equal(
        """{"symbol":"BTC_USDT","localBid":["109.5","2"],"localAsk":null,"venueBid":["109","1"],"venueAsk":["111","2"],"markPrice":null"""
            + ""","lastPrice":"110","feed":{"state":"stale","ageMs":12000,"reason":"silent for 12000 ms"}}""",
        (await host.Stranger().Get("/api/v1/orderBook?symbol=BTC_USDT")).Body);

    [Fact]
    public async Task Tickers_cover_every_market_and_wake_none()
    {
        var tickers = Wire.Read<Ticker[]>((await host.Stranger().Get("/api/v1/tickers")).Body);
        Assert.Equal(["BTC_USDT", "TATA_INR"], tickers.Select(ticker => ticker.Symbol));
        Assert.Equal(["stale", "asleep"], tickers.Select(ticker => ticker.Feed.State));
    }

    [Fact]
    public async Task A_market_asleep_is_told_as_it_was_last_seen()
    {
        var seen = Wire.Read<Ticker>((await host.Stranger().Get("/api/v1/ticker/24hr?symbol=TATA_INR")).Body);
        var told = Wire.Read<Ticker[]>((await host.Stranger().Get("/api/v1/tickers")).Body)[1];
        Assert.Equal(seen with { Feed = told.Feed }, told);
        Assert.Equal((110m, "asleep"), (told.LastPrice, told.Feed.State));
    }

    [Fact]
    public async Task Exchange_info_names_markets_and_their_filters()
    {
        var info = Wire.Read<ExchangeInfo>((await host.Stranger().Get("/api/v1/exchangeInfo")).Body);

        Assert.Equal(TestClock.Start.ToUnixTimeMilliseconds(), info.ServerTime);
        Assert.Equal(["BTC", "USDT", "TATA", "INR"], info.Assets.Select(asset => asset.Asset));
        var btc = info.Symbols[0];
        Assert.Equal(("BTC_USDT", "TRADING", "simulated"), (btc.Symbol, btc.Status, btc.Venue));
        var lots = btc.Filters.Single(filter => filter.FilterType == "LOT_SIZE");
        Assert.Equal((0.001m, 1000m, 0.001m), (lots.MinQuantity, lots.MaxQuantity, lots.StepSize));
        Assert.Null(info.Symbols[1].Venue);
    }

    [Fact]
    public async Task Markets_can_be_asked_for_one_by_one()
    {
        var markets = Wire.Read<MarketInfo[]>((await host.Stranger().Get("/api/v1/markets?symbol=tata_inr")).Body);
        Assert.Equal(["TATA_INR"], markets.Select(market => market.Symbol));
    }

    [Fact]
    public async Task A_market_tells_what_it_asks_of_positions()
    {
        var market = Assert.Single(Wire.Read<MarketInfo[]>((await host.Stranger().Get("/api/v1/markets?symbol=btc_usdt")).Body));
        Assert.Equal(new MarketPositions(10, 50, 6, 0, 500), market.Positions);
    }

    [Fact]
    public async Task The_clock_is_the_exchanges() =>
        Assert.Equal("""{"serverTime":1767225600000}""", (await host.Stranger().Get("/api/v1/time")).Body);

    [Fact]
    public async Task Health_shows_every_component_and_the_uptime()
    {
        var answer = await host.Stranger().Get("/health");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var health = Wire.Read<HealthReport>(answer.Body);
        Assert.Equal(("ok", true, "healthy"), (health.Status, health.Workers.IsHealthy, health.Workers.Status));
        Assert.True(health.Workers.Components["markets"].IsHealthy);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Probes_answer_ok(string path) => Assert.Equal("""{"status":"ok"}""", (await host.Stranger().Get(path)).Body);

    [Theory]
    [InlineData("/api/v1/order", "DELETE, GET, POST")]
    [InlineData("/api/v1/time", "GET")]
    public async Task A_wrong_method_is_told_which_ones_are_allowed(string path, string allowed)
    {
        var answer = await host.Stranger().Send(HttpMethod.Patch, path, null);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED"), (answer.Status, answer.Code));
        Assert.Equal(allowed, string.Join(", ", answer.Message.Content.Headers.Allow.Order()));
    }
}
