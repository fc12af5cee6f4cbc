using Exchange.Domain.Markets;
using Exchange.Feeds.Replay;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Exchange.Feeds.Tests;

public sealed class FeedRoutesTests
{
    private static readonly Market Btc = Markets.BtcUsdt with { VenueSymbol = "BTCUSDT" };

    [Theory]
    [InlineData("Binance", "binance")]
    [InlineData("kucoin", "kucoin")]
    [InlineData("KucoinFutures", "kucoinfutures")]
    [InlineData("REPLAY", "replay")]
    public void The_default_stands_in_for_the_simulated_venue(string setting, string venue)
    {
        using var services = Services(("Feed:Default", setting));
        var hub = services.GetRequiredService<FeedHub>();
        Assert.True(hub.Serves(venue));
        Assert.Equal((venue, ""), Route(hub, Btc));
    }

    [Fact]
    public void Without_a_setting_a_market_has_the_venue_of_its_definition()
    {
        using var services = Services();
        var hub = services.GetRequiredService<FeedHub>();
        Assert.Equal(("simulated", "BTCUSDT"), Route(hub, Btc));
        Assert.Equal(("kucoin", "BTC-USDT"), Route(hub, Btc with { Venue = "kucoin", VenueSymbol = "BTC-USDT" }));
    }

    [Fact]
    public void A_market_where_only_users_meet_stays_one()
    {
        using var services = Services(("Feed:Default", "Binance"));
        Assert.Equal(("", ""), Route(services.GetRequiredService<FeedHub>(), Btc with { Venue = "", VenueSymbol = "" }));
    }

    [Fact]
    public void A_market_can_have_a_venue_of_its_own_or_none()
    {
        using var services = Services(
            ("Feed:Default", "Binance"),
            ("Feed:Markets:BTC_USDT:Venue", "KucoinFutures"),
            ("Feed:Markets:BTC_USDT:VenueSymbol", "XBTUSDTM"),
            ("Feed:Markets:ETH_USDT:Venue", "None"));
        var hub = services.GetRequiredService<FeedHub>();
        Assert.Equal(("kucoinfutures", "XBTUSDTM"), Route(hub, Btc));
        Assert.False(hub.Route(Markets.EthUsdt).HasVenue);
        Assert.Equal(("binance", ""), Route(hub, Markets.SolUsdt));
    }

    [Theory]
    [InlineData("Feed:Default", "Mars")]
    [InlineData("Feed:Markets:BTC_USDT:Venue", "Mars")]
    [InlineData("Feed:Replay:Speed", "-1")]
    [InlineData("Feed:Recorder:FilesMax", "0")]
    public void Settings_that_make_no_sense_are_refused(string name, string value)
    {
        using var services = Services((name, value));
        var problem = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);
        Assert.Contains("Feed:", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_real_venue_can_be_asked_for_its_markets()
    {
        using var services = Services();
        Assert.Equal(["binance", "kucoin", "kucoinfutures"], services.GetServices<IVenueCatalog>().Select(catalog => catalog.Venue));
    }

    [Fact]
    public async Task With_a_folder_to_record_into_real_venues_are_recorded()
    {
        string folder = Directory.CreateTempSubdirectory("recorder").FullName;
        await using (var services = Services(("Feed:Recorder:Folder", folder)))
        {
            var feeds = services.GetServices<IMarketFeed>().ToDictionary(feed => feed.Venue);
            Assert.IsType<RecordingFeed>(feeds["binance"]);
            Assert.IsType<RecordingFeed>(feeds["kucoinfutures"]);
            Assert.IsNotType<RecordingFeed>(feeds["simulated"]);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static (string, string) Route(FeedHub hub, Market market)
    {
        var routed = hub.Route(market);
        return (routed.Venue, routed.VenueSymbol);
    }

    private static ServiceProvider Services(params (string Name, string Value)[] settings) => new ServiceCollection()
        .AddLogging()
        .AddFeeds(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build())
        .BuildServiceProvider();
}
