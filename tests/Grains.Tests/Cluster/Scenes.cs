using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests.Cluster;

/// <summary>What tests with several silos have in common.</summary>
internal static class Scenes
{
    /// <summary>Sooner than any sweep that the clock alone would bring.</summary>
    public const int Seconds = 20;

    public static PlaceOrder Stop(string symbol, decimal quantity, decimal price) => new(
        "stop", symbol, Side.Sell, OrderType.StopLoss, TimeInForce.GoodTillCancelled, 0, quantity, 0, 0, SelfTradePrevention.None, price);

    public static async Task OpenVenue(ExchangeCluster exchange, string symbol, long bid, long ask)
    {
        await exchange.Symbol(symbol).WakeUp();
        await Eventually.Holds(() => exchange.Feed.ListenersOf(symbol) == 1, "the symbol listens");
        Quote(exchange, symbol, bid, ask);
    }

    public static void Quote(ExchangeCluster exchange, string symbol, long bid, long ask) =>
        exchange.OpenVenue(symbol, [(bid, 9_000_000)], [(ask, 9_000_000)]);

    public static async Task<SiloAddress> KillHomeOf(ExchangeCluster exchange, IAddressable grain)
    {
        var home = await HomeOf(exchange, grain);
        await exchange.Kill(home);
        return home;
    }

    public static async Task<SiloAddress> HomeOf(ExchangeCluster exchange, IAddressable grain) =>
        await exchange.SiloOf(grain) ?? throw new InvalidOperationException($"{grain} is not awake.");

    /// <summary>Nobody calls it: it is asked of the engine where it is.</summary>
    public static Task ComesAlive(ExchangeCluster exchange, string symbol) => exchange.WithinSeconds(
        Seconds,
        async () => await exchange.SiloOf(exchange.Symbol(symbol)) is not null
            && (!DefaultMarkets.All.Single(market => market.Symbol == symbol).HasVenue || exchange.Feed.ListenersOf(symbol) == 1),
        $"{symbol} is awake on another silo");

    /// <summary>So many that they cannot all be in one place.</summary>
    public static async Task<long> AccountAwayFrom(ExchangeCluster exchange, IAddressable grain, params (string Asset, decimal Amount)[] deposits)
    {
        var home = await HomeOf(exchange, grain);
        for (var account = 1L; account <= 64; account++)
        {
            await exchange.Portfolio(account).WakeUp();
            if ((await HomeOf(exchange, exchange.Portfolio(account))).Equals(home))
                continue;
            await exchange.User(account, deposits);
            return account;
        }

        throw new InvalidOperationException("All accounts are on one silo.");
    }

    public static async Task<int> Count<T>(ExchangeCluster exchange, string stream)
        where T : DomainEvent => (await exchange.Events(stream)).OfType<T>().Count();
}
