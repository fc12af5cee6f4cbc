using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.MarketMaking;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Interfaces.Users;
using Exchange.Grains.MarketMaking;
using Exchange.Grains.Tests.Publishing;
using Exchange.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Grains.Tests.Cluster;

/// <summary>Grains are on several silos and talk across: each account here is on another silo than the symbol it trades.</summary>
public sealed class SpreadTests
{
    private const string Btc = ExchangeCluster.Btc;
    private const string Tata = ExchangeCluster.Tata;
    private const string Sol = "SOL_USDC";

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Symbols_and_accounts_are_on_every_silo(short silos)
    {
        await using var exchange = await ExchangeCluster.Start(silos);
        foreach (var market in DefaultMarkets.All)
            await exchange.Symbol(market.Symbol).WakeUp();
        for (var account = 1; account <= 64; account++)
            await exchange.Portfolio(account).WakeUp();

        var homes = new HashSet<SiloAddress>();
        for (var account = 1; account <= 64; account++)
            homes.Add(await Scenes.HomeOf(exchange, exchange.Portfolio(account)));
        Assert.Equal(exchange.Silos.ToHashSet(), homes);
    }

    [Fact]
    public async Task Orders_trade_and_settle_across_silos()
    {
        await using var exchange = await ExchangeCluster.Start(2);
        await exchange.Symbol(Tata).WakeUp();
        var buyer = exchange.Portfolio(await Scenes.AccountAwayFrom(exchange, exchange.Symbol(Tata), ("INR", 10_000)));
        var seller = await exchange.User(100, ("TATA", 100));
        var owner = await Owner.Watch(exchange, buyer.GetPrimaryKeyLong());
        var watcher = await WatchingClient.Watch(exchange, Tata);

        var bid = await buyer.PlaceOrder(ExchangeCluster.Limit(Tata, Side.Buy, 100.50m, 10, "mine"));
        var ask = await seller.PlaceOrder(ExchangeCluster.Limit(Tata, Side.Sell, 100, 4));
        var cancelled = await buyer.CancelOrder(new CancelOrder(bid.Order!.OrderId, "", ""));

        Assert.Equal((OrderStatus.New, OrderStatus.Filled), (bid.Order.Status, ask.Order!.Status));
        Assert.Equal((100.50m, 4m), Assert.Single(ask.Fills.Select(fill => (fill.Price, fill.Quantity))));
        Assert.Equal((OrderStatus.Cancelled, 4m), (cancelled.Order!.Status, cancelled.Order.FilledQuantity));
        Assert.Equal([new BalanceView("INR", 9_598, 0), new BalanceView("TATA", 4, 0)], (await buyer.GetBalances()).Balances);
        await exchange.Passing(() => watcher.Heard.Any(update => update.Trades.Length > 0), "the trade is published");
        await Eventually.Holds(() => owner.Heard.Any(update => update.Fills.Length > 0), "the owner hears of the fill");
        Assert.Equal(4, (await exchange.Symbol(Tata).GetTrades(10)).Trades[0].Quantity);
        await exchange.SettlesExactly();
        GC.KeepAlive((owner, watcher));
    }

    [Fact]
    public async Task Positions_open_change_and_close_across_silos()
    {
        await using var exchange = await ExchangeCluster.Start(2);
        await Scenes.OpenVenue(exchange, Sol, 23_595, 23_596);
        var account = await Scenes.AccountAwayFrom(exchange, exchange.Symbol(Sol), ("USDC", 6_000));
        var positions = exchange.Grains.GetGrain<IPortfolioPositions>(account);

        var opened = await positions.OpenPosition(new OpenPositionRequest("mine", Sol, PositionSide.Short, 1_000, 100, PositionLevelsRequest.None));
        var changed = await positions.ChangePosition(
            new ChangePositionRequest(opened.PositionId, PositionLevelsRequest.None with { StopLoss = 240 }));
        var added = await positions.AddMargin(new AddMarginRequest("more", opened.PositionId, 500));
        var waiting = await positions.OpenPosition(
            new OpenPositionRequest("entry", Sol, PositionSide.Long, 500, 20, PositionLevelsRequest.None, 241));
        var takenBack = await positions.CancelPosition(new CancelPositionRequest(waiting.PositionId));
        var half = await positions.ClosePosition(new ClosePositionRequest(opened.PositionId, 10));
        var rest = await positions.ClosePosition(new ClosePositionRequest(opened.PositionId, 0));

        PositionAnswer[] answers = [opened, changed, added, waiting, takenBack, half, rest];
        Assert.All(answers, answer => Assert.Equal(Reason.None, answer.Reason));
        Assert.Equal((240m, 1_500m, 241m), (changed.Position!.StopLoss, added.Position!.Margin, waiting.Waiting!.TriggerPrice));
        Assert.True(rest.Exit!.IsClosed);
        Assert.Equal(1, (await positions.GetStatistics()).Statistics[0].Count);
        await exchange.SettlesExactly();
    }

    [Fact]
    public async Task Conditional_orders_and_pairs_fire_across_silos()
    {
        await using var exchange = await ExchangeCluster.Start(2);
        await Scenes.OpenVenue(exchange, Btc, 1_000_000, 1_001_000);
        var account = await Scenes.AccountAwayFrom(exchange, exchange.Symbol(Btc), ("BTC", 2));
        var stop = await exchange.Portfolio(account).PlaceOrder(Scenes.Stop(Btc, 0.5m, 9_500));
        var pair = await exchange.Grains.GetGrain<IPortfolioConditionals>(account).PlacePair(new PlacePair(
            "pair",
            new PlaceOrder("", Btc, Side.Sell, OrderType.LimitMaker, TimeInForce.GoodTillCancelled, 11_000, 0.5m, 0, 0, SelfTradePrevention.None),
            Scenes.Stop(Btc, 0.5m, 9_400) with { ClientOrderId = "" }));
        Assert.Equal((Reason.None, Reason.None, 2), (stop.Reason, pair.Reason, pair.Orders.Length));

        Scenes.Quote(exchange, Btc, 939_000, 940_000);

        await exchange.Passing(async () => (await exchange.Portfolio(account).GetOpenOrders(null)).Orders.Length == 0, "both stops have sold");
        Assert.Equal(1, (await exchange.Portfolio(account).GetBalances()).Balances.Single(balance => balance.Asset == "BTC").Available);
        Assert.Equal(2, await Scenes.Count<ConditionalFired>(exchange, Streams.Symbol(Btc)));
        await exchange.SettlesExactly();
    }

    [Fact]
    public async Task An_account_starts_over_across_silos()
    {
        await using var exchange = await ExchangeCluster.Start(2);
        await Scenes.OpenVenue(exchange, Sol, 23_595, 23_596);
        var account = await Scenes.AccountAwayFrom(exchange, exchange.Symbol(Sol), ("USDC", 6_000), ("INR", 1_000));
        await exchange.Portfolio(account).PlaceOrder(ExchangeCluster.Limit(Tata, Side.Buy, 100, 5));
        await exchange.Grains.GetGrain<IPortfolioPositions>(account).OpenPosition(
            new OpenPositionRequest("", Sol, PositionSide.Short, 1_000, 100, PositionLevelsRequest.None));

        var reset = exchange.Grains.GetGrain<IPortfolioReset>(account);
        await exchange.Passing(reset.Reset("r-1"));

        await exchange.Passing(async () => (await reset.GetReset()).FinishedAtMs > 0, "it has started over");
        Assert.Empty((await exchange.Portfolio(account).GetBalances()).Balances);
        await exchange.SettlesExactly();
    }

    [Fact]
    public async Task A_maker_its_account_and_its_market_find_each_other()
    {
        await using var exchange = await ExchangeCluster.Start(
            3, services => services.Configure<MarketMakerOptions>(maker => (maker.Enabled, maker.Symbols) = (true, [])));
        var maker = exchange.Grains.GetGrain<IMarketMakerGrain>(Tata);
        var settings = new MarketMakerOptions().DefaultsFor(Tata) with { Reference = new(ReferenceKind.Fixed, 100, 0, "", 1) };

        await exchange.Passing(maker.Change(settings));

        await exchange.Passing(async () => (await exchange.Symbol(Tata).GetDepth(100)).Asks.Length == 10, "the maker quotes");
        Assert.Equal(100, (await maker.Get()).Settings.Reference.Price);
        await exchange.SettlesExactly();
    }

    [Fact]
    public async Task Users_operators_and_the_directory_are_one_for_all_silos()
    {
        await using var exchange = await ExchangeCluster.Start(3);
        var numbers = await Task.WhenAll(
            Enumerable.Range(0, 24).Select(user => exchange.Grains.GetGrain<IUserGrain>($"{user}@example.org").SignUp()));
        await exchange.Grains.GetGrain<IPortfolioOperations>(1).Freeze("ann@example.org", "a look");

        Assert.Equal(24, numbers.Select(reply => reply.Account).Distinct().Count());
        Assert.Equal(DefaultMarkets.All.Count, await exchange.Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key).EnsureListed());
        Assert.Equal(DefaultMarkets.All.Count, await Scenes.Count<MarketListed>(exchange, Streams.Markets));
        foreach (var silo in exchange.Silos)
            Assert.Equal(DefaultMarkets.All.Count, exchange.ServicesOf(silo).GetRequiredService<IMarketCatalog>().Markets.Count);
        Assert.Equal(0, (await exchange.Grains.GetGrain<ISymbolOperations>(Tata).GetWork()).Orders);
    }
}
