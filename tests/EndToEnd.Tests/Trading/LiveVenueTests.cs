using System.Net.Http.Json;
using Exchange.EndToEnd.Tests.Harness;
using Exchange.VenueSimulator;

namespace Exchange.EndToEnd.Tests.Trading;

/// <summary>The live switch of the README, against a venue that speaks Binance's protocols on this machine.</summary>
public sealed class LiveVenueTests : IAsyncLifetime
{
    private BinanceSimulator _venue = null!;
    private RunningExchange _exchange = null!;
    private readonly CancellationTokenSource _stop = new();
    private Task _moving = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _venue = await BinanceSimulator.StartAsync(TimeProvider.System);
        _venue.Add("BTCUSDT", middle: 60_000);
        _venue.Add("PEPEUSDT", middle: 20);
        _venue.Add("ETHEUR", middle: 2_000);
        _venue.Add("DASHUSDT", middle: 30);
        _moving = MoveAsync(_stop.Token);
        _exchange = await RunningExchange.StartAsync(Live(_venue.Http, _venue.Ws));
    }

    public async Task DisposeAsync()
    {
        await VenueEndsAsync();
        _stop.Dispose();
        _exchange.Dispose();
    }

    [Fact]
    public async Task The_exchange_trades_on_a_live_venue_says_when_it_is_gone_and_starts_without_it()
    {
        var trader = await Trader.SignUpAsync(_exchange, "trader", ("USDT", 1_000_000));
        Assert.Equal(("binance", "PEPEUSDT"), await MarketAsync("PEPE_USDT") is { } listed ? (listed.Venue, listed.VenueSymbol) : default);
        Assert.Null(await MarketAsync("ETH_EUR"));
        await FeedIsAsync("PEPE_USDT", "live");

        var bought = await trader.PlaceAsync(NewOrder.AtMarket("PEPE_USDT", "buy", 1m, "bought"));
        Assert.Equal(("FILLED", 1m), (bought.Status, bought.ExecutedQuantity));
        Assert.InRange(bought.ExecutedQuote, 15, 25);
        var resting = await trader.PlaceAsync(NewOrder.Limit("PEPE_USDT", "buy", 10m, 1m, "resting"));
        Assert.Equal("NEW", resting.Status);
        Assert.Equal([10m, 1m], (await PricesAsync("PEPE_USDT")).LocalBid!);

        await VenueEndsAsync();
        await FeedIsAsync("PEPE_USDT", "down");
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => trader.PlaceAsync(NewOrder.AtMarket("PEPE_USDT", "buy", 1m, "refused")));
        Assert.Equal("MARKET_DATA_STALE", refused.Code);
        Assert.Contains("PEPE_USDT from binance is down", await _exchange.Client.GetStringAsync("/health"), StringComparison.Ordinal);
        Assert.Contains(
            "feed_markets{venue=\"binance\",state=\"down\"} 1", await _exchange.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);

        await _exchange.KillAsync();
        await _exchange.StartAgainAsync();
        Assert.NotNull(await MarketAsync("PEPE_USDT"));
        Assert.Equal("NEW", (await trader.FindAsync(NewOrder.Limit("PEPE_USDT", "buy", 10m, 1m, "resting")))?.Status);
        await FeedIsAsync("PEPE_USDT", "down");

        await _exchange.StopAsync(TimeSpan.FromSeconds(20));
        await OfflineAudit.PassesAsync(_exchange.DataFolder);
    }

    /// <summary>What was not listed before is not in the journal: only the kept list of the venue's markets can tell its steps.</summary>
    [Fact]
    public async Task Without_the_venue_markets_are_listed_as_it_told_them_last()
    {
        Assert.Null(await MarketAsync("DASH_USDT"));
        await _exchange.StopAsync(TimeSpan.FromSeconds(20));
        await VenueEndsAsync();

        await _exchange.StartAgainAsync([.. Live(_venue.Http, _venue.Ws), "--Feed:Listing:Bases=*"]);

        var listed = await MarketAsync("DASH_USDT");
        Assert.Equal(("binance", "DASHUSDT"), listed is null ? default : (listed.Venue, listed.VenueSymbol));
    }

    private static string[] Live(Uri http, Uri ws) =>
        ["--Feed:Default=Binance", $"--Feed:Binance:RestBase={http}", $"--Feed:Binance:StreamBase={ws}"];

    private async Task<Market?> MarketAsync(string symbol) =>
        (await _exchange.Client.GetFromJsonAsync<Market[]>("/api/v1/markets", Wire.Json))!.SingleOrDefault(market => market.Symbol == symbol);

    private async Task<BestPrices> PricesAsync(string symbol) =>
        (await _exchange.Client.GetFromJsonAsync<BestPrices>($"/api/v1/orderBook?symbol={symbol}", Wire.Json))!;

    private Task FeedIsAsync(string symbol, string state) =>
        Eventually.HoldsAsync(async () => Assert.Equal(state, (await PricesAsync(symbol)).Feed.State));

    private async Task VenueEndsAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        await _moving;
        await _venue.DisposeAsync();
    }

    /// <summary>A venue never rests.</summary>
    private async Task MoveAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var symbol in new[] { "BTCUSDT", "PEPEUSDT" })
            {
                _venue.Step(symbol);
                _venue.Best(symbol);
                _venue.Trade(symbol, VenueBook.Text(_venue.Book(symbol).BestBid), "0.01", isBuyerMaker: true);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }
    }
}
