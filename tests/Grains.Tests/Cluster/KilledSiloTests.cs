using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.MarketMaking;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.MarketMaking;
using Exchange.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Grains.Tests.Cluster;

/// <summary>A silo of several is killed. Whoever was awake there comes alive on another within seconds, though nobody calls.</summary>
public sealed class KilledSiloTests
{
    private const string Btc = ExchangeCluster.Btc;
    private const string Tata = ExchangeCluster.Tata;
    private const string Sol = "SOL_USDC";

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Triggers_fire_on_another_silo_once(short silos)
    {
        await using var exchange = await ExchangeCluster.Start(silos);
        await exchange.User(1, ("BTC", 1), ("USDC", 6_000));
        await Scenes.OpenVenue(exchange, Btc, 1_000_000, 1_001_000);
        await Scenes.OpenVenue(exchange, Sol, 23_595, 23_596);
        var stop = await exchange.Portfolio(1).PlaceOrder(Scenes.Stop(Btc, 0.5m, 9_500));
        var positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);
        var opened = await positions.OpenPosition(new OpenPositionRequest(
            "short", Sol, PositionSide.Short, 1_000, 100, PositionLevelsRequest.None with { StopLoss = 240 }));
        var entry = await positions.OpenPosition(new OpenPositionRequest(
            "entry", Sol, PositionSide.Long, 500, 20, PositionLevelsRequest.None, 241));
        Assert.Equal((Reason.None, Reason.None, Reason.None), (stop.Reason, opened.Reason, entry.Reason));

        await Scenes.KillHomeOf(exchange, exchange.Symbol(Btc));
        await Scenes.ComesAlive(exchange, Btc);
        await Scenes.ComesAlive(exchange, Sol);
        Scenes.Quote(exchange, Btc, 949_000, 950_000);
        Scenes.Quote(exchange, Sol, 24_150, 24_151);

        await exchange.Passing(
            async () => await Scenes.Count<OrderEnded>(exchange, Streams.Portfolio(1)) == 1
                && await Scenes.Count<PositionLeft>(exchange, Streams.Portfolio(1)) == 1
                && await Scenes.Count<EntryDecided>(exchange, Streams.Portfolio(1)) == 1,
            "all three have fired");
        await exchange.Passing(() => exchange.Closures.Told.Count == 2, "the owner is told of both positions");
        await exchange.SettlesExactly();
        Assert.Equal(1, await Scenes.Count<ConditionalFired>(exchange, Streams.Symbol(Btc)));
        Assert.Equal(1, await Scenes.Count<PositionClosing>(exchange, Streams.Symbol(Sol)));
        Assert.Equal(1, await Scenes.Count<EntryFired>(exchange, Streams.Symbol(Sol)));
    }

    [Fact]
    public async Task A_settlement_that_was_on_its_way_arrives_though_no_order_is_open()
    {
        await using var exchange = await ExchangeCluster.Start(2);
        var buyer = await exchange.User(1, ("INR", 10_000));
        var seller = await exchange.User(2, ("TATA", 100));
        await buyer.PlaceOrder(ExchangeCluster.Limit(Tata, Side.Buy, 100, 10));
        exchange.Messages.FailAll(MessageFault.Lost, "Settle");
        await exchange.Passing(seller.PlaceOrder(ExchangeCluster.Limit(Tata, Side.Sell, 100, 10)));
        Assert.Equal(4, (await exchange.Audit()).InFlight);

        await Scenes.KillHomeOf(exchange, exchange.Symbol(Tata));
        exchange.Messages.Heal();

        await exchange.WithinSeconds(Scenes.Seconds, async () => (await exchange.Audit()).InFlight == 0, "everything is settled");
        await exchange.SettlesExactly();
        Assert.Equal(1, await Scenes.Count<FillSettled>(exchange, Streams.Portfolio(1)));
    }

    [Fact]
    public async Task An_account_that_died_with_an_order_on_its_way_finds_out_what_became_of_it()
    {
        await using var exchange = await ExchangeCluster.Start(2);
        var buyer = await exchange.User(1, ("INR", 10_000));
        exchange.Messages.FailAll(MessageFault.Lost, "Submit", "Reconcile");
        var placed = await exchange.Passing(buyer.PlaceOrder(ExchangeCluster.Limit(Tata, Side.Buy, 100, 10, "mine")));
        Assert.Equal(Reason.Timeout, placed.Reason);

        await Scenes.KillHomeOf(exchange, buyer);
        exchange.Messages.Heal();

        await exchange.WithinSeconds(
            Scenes.Seconds,
            async () => (await exchange.Events(Streams.Portfolio(1))).OfType<OrderEnded>().Any(ended => ended.Reason == Reason.NeverReachedMarket),
            "the hold is released");
        Assert.Equal([new BalanceView("INR", 10_000, 0)], (await exchange.Retrying(buyer.GetBalances)).Balances);
        await exchange.SettlesExactly();
    }

    [Fact]
    public async Task A_market_maker_goes_on_quoting()
    {
        await using var exchange = await ExchangeCluster.Start(
            2, services => services.Configure<MarketMakerOptions>(maker => (maker.Enabled, maker.Symbols) = (true, [])));
        var maker = exchange.Grains.GetGrain<IMarketMakerGrain>(Tata);
        var settings = new MarketMakerOptions().DefaultsFor(Tata) with { Reference = new(ReferenceKind.Fixed, 100, 0, "", 1) };
        Assert.Equal(Reason.None, (await exchange.Passing(maker.Change(settings))).Reason);
        await exchange.Passing(async () => await Bids(exchange) == 10, "the maker quotes");

        await Scenes.KillHomeOf(exchange, maker);
        await exchange.WithinSeconds(Scenes.Seconds, async () => await exchange.SiloOf(maker) is not null, "the maker is awake on another silo");
        await exchange.Retrying(() => maker.Change(settings with { Reference = settings.Reference with { Price = 110 } }));

        await exchange.Passing(async () => await Bids(exchange, above: 105) == 10, "it quotes around the new price");
        await exchange.SettlesExactly();
    }

    private static async Task<int> Bids(ExchangeCluster exchange, decimal above = 0)
    {
        try
        {
            return (await exchange.Symbol(Tata).GetDepth(100)).Bids.Count(level => level.Price > above);
        }
        catch (Exception)
        {
            return 0;
        }
    }
}
