using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Feeds;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Tests.Support;
using Exchange.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Grains.Tests;

/// <summary>Which markets a new exchange lists when its prices come from a live venue.</summary>
public sealed class MarketListingTests
{
    private readonly ListedVenue _venue = new();
    private readonly ScriptedFeed _feed = new("binance");

    [Fact]
    public async Task The_venues_markets_are_listed_with_the_venues_steps()
    {
        await using var exchange = await Start();
        var listed = (await exchange.Events(Streams.Markets)).OfType<MarketListed>().Select(listing => listing.Market).ToArray();

        var btc = listed.Single(market => market.Symbol == "BTC_USDT");
        Assert.Equal((1, 0.1m, 0.001m, "simulated"), (btc.Number, btc.TickSize, btc.LotSize, btc.Venue));
        var pepe = listed[^1];
        Assert.Equal(("PEPE_USDT", DefaultMarkets.All.Count + 1, "binance", "PEPEUSDT"), (pepe.Symbol, pepe.Number, pepe.Venue, pepe.VenueSymbol));
        Assert.DoesNotContain(listed, market => market.Symbol is "ETH_EUR" or "HALTED_USDT");
        Assert.Equal(listed.Length, listed.Select(market => market.Number).Distinct().Count());
    }

    [Fact]
    public async Task A_market_that_only_the_venue_has_can_be_traded_with_its_own_asset()
    {
        await using var exchange = await Start();
        var seller = await exchange.User(1, ("PEPE", 1_000));
        await exchange.Symbol("PEPE_USDT").WakeUp();
        _feed.Open("PEPE_USDT", [(1_000, 100_000)], [(1_001, 100_000)], exchange.NowMs);
        await Eventually.Holds(
            async () => (await exchange.Symbol("PEPE_USDT").GetStatus()).Feed.State == FeedHealth.Live, "the venue is heard");

        var sold = await seller.PlaceOrder(ExchangeCluster.Market("PEPE_USDT", Side.Sell, 50));

        Assert.Equal((Reason.None, OrderStatus.Filled), (sold.Reason, sold.Order!.Status));
    }

    [Fact]
    public async Task Without_the_venue_the_configured_markets_are_listed_and_its_own_when_it_answers()
    {
        _venue.IsAway = true;
        await using var exchange = await Start();
        Assert.Equal(DefaultMarkets.All.Count, (await exchange.Events(Streams.Markets)).Count);

        _venue.IsAway = false;
        await exchange.Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key).EnsureListed();

        var last = (await exchange.Events(Streams.Markets)).OfType<MarketListed>().Last().Market;
        Assert.Equal(("PEPE_USDT", DefaultMarkets.All.Count + 1), (last.Symbol, last.Number));
    }

    [Fact]
    public async Task A_listed_market_keeps_its_definition_when_the_venue_changes_its_own()
    {
        await using var exchange = await Start();
        _venue.Markets[0] = _venue.Markets[0] with { TickSize = 5 };

        await exchange.Restart();

        var btc = (await exchange.Events(Streams.Markets)).OfType<MarketListed>().Single(listed => listed.Market.Symbol == "BTC_USDT");
        Assert.Equal(0.1m, btc.Market.TickSize);
    }

    [Fact]
    public async Task Of_a_venue_with_thousands_of_markets_those_of_the_named_assets_are_listed_in_their_order()
    {
        _venue.Markets.AddRange(
            [ListedVenue.Of("AAA", "USDT", 0.01m, 0.01m), ListedVenue.Of("XRP", "USDC", 0.01m, 0.01m), ListedVenue.Of("XRP", "USDT", 0.01m, 0.01m)]);
        await using var exchange = await Start();
        Assert.Equal(["XRP_USDT", "XRP_USDC", "PEPE_USDT"], await ListedBeside(exchange));
    }

    [Fact]
    public async Task All_of_a_venues_markets_can_be_listed()
    {
        _venue.Markets.Add(ListedVenue.Of("AAA", "USDT", 0.01m, 0.01m));
        await using var exchange = await Start(new ListingOptions { Bases = "*", Quotes = "USDT,EUR" });
        Assert.Equal(
            ["AAA_USDT", "PEPE_USDT", "ETH_EUR"], (await ListedBeside(exchange)).OrderBy(symbol => symbol.EndsWith("EUR", StringComparison.Ordinal)));
    }

    private static async Task<IEnumerable<string>> ListedBeside(ExchangeCluster exchange) =>
        (await exchange.Events(Streams.Markets)).OfType<MarketListed>().Skip(DefaultMarkets.All.Count).Select(listed => listed.Market.Symbol);

    private Task<ExchangeCluster> Start(ListingOptions? listing = null) => ExchangeCluster.Start(services => services
        .AddSingleton<IVenueCatalog>(_venue)
        .AddSingleton<IMarketFeed>(_feed)
        .AddSingleton<FeedRoutes>()
        .Configure<FeedOptions>(options => (options.Default, options.Listing) = ("Binance", listing ?? new())));

    private sealed class ListedVenue : IVenueCatalog
    {
        public string Venue => "binance";
        public bool IsAway { get; set; }
        public List<VenueMarket> Markets { get; } =
        [
            Of("BTC", "USDT", tick: 0.1m, lot: 0.001m),
            Of("PEPE", "USDT", tick: 0.01m, lot: 0.01m),
            Of("ETH", "EUR", tick: 0.01m, lot: 0.01m),
            Of("HALTED", "USDT", tick: 0.01m, lot: 0.01m) with { IsTrading = false },
        ];

        public Task<VenueListing> ListMarketsAsync(CancellationToken cancellationToken = default) => IsAway
            ? throw new VenueException("nobody answers")
            : Task.FromResult(new VenueListing(Venue, DateTimeOffset.UnixEpoch, [.. Markets]));

        public static VenueMarket Of(string asset, string quote, decimal tick, decimal lot) =>
            new(asset + quote, asset, quote, tick, lot, lot, 10_000, 1_000, 5, 1_000_000, IsTrading: true, Unit: 1);
    }
}
