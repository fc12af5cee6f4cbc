using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Markets;
using Exchange.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Grains.Tests.Cluster;

/// <summary>An emergency stop reaches every silo's copy of the directory, and says of whom it does not know that.</summary>
public sealed class StopEverywhereTests
{
    private const string Tata = ExchangeCluster.Tata;

    [Fact]
    public async Task A_stop_is_known_on_every_silo_when_it_is_answered()
    {
        await using var exchange = await ExchangeCluster.Start(3);
        await exchange.User(1, ("INR", 10_000));

        var reply = await exchange.Passing(Stop(exchange));

        Assert.Equal(new StopReply(true, 3, 0), reply);
        Assert.All(exchange.Silos, silo => Assert.Equal(MarketStatus.Halted, StatusOn(exchange, silo)));
        Assert.Equal(Reason.MarketHalted, (await exchange.Portfolio(1).PlaceOrder(ExchangeCluster.Limit(Tata, Side.Buy, 100, 10))).Reason);
        Assert.Equal(new StopReply(true, 3, 0), await exchange.Passing(Markets(exchange).ResumeTrading(StopKind.Emergency, "ann@example.org")));
        Assert.All(exchange.Silos, silo => Assert.Equal(MarketStatus.Trading, StatusOn(exchange, silo)));
    }

    [Fact]
    public async Task A_silo_that_does_not_answer_is_counted_and_not_waited_for()
    {
        await using var exchange = await ExchangeCluster.Start(2);
        var directory = await Scenes.HomeOf(exchange, Markets(exchange));
        var other = exchange.Silos.Single(silo => !silo.Equals(directory));
        exchange.WorldOf(other).IsBlind = true;

        Assert.Equal(new StopReply(true, 1, 1), await exchange.Passing(Stop(exchange)));

        Assert.Equal(MarketStatus.Trading, StatusOn(exchange, other));
        exchange.WorldOf(other).IsBlind = false;
        await exchange.WithinSeconds(
            Scenes.Seconds, () => Task.FromResult(StatusOn(exchange, other) == MarketStatus.Halted), "it learns of the stop");
    }

    [Fact]
    public async Task A_silo_that_could_not_read_when_it_was_told_reads_when_it_renews_its_watch()
    {
        await using var exchange = await ExchangeCluster.Start(2);
        var directory = await Scenes.HomeOf(exchange, Markets(exchange));
        var other = exchange.Silos.Single(silo => !silo.Equals(directory));
        exchange.WorldOf(other).IsBlind = true;
        await exchange.Passing(Stop(exchange));
        exchange.WorldOf(other).IsBlind = false;

        await exchange.ServicesOf(other).GetRequiredService<DirectoryCopy>().Watch();

        Assert.Equal(MarketStatus.Halted, StatusOn(exchange, other));
    }

    [Fact]
    public async Task After_the_directory_has_moved_no_silo_is_forgotten()
    {
        await using var exchange = await ExchangeCluster.Start(3);

        await Scenes.KillHomeOf(exchange, Markets(exchange));
        var first = await exchange.Retrying(() => Stop(exchange));

        Assert.True(first.Silos + first.Silent >= 2, $"{first} leaves out a silo");
        await exchange.WithinSeconds(
            Scenes.Seconds,
            async () => await exchange.Retrying(() => Stop(exchange)) is { Silos: 2, Silent: 0 },
            "both silos that are left know");
        Assert.All(exchange.Silos, silo => Assert.Equal(MarketStatus.Halted, StatusOn(exchange, silo)));
    }

    private static IMarketsGrain Markets(ExchangeCluster exchange) => exchange.Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key);

    private static Task<StopReply> Stop(ExchangeCluster exchange) => Markets(exchange).StopTrading(StopKind.Emergency, "ann@example.org", "fire");

    private static MarketStatus StatusOn(ExchangeCluster exchange, SiloAddress silo) =>
        exchange.ServicesOf(silo).GetRequiredService<IMarketCatalog>().Markets.Single(market => market.Symbol == Tata).Status;
}
