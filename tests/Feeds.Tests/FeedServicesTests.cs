using Exchange.Domain.Orders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Exchange.Feeds.Tests;

public sealed class FeedServicesTests
{
    [Fact]
    public void The_registered_hub_serves_the_simulated_venue_as_configured()
    {
        using var services = Services(new()
        {
            ["Feed:Simulated:Levels"] = "7",
            ["Feed:Simulated:Assets:DOGE:UsdPrice"] = "0.25",
            ["Feed:Simulated:Assets:DOGE:Volatility"] = "0",
        });
        var heard = new RecordingListener();
        services.GetRequiredService<FeedHub>().Subscribe(Markets.Of("DOGE", "USDT", 0.0001m, 1m), heard);

        Assert.Equal(7, heard.Book.Levels(Side.Buy));
        Assert.InRange(heard.Book.BestPrice(Side.Buy), 2497, 2500);
    }

    [Fact]
    public void Without_configuration_the_usual_markets_are_there()
    {
        using var services = Services([]);
        var hub = services.GetRequiredService<FeedHub>();
        foreach (var market in Markets.All)
        {
            var heard = new RecordingListener();
            hub.Subscribe(market, heard);
            Assert.Equal(30, heard.Book.Levels(Side.Sell));
        }
    }

    [Theory]
    [InlineData("IntervalMs", "7")]
    [InlineData("Levels", "0")]
    [InlineData("LevelSpacingBps", "-1")]
    [InlineData("MaxSpreadTicks", "0")]
    [InlineData("TradesPerSecond", "NaN")]
    [InlineData("TouchValue", "0")]
    [InlineData("Assets:BTC:UsdPrice", "0")]
    public void Settings_that_make_no_sense_are_refused(string name, string value)
    {
        using var services = Services(new() { ["Feed:Simulated:" + name] = value });
        var problem = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<FeedHub>());
        Assert.Contains("Feed:Simulated", problem.Message);
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(new ManualClock())
        .AddFeeds(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .BuildServiceProvider();
}
