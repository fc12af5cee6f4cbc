using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests;

/// <summary>Operators stop trading everywhere, halt single markets, and end them.</summary>
public sealed class TradingStopTests
{
    private const string Btc = ExchangeCluster.Btc;
    private const string Tata = ExchangeCluster.Tata;

    private static readonly PlaceOrder Bid = ExchangeCluster.Limit(Tata, Side.Buy, 100, 10, "bid");

    [Fact]
    public async Task While_trading_is_stopped_one_can_look_and_cancel_and_nothing_else()
    {
        await using var exchange = await ExchangeCluster.Start();
        var user = await exchange.User(1, ("INR", 10_000), ("USDT", 10_000));
        var placed = await user.PlaceOrder(Bid);
        await exchange.Symbol(Btc).WakeUp();
        exchange.OpenVenue(Btc, [(999_990, 100_000)], [(1_000_010, 100_000)]);

        var reply = await Markets(exchange).StopTrading(StopKind.Emergency, "ann@example.org", "fire");

        Assert.Equal(new StopReply(true, 1, 0), reply);
        Assert.Equal(Reason.MarketHalted, (await user.PlaceOrder(Bid with { ClientOrderId = "other" })).Reason);
        Assert.Equal(Reason.MarketHalted, (await user.PlaceOrder(ExchangeCluster.Limit(Btc, Side.Buy, 10_001, 0.1m))).Reason);
        Assert.Equal(Reason.MarketHalted, (await Positions(exchange, 1).OpenPosition(Long(Btc))).Reason);
        Assert.Equal(10, Assert.Single((await exchange.Symbol(Tata).GetDepth(10)).Bids).Quantity);
        Assert.Equal(MarketStatus.Halted, (await exchange.Symbol(Tata).GetStatus()).Market);
        Assert.Equal(Reason.None, (await user.CancelOrder(new CancelOrder(placed.Order!.OrderId, "", Tata))).Reason);
        Assert.Equal(10_000, (await user.GetBalances()).Balances.Single(balance => balance.Asset == "INR").Available);
    }

    [Fact]
    public async Task An_emergency_stop_holds_over_a_crash_and_is_taken_back_by_name_only()
    {
        await using var exchange = await ExchangeCluster.Start();
        var user = await exchange.User(1, ("INR", 10_000));
        await Markets(exchange).StopTrading(StopKind.Emergency, "ann@example.org", "fire");

        await exchange.Restart(gracefully: false);
        user = exchange.Portfolio(1);

        Assert.Equal(Reason.MarketHalted, (await user.PlaceOrder(Bid)).Reason);
        Assert.False((await Markets(exchange).ResumeTrading(StopKind.Shutdown, "bob@example.org")).Changed);
        Assert.False((await Markets(exchange).StopTrading(StopKind.Shutdown, "bob@example.org", "")).Changed);
        Assert.Equal(Reason.MarketHalted, (await user.PlaceOrder(Bid)).Reason);
        Assert.True((await Markets(exchange).ResumeTrading(StopKind.Emergency, "ann@example.org")).Changed);
        Assert.Equal(Reason.None, (await user.PlaceOrder(Bid)).Reason);
    }

    [Fact]
    public async Task An_emergency_stop_takes_the_place_of_a_shutdown()
    {
        await using var exchange = await ExchangeCluster.Start();

        Assert.True((await Markets(exchange).StopTrading(StopKind.Shutdown, "ann@example.org", "night")).Changed);
        Assert.True((await Markets(exchange).StopTrading(StopKind.Emergency, "bob@example.org", "fire")).Changed);
        Assert.False((await Markets(exchange).ResumeTrading(StopKind.Shutdown, "ann@example.org")).Changed);
        Assert.True((await Markets(exchange).ResumeTrading(StopKind.Emergency, "ann@example.org")).Changed);
    }

    [Fact]
    public async Task A_market_that_was_halted_before_the_stop_is_halted_after_it()
    {
        await using var exchange = await ExchangeCluster.Start();
        var user = await exchange.User(1, ("INR", 10_000));
        await Markets(exchange).SetStatus(Tata, MarketStatus.Halted);
        await Markets(exchange).StopTrading(StopKind.Emergency, "ann@example.org", "fire");
        await Markets(exchange).ResumeTrading(StopKind.Emergency, "ann@example.org");

        Assert.Equal(Reason.MarketHalted, (await user.PlaceOrder(Bid)).Reason);
        await Markets(exchange).SetStatus(Tata, MarketStatus.Trading);
        Assert.Equal(Reason.None, (await user.PlaceOrder(Bid)).Reason);
    }

    [Fact]
    public async Task The_venue_fills_nothing_while_trading_is_stopped()
    {
        await using var exchange = await ExchangeCluster.Start();
        var user = await exchange.User(1, ("USDT", 10_000));
        await exchange.Symbol(Btc).WakeUp();
        exchange.OpenVenue(Btc, [(999_990, 100_000)], [(1_000_010, 100_000)]);
        await user.PlaceOrder(ExchangeCluster.Limit(Btc, Side.Buy, 9_900, 0.1m));
        await Markets(exchange).StopTrading(StopKind.Emergency, "ann@example.org", "fire");

        exchange.OpenVenue(Btc, [(979_990, 100_000)], [(980_010, 100_000)]);
        await Eventually.Holds(
            async () => (await exchange.Symbol(Btc).GetDepth(5)).Bids.Any(bid => bid.Price == 9_799.90m), "the prices have arrived");
        Assert.Single((await user.GetOpenOrders(null)).Orders);

        await Markets(exchange).ResumeTrading(StopKind.Emergency, "ann@example.org");
        exchange.OpenVenue(Btc, [(979_980, 100_000)], [(980_000, 100_000)]);
        await Eventually.Holds(async () => (await user.GetOpenOrders(null)).Orders.Length == 0, "the order is filled");
    }

    [Fact]
    public async Task A_stop_loss_waits_for_the_first_fresh_price_after_the_stop()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDT", 10_000));
        await exchange.Symbol(Btc).WakeUp();
        exchange.OpenVenue(Btc, [(999_990, 100_000)], [(1_000_010, 100_000)]);
        var opened = await Positions(exchange, 1).OpenPosition(Long(Btc) with { Levels = PositionLevelsRequest.None with { StopLoss = 9_900 } });
        Assert.Equal(Reason.None, opened.Reason);
        await Markets(exchange).StopTrading(StopKind.Emergency, "ann@example.org", "fire");

        exchange.OpenVenue(Btc, [(979_990, 100_000)], [(980_010, 100_000)]);
        await Eventually.Holds(async () => (await exchange.Symbol(Btc).GetDepth(1)).Bids[0].Price == 9_799.90m, "the prices have arrived");
        Assert.Equal(Reason.MarketHalted, (await Positions(exchange, 1).ClosePosition(new ClosePositionRequest(opened.PositionId, 0))).Reason);
        Assert.Single((await Positions(exchange, 1).GetPositions()).Positions);

        await Markets(exchange).ResumeTrading(StopKind.Emergency, "ann@example.org");
        exchange.OpenVenue(Btc, [(979_980, 100_000)], [(980_000, 100_000)]);
        await Eventually.Holds(async () => (await Positions(exchange, 1).GetPositions()).Positions.Length == 0, "the stop loss has closed it");
        Assert.Equal(1, (await Positions(exchange, 1).GetStatistics()).Statistics[0].Losses);
    }

    [Fact]
    public async Task Every_silo_that_keeps_a_copy_hears_of_a_stop_before_it_is_answered()
    {
        await using var exchange = await ExchangeCluster.Start();
        var other = new OtherSilo();
        await Markets(exchange).Watch(exchange.Grains.CreateObjectReference<IMarketsObserver>(other), null);

        Assert.Equal(new StopReply(true, 2, 0), await Markets(exchange).StopTrading(StopKind.Emergency, "ann@example.org", "fire"));
        Assert.Equal(1, other.Heard);

        other.IsBroken = true;
        Assert.Equal(new StopReply(true, 1, 1), await Markets(exchange).ResumeTrading(StopKind.Emergency, "ann@example.org"));
    }

    [Fact]
    public async Task A_market_with_open_positions_is_not_ended()
    {
        await using var exchange = await ExchangeCluster.Start();
        var user = await exchange.User(1, ("USDT", 10_000));
        await exchange.Symbol(Btc).WakeUp();
        exchange.OpenVenue(Btc, [(999_990, 100_000)], [(1_000_010, 100_000)]);
        Assert.Equal(Reason.None, (await Positions(exchange, 1).OpenPosition(Long(Btc))).Reason);

        Assert.Equal(Reason.MarketHasPositions, await Markets(exchange).Delist(Btc));
        Assert.Equal(Reason.None, (await user.PlaceOrder(ExchangeCluster.Limit(Btc, Side.Buy, 9_900, 0.1m))).Reason);
    }

    [Fact]
    public async Task A_market_that_ends_cancels_its_orders_and_never_trades_again()
    {
        await using var exchange = await ExchangeCluster.Start();
        var user = await exchange.User(1, ("INR", 1_000_000));
        for (var order = 0; order < 150; order++)
            await user.PlaceOrder(Bid with { ClientOrderId = $"b{order}", Price = 100 - (order * 0.05m) });

        Assert.Equal(Reason.None, await Markets(exchange).Delist(Tata));

        await Eventually.Holds(async () => (await user.GetOpenOrders(null)).Orders.Length == 0, "all orders are cancelled");
        Assert.Equal(new BalanceView("INR", 1_000_000, 0), Assert.Single((await user.GetBalances()).Balances));
        Assert.Equal(Reason.MarketHalted, (await user.PlaceOrder(Bid)).Reason);
        Assert.Equal(Reason.MarketDelisted, await Markets(exchange).SetStatus(Tata, MarketStatus.Trading));
        Assert.Equal(Reason.None, await Markets(exchange).Delist(Tata));
        Assert.Equal(Reason.UnknownSymbol, await Markets(exchange).Delist("NO_SUCH"));
        await exchange.Restart();
        Assert.Equal(MarketStatus.Delisted, (await exchange.Symbol(Tata).GetStatus()).Market);
    }

    [Fact]
    public async Task A_symbol_that_is_sent_away_comes_back_with_what_it_had()
    {
        await using var exchange = await ExchangeCluster.Start();
        var user = await exchange.User(1, ("INR", 10_000));
        await user.PlaceOrder(Bid);
        var before = await Operations(exchange).GetReport();
        exchange.Clock.Advance(TimeSpan.FromMilliseconds(5));

        await Operations(exchange).Leave();

        await Eventually.Holds(async () => (await Operations(exchange).GetReport()).ActiveSinceMs > before.ActiveSinceMs, "it is a new activation");
        var after = await Operations(exchange).GetReport();
        Assert.Equal((1, 1L, 0L), (after.Work.Orders, before.Counts.Orders, after.Counts.Orders));
        Assert.Equal(10, Assert.Single((await exchange.Symbol(Tata).GetDepth(10)).Bids).Quantity);
        Assert.Equal(Reason.None, (await user.CancelOrder(new CancelOrder(0, "bid", Tata))).Reason);
    }

    private static IMarketsGrain Markets(ExchangeCluster exchange) => exchange.Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key);

    private static ISymbolOperations Operations(ExchangeCluster exchange) => exchange.Grains.GetGrain<ISymbolOperations>(Tata);

    private static IPortfolioPositions Positions(ExchangeCluster exchange, long account) =>
        exchange.Grains.GetGrain<IPortfolioPositions>(account);

    private static OpenPositionRequest Long(string symbol) => new("", symbol, PositionSide.Long, 1_000, 20, PositionLevelsRequest.None);

    private sealed class OtherSilo : IMarketsObserver
    {
        public int Heard { get; private set; }
        public bool IsBroken { get; set; }

        public Task OnChanged()
        {
            if (IsBroken)
                throw new InvalidOperationException("This silo cannot read its storage.");
            Heard++;
            return Task.CompletedTask;
        }
    }
}
