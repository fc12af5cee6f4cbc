using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Tests.Publishing;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests;

/// <summary>Orders that wait for their price, through an account and its symbol. The venue's bid is 10,000, its ask 10,010.</summary>
public sealed class ConditionalTests
{
    private const string Btc = ExchangeCluster.Btc;

    private static readonly PlaceOrder Stop = new(
        "stop", Btc, Side.Sell, OrderType.StopLoss, TimeInForce.GoodTillCancelled, 0, 0.5m, 0, 0, SelfTradePrevention.None, 9_500);

    [Fact]
    public async Task A_stop_is_an_open_order_until_its_price_is_reached_and_then_sells_under_the_same_id()
    {
        await using var exchange = await ExchangeCluster.Start();
        var seller = await Seller(exchange);

        var placed = await seller.PlaceOrder(Stop);
        var again = await seller.PlaceOrder(Stop);

        Assert.Equal((Reason.None, OrderStatus.New, 0L), (placed.Reason, placed.Order!.Status, placed.Order.TriggeredAtMs));
        Assert.Equal(placed.Order.OrderId, again.Order!.OrderId);
        Assert.Equal(new BalanceView("BTC", 0.5m, 0.5m), (await seller.GetBalances()).Balances[0]);
        Assert.Equal((OrderType.StopLoss, 9_500m), One(await seller.GetOpenOrders(Btc), order => (order.Type, order.StopPrice)));
        Assert.Equal(1, (await exchange.Symbol(Btc).GetStatus()).OpenOrders);

        Venue(exchange, 949_000);
        var sold = await Ended(seller, placed.Order.OrderId);

        Assert.Equal((OrderStatus.Filled, 0.5m, 4_745m), (sold.Status, sold.FilledQuantity, sold.FilledQuote));
        Assert.True(sold.TriggeredAtMs > 0);
        Assert.Equal(
            [new BalanceView("BTC", 0.5m, 0), new BalanceView("USDT", 4_740.255m, 0)], (await seller.GetBalances()).Balances);
        Assert.Equal(OrderStatus.Filled, (await seller.PlaceOrder(Stop)).Order!.Status);
        await AssertFiredOnce(exchange);
    }

    [Fact]
    public async Task A_stop_that_would_fire_at_once_is_refused_and_holds_nothing()
    {
        await using var exchange = await ExchangeCluster.Start();
        var seller = await Seller(exchange);

        var refused = await seller.PlaceOrder(Stop with { StopPrice = 10_000 });

        Assert.Equal((Reason.WouldTriggerImmediately, OrderStatus.Rejected), (refused.Reason, refused.Order!.Status));
        Assert.Equal(new BalanceView("BTC", 1, 0), (await seller.GetBalances()).Balances[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_waited_fires_after_a_restart_though_the_price_gapped_meanwhile(bool gracefully)
    {
        await using var exchange = await ExchangeCluster.Start();
        var seller = await Seller(exchange);
        var placed = await seller.PlaceOrder(Stop);

        await exchange.Restart(gracefully);
        seller = exchange.Portfolio(1);
        Assert.Equal(OrderStatus.New, One(await seller.GetOpenOrders(null), order => order.Status));
        await exchange.Symbol(Btc).WakeUp();
        Venue(exchange, 800_000);
        var sold = await Ended(seller, placed.Order!.OrderId);

        Assert.Equal((OrderStatus.Filled, 4_000m), (sold.Status, sold.FilledQuote));
        await exchange.Restart(gracefully);
        Assert.Empty((await exchange.Portfolio(1).GetOpenOrders(null)).Orders);
        await AssertFiredOnce(exchange);
    }

    [Fact]
    public async Task A_trailing_stop_stays_where_it_has_followed_to_over_a_restart()
    {
        await using var exchange = await ExchangeCluster.Start();
        var seller = await Seller(exchange);
        await seller.PlaceOrder(Stop with { StopPrice = 0, TrailingBps = 1_000 });
        Venue(exchange, 1_200_000);
        await Eventually.Holds(async () => await Level(exchange) == 10_800, "the stop has followed");
        await exchange.Symbol(Btc).FeedChanged();

        await exchange.Restart();
        await exchange.Symbol(Btc).WakeUp();

        Assert.Equal(10_800, await Level(exchange));
        Venue(exchange, 1_080_000);
        await Eventually.Holds(async () => (await exchange.Portfolio(1).GetOpenOrders(null)).Orders.Length == 0, "it has sold");
        await AssertFiredOnce(exchange);
    }

    [Fact]
    public async Task A_halted_market_fires_nothing_and_what_it_missed_fires_when_it_trades_again()
    {
        await using var exchange = await ExchangeCluster.Start();
        var seller = await Seller(exchange);
        var placed = await seller.PlaceOrder(Stop);
        var markets = exchange.Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key);
        await markets.SetStatus(Btc, MarketStatus.Halted);

        Venue(exchange, 940_000);
        await Eventually.Holds(async () => (await exchange.Symbol(Btc).GetDepth(1)).Bids[0].Price == 9_400, "the price has come");
        Assert.Equal(OrderStatus.New, One(await seller.GetOpenOrders(null), order => order.Status));
        Assert.Equal(Reason.MarketHalted, (await seller.PlaceOrder(Stop with { ClientOrderId = "other" })).Reason);

        await markets.SetStatus(Btc, MarketStatus.Trading);
        Venue(exchange, 930_000);

        Assert.Equal(4_650, (await Ended(seller, placed.Order!.OrderId)).FilledQuote);
        await AssertFiredOnce(exchange);
    }

    [Fact]
    public async Task On_stale_depth_no_conditional_order_is_taken_and_none_fires()
    {
        await using var exchange = await ExchangeCluster.Start();
        var seller = await Seller(exchange);
        var placed = await seller.PlaceOrder(Stop);

        exchange.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(Reason.MarketDataStale, (await seller.PlaceOrder(Stop with { ClientOrderId = "other" })).Reason);
        Assert.Equal(OrderStatus.New, (await seller.GetOrder(placed.Order!.OrderId, null))!.Status);
        Venue(exchange, 900_000);

        Assert.Equal(4_500, (await Ended(seller, placed.Order.OrderId)).FilledQuote);
    }

    [Fact]
    public async Task A_stop_that_buys_never_takes_more_than_there_was()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(2, ("USDT", 6_000));
        await Seller(exchange);
        var placed = await buyer.PlaceOrder(Stop with { Side = Side.Buy, StopPrice = 11_000 });
        Assert.Equal((Reason.None, new BalanceView("USDT", 0, 6_000)), (placed.Reason, (await buyer.GetBalances()).Balances[0]));

        Venue(exchange, 2_000_000);
        var bought = await Ended(buyer, placed.Order!.OrderId);

        Assert.Equal((OrderStatus.Expired, Reason.BudgetSpent), (bought.Status, bought.Reason));
        Assert.True(bought.FilledQuote is > 5_990 and <= 6_000);
        Assert.Equal(6_000 - bought.FilledQuote, (await buyer.GetBalances()).Balances.Single(balance => balance.Asset == "USDT").Available);
    }

    [Fact]
    public async Task A_cancelled_stop_gives_its_hold_back_and_never_fires()
    {
        await using var exchange = await ExchangeCluster.Start();
        var seller = await Seller(exchange);
        var placed = await seller.PlaceOrder(Stop);

        var cancelled = await seller.CancelOrder(new CancelOrder(0, "stop", Btc));

        Assert.Equal((Reason.None, OrderStatus.Cancelled), (cancelled.Reason, cancelled.Order!.Status));
        Assert.Equal(new BalanceView("BTC", 1, 0), (await seller.GetBalances()).Balances[0]);
        Assert.Equal(Reason.OrderAlreadyDone, (await seller.CancelOrder(new CancelOrder(placed.Order!.OrderId, "", ""))).Reason);
        Venue(exchange, 900_000);
        await exchange.Symbol(Btc).FeedChanged();
        Assert.DoesNotContain(await exchange.Events(Streams.Symbol(Btc)), e => e is ConditionalFired);
    }

    [Fact]
    public async Task Users_alone_fire_each_other_s_stops()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (buyer, seller) = (await exchange.User(1, ("INR", 100_000)), await exchange.User(2, ("TATA", 100)));
        await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 10));
        await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 95, 50));
        var stop = await seller.PlaceOrder(Stop with { Symbol = ExchangeCluster.Tata, StopPrice = 96, Quantity = 20 });
        Assert.Equal(Reason.None, stop.Reason);

        await seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 100, 10));

        Assert.Equal((OrderStatus.Filled, 1_900m), await EndedAs(seller, stop.Order!.OrderId));
    }

    [Fact]
    public async Task The_owner_hears_when_the_price_is_reached()
    {
        await using var exchange = await ExchangeCluster.Start();
        var seller = await Seller(exchange);
        var owner = await Owner.Watch(exchange, 1);
        var placed = await seller.PlaceOrder(Stop with { Type = OrderType.StopLossLimit, Price = 9_450 });

        Venue(exchange, 940_000);
        await Eventually.Holds(() => owner.Heard.Any(update => update.Orders.Any(order => order.TriggeredAtMs > 0)), "the trigger is told");

        var working = owner.Heard.Last().Orders.Single();
        Assert.Equal((placed.Order!.OrderId, OrderStatus.New, OrderType.StopLossLimit), (working.OrderId, working.Status, working.Type));
        Assert.Equal(9_450, (await exchange.Symbol(Btc).GetDepth(5)).Asks[1].Price);
        GC.KeepAlive(owner);
    }

    [Fact]
    public async Task A_market_that_is_delisted_gives_back_what_waited_there_and_tells_its_owner()
    {
        await using var exchange = await ExchangeCluster.Start();
        var seller = await Seller(exchange);
        var owner = await Owner.Watch(exchange, 1);
        var alone = await seller.PlaceOrder(Stop with { Quantity = 0.2m });
        var pair = await exchange.Grains.GetGrain<IPortfolioConditionals>(1).PlacePair(PairTests.Pair);
        Assert.Equal([new BalanceView("BTC", 0.3m, 0.7m)], (await seller.GetBalances()).Balances);

        Assert.Equal(Reason.None, await exchange.Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key).Delist(Btc));

        long[] all = [alone.Order!.OrderId, pair.ListId, pair.StopId];
        await Eventually.Holds(() => all.All(id => LastWord(owner, id) is not null), "the owner is told of each");
        foreach (var id in all)
        {
            var ended = await Ended(seller, id);
            Assert.Equal((OrderStatus.Cancelled, Reason.MarketDelisted), (ended.Status, ended.Reason));
            Assert.Equal((ended.Status, ended.Reason), (LastWord(owner, id)!.Status, LastWord(owner, id)!.Reason));
        }

        Assert.Equal([new BalanceView("BTC", 1, 0)], (await seller.GetBalances()).Balances);
        Assert.DoesNotContain(await exchange.Events(Streams.Symbol(Btc)), happened => happened is ConditionalFired);
        GC.KeepAlive(owner);
    }

    private static OrderView? LastWord(Owner owner, long orderId) =>
        owner.Heard.SelectMany(update => update.Orders).LastOrDefault(order => order.OrderId == orderId && order.Status.IsDone());

    internal static async Task<IPortfolioGrain> Seller(ExchangeCluster exchange)
    {
        var seller = await exchange.User(1, ("BTC", 1));
        await exchange.Symbol(Btc).WakeUp();
        Venue(exchange, 1_000_000);
        await Eventually.Holds(async () => (await exchange.Symbol(Btc).GetDepth(1)).Asks.Length == 1, "the depth has come");
        return seller;
    }

    internal static void Venue(ExchangeCluster exchange, long bid) =>
        exchange.OpenVenue(Btc, [(bid, 10_000_000)], [(bid + 1_000, 10_000_000)]);

    internal static async Task<OrderView> Ended(IPortfolioGrain portfolio, long orderId)
    {
        await Eventually.Holds(async () => (await portfolio.GetOrder(orderId, null))!.Status.IsDone(), "the order has ended");
        return (await portfolio.GetOrder(orderId, null))!;
    }

    private static async Task<(OrderStatus, decimal)> EndedAs(IPortfolioGrain portfolio, long orderId)
    {
        var order = await Ended(portfolio, orderId);
        return (order.Status, order.FilledQuote);
    }

    private static async Task<decimal> Level(ExchangeCluster exchange) =>
        Assert.Single((await exchange.Grains.GetGrain<IPortfolioConditionals>(1).GetArmed()).Orders).TriggerPrice;

    private static T One<T>(OrdersView orders, Func<OrderView, T> what) => what(Assert.Single(orders.Orders));

    private static async Task AssertFiredOnce(ExchangeCluster exchange)
    {
        var events = await exchange.Events(Streams.Symbol(Btc));
        Assert.Single(events.OfType<ConditionalFired>());
        Assert.Single(events.OfType<OrderDone>());
    }
}
