using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Tests.Publishing;
using Exchange.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Grains.Tests.Cluster;

/// <summary>Silos that go in peace, silos that come, and who listens meanwhile.</summary>
public sealed class HandOverTests
{
    private const string Btc = ExchangeCluster.Btc;
    private const string Tata = ExchangeCluster.Tata;

    [Fact]
    public async Task What_waits_on_a_silo_that_stops_waits_on_another_within_seconds()
    {
        await using var exchange = await ExchangeCluster.Start(2);
        await exchange.User(1, ("BTC", 1));
        await Scenes.OpenVenue(exchange, Btc, 1_000_000, 1_001_000);
        Assert.Equal(Reason.None, (await exchange.Portfolio(1).PlaceOrder(Scenes.Stop(Btc, 0.5m, 9_500))).Reason);
        var home = await Scenes.HomeOf(exchange, exchange.Symbol(Btc));

        var stopping = exchange.Stop(home);

        await exchange.WithinSeconds(Scenes.Seconds, () => Task.FromResult(stopping.IsCompleted), "the silo has stopped");
        await Scenes.ComesAlive(exchange, Btc);
        Scenes.Quote(exchange, Btc, 949_000, 950_000);
        await exchange.Passing(async () => await Scenes.Count<OrderEnded>(exchange, Streams.Portfolio(1)) == 1, "the stop has sold");
        await exchange.SettlesExactly();
        Assert.Equal(1, await Scenes.Count<ConditionalFired>(exchange, Streams.Symbol(Btc)));
    }

    [Fact]
    public async Task A_silo_that_joins_knows_the_markets_before_anything_is_placed_there()
    {
        await using var exchange = await ExchangeCluster.Start(1);
        await exchange.User(1, ("INR", 10_000));
        SiloWorld? late = null;
        exchange.Prepare = world =>
        {
            late = world;
            world.IsBlind = true;
        };

        var joining = exchange.AddSilo();
        await Eventually.Holds(() => late is not null, "the silo is starting");
        try
        {
            for (var account = 100; account < 120; account++)
                Assert.Equal(Reason.None, await exchange.Passing(Bid(exchange, account)));
            Assert.False(joining.IsCompleted);
        }
        finally
        {
            late!.IsBlind = false;
        }

        var joined = await joining;
        await exchange.Passing(
            async () =>
            {
                var account = 200 + (exchange.NowMs % 1_000);
                await exchange.User(account, ("INR", 10_000));
                return joined.Equals(await exchange.SiloOf(exchange.Portfolio(account)));
            },
            "it gets grains");
    }

    [Fact]
    public async Task Who_watches_hears_from_the_next_activation_once_it_has_renewed_its_watch()
    {
        await using var exchange = await ExchangeCluster.Start(3);
        var buyer = await exchange.User(1, ("INR", 10_000));
        await buyer.PlaceOrder(ExchangeCluster.Limit(Tata, Side.Buy, 100, 10));
        var home = await Scenes.HomeOf(exchange, exchange.Symbol(Tata));
        var other = exchange.Silos.First(silo => !silo.Equals(home));
        var client = await WatchingClient.Watch(exchange, Tata);
        var silo = await WatchingClient.Watch(exchange.ServicesOf(other).GetRequiredService<IGrainFactory>(), Tata);
        var dying = await WatchingClient.Watch(exchange.ServicesOf(home).GetRequiredService<IGrainFactory>(), Tata);

        exchange.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await exchange.Kill(home);
        await Scenes.ComesAlive(exchange, Tata);
        var renewed = new[] { await exchange.Retrying(() => client.Renew()), await exchange.Retrying(() => silo.Renew()) };
        Assert.All(renewed, watched => Assert.True(watched.IsNew));
        Assert.All(renewed, watched => Assert.Equal(10, Assert.Single(watched.Depth!.Bids).Quantity));
        Assert.True(renewed[0].Depth!.UpdateId > client.Snapshot.UpdateId, "the next activation goes on from where clients are");
        await Ordered(exchange, ExchangeCluster.Limit(Tata, Side.Buy, 99, 5, "later"));

        await exchange.Passing(() => client.Heard.Length > 0 && silo.Heard.Length > 0, "both hear of the order");
        foreach (var (watcher, start) in new[] { (client, renewed[0]), (silo, renewed[1]) })
            Assert.Equal(2, new LocalBook(start.Depth!).Apply(watcher.Increments).Bids.Length);
        Assert.Empty(dying.Heard);
        GC.KeepAlive((client, silo, dying));
    }

    [Fact]
    public async Task An_owner_hears_from_the_next_activation_of_the_account()
    {
        await using var exchange = await ExchangeCluster.Start(2);
        var user = await exchange.User(1, ("INR", 10_000));
        var owner = await Owner.Watch(exchange, 1);

        await Scenes.KillHomeOf(exchange, user);
        Assert.True(await exchange.Retrying(owner.Renew));
        await exchange.Retrying(() => user.Deposit(new DepositFunds("more", "INR", 5)));

        await exchange.Passing(() => owner.Heard.Length == 1, "the deposit is told");
        Assert.Equal([new BalanceView("INR", 10_005, 0)], owner.Heard[0].Balances);
        GC.KeepAlive(owner);
    }

    private static async Task<Reason> Bid(ExchangeCluster exchange, long account)
    {
        await exchange.User(account, ("INR", 10_000));
        return (await exchange.Portfolio(account).PlaceOrder(ExchangeCluster.Limit(Tata, Side.Buy, 100, 10))).Reason;
    }

    private static Task Ordered(ExchangeCluster exchange, PlaceOrder order) => exchange.Passing(
        async () => (await exchange.Retrying(() => exchange.Portfolio(1).PlaceOrder(order))).Reason == Reason.None, "the order is taken");
}
