using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests;

public sealed class TradingTests
{
    [Fact]
    public async Task Two_users_trade_and_each_has_what_the_other_gave()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var seller = await exchange.User(2, ("TATA", 100));

        var bid = await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100.50m, 10));
        var ask = await seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 100.00m, 5));

        Assert.Equal(OrderStatus.New, bid.Order!.Status);
        Assert.Equal(OrderStatus.Filled, ask.Order!.Status);
        Assert.Equal(100.50m, Assert.Single(ask.Fills).Price);
        Assert.Equal([new BalanceView("INR", 502.50m, 0), new BalanceView("TATA", 95, 0)], (await seller.GetBalances()).Balances);
        await Eventually.Holds(async () => (await buyer.GetOpenOrders(null)).Orders[0].FilledQuantity == 5, "the maker is settled");
        Assert.Equal([new BalanceView("INR", 8_995, 502.50m), new BalanceView("TATA", 5, 0)], (await buyer.GetBalances()).Balances);
    }

    [Fact]
    public async Task A_market_order_walks_the_venues_depth()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("USDT", 100_000));
        var placing = buyer.PlaceOrder(ExchangeCluster.Market(ExchangeCluster.Btc, Side.Buy, 0.00003m * 100_000));
        await Eventually.Holds(() => exchange.Feed.ListenersOf(ExchangeCluster.Btc) == 1, "the symbol listens");
        exchange.OpenVenue(ExchangeCluster.Btc, [(999_900, 200_000)], [(1_000_000, 100_000), (1_000_100, 400_000)]);

        var reply = await placing;

        Assert.Equal(Reason.None, reply.Reason);
        Assert.Equal(OrderStatus.Filled, reply.Order!.Status);
        Assert.Equal([(10_000m, 1m), (10_001m, 2m)], reply.Fills.Select(fill => (fill.Price, fill.Quantity)));
        Assert.Equal(
            [new BalanceView("BTC", 2.997m, 0), new BalanceView("USDT", 69_998, 0)], (await buyer.GetBalances()).Balances);
    }

    [Fact]
    public async Task A_limit_price_far_from_where_the_market_traded_is_refused_and_the_hold_given_back()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var seller = await exchange.User(2, ("TATA", 100));
        var first = await seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 900, 1));
        await seller.CancelOrder(new CancelOrder(first.Order!.OrderId, "", ""));
        await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 1));
        await seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 100, 1));

        var high = await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 500.05m, 1));
        var low = await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 19.95m, 1));
        var near = await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 20, 1));
        var dear = await seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 500.05m, 1));

        Assert.Equal(
            [Reason.FilterPercentPrice, Reason.FilterPercentPrice, Reason.None, Reason.FilterPercentPrice],
            [high.Reason, low.Reason, near.Reason, dear.Reason]);
        await Eventually.Holds(
            async () => (await buyer.GetBalances()).Balances is [("INR", 9_880, 20), ("TATA", 1, 0)], "only the near order holds money");
    }

    [Fact]
    public async Task The_same_client_order_id_is_the_same_order()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var order = ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 10, "mine");

        var first = await buyer.PlaceOrder(order);
        var again = await buyer.PlaceOrder(order);
        var other = await buyer.PlaceOrder(order with { Quantity = 11 });

        Assert.Equal(first.Order!.OrderId, again.Order!.OrderId);
        Assert.Equal(Reason.DuplicateOrder, other.Reason);
        Assert.Equal([new BalanceView("INR", 9_000, 1_000)], (await buyer.GetBalances()).Balances);
    }

    [Fact]
    public async Task A_cancelled_order_gives_its_hold_back()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var placed = await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 10));

        var cancelled = await buyer.CancelOrder(new CancelOrder(placed.Order!.OrderId, "", ""));
        var again = await buyer.CancelOrder(new CancelOrder(placed.Order.OrderId, "", ""));

        Assert.Equal(OrderStatus.Cancelled, cancelled.Order!.Status);
        Assert.Equal(Reason.OrderAlreadyDone, again.Reason);
        Assert.Equal([new BalanceView("INR", 10_000, 0)], (await buyer.GetBalances()).Balances);
    }

    [Fact]
    public async Task An_older_order_than_the_last_one_can_be_cancelled_too()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var oldest = await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 10));
        await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 99, 10));
        await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 98, 10));

        var cancelled = await buyer.CancelOrder(new CancelOrder(oldest.Order!.OrderId, "", ""));

        Assert.Equal((Reason.None, OrderStatus.Cancelled), (cancelled.Reason, cancelled.Order!.Status));
        Assert.Equal([new BalanceView("INR", 8_030, 1_970)], (await buyer.GetBalances()).Balances);
    }

    [Fact]
    public async Task A_halted_market_matches_nothing_and_lets_go_of_orders()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("USDT", 100_000));
        var placing = buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Btc, Side.Buy, 10_000, 1));
        await Eventually.Holds(() => exchange.Feed.ListenersOf(ExchangeCluster.Btc) == 1, "the symbol listens");
        exchange.OpenVenue(ExchangeCluster.Btc, [(1_000_000, 100_000)], [(1_010_000, 100_000)]);
        var resting = await placing;

        var markets = exchange.Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key);
        Assert.Equal(Reason.None, await markets.SetStatus(ExchangeCluster.Btc, MarketStatus.Halted));
        exchange.OpenVenue(ExchangeCluster.Btc, [(990_000, 100_000)], [(995_000, 100_000)]);
        var depth = await exchange.Symbol(ExchangeCluster.Btc).GetDepth(1);
        var refused = await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Btc, Side.Buy, 10_000, 1));
        var cancelled = await buyer.CancelOrder(new CancelOrder(resting.Order!.OrderId, "", ""));

        Assert.Equal(10_000, depth.LocalBestBid);
        Assert.Equal(Reason.MarketHalted, refused.Reason);
        Assert.Equal((OrderStatus.Cancelled, 0m), (cancelled.Order!.Status, cancelled.Order.FilledQuantity));
    }

    [Fact]
    public async Task A_resting_order_fills_when_the_venue_trades_through_it_and_comes_back()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("USDT", 100_000));
        var placing = buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Btc, Side.Buy, 10_000, 1));
        await Eventually.Holds(() => exchange.Feed.ListenersOf(ExchangeCluster.Btc) == 1, "the symbol listens");
        exchange.OpenVenue(ExchangeCluster.Btc, [(999_000, 100_000)], [(1_010_000, 100_000)]);
        await placing;

        exchange.Feed.Trade(ExchangeCluster.Btc, price: 999_900, lots: 40_000, Side.Sell, exchange.NowMs);

        await Eventually.Holds(
            async () => (await buyer.GetOpenOrders(null)).Orders[0].FilledQuantity == 0.4m, "what traded below the bid filled it");
    }

    [Fact]
    public async Task Open_orders_and_money_survive_a_restart()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        await exchange.User(2, ("TATA", 100));
        await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 10));

        await exchange.Restart(gracefully: false);
        var ask = await exchange.Portfolio(2).PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 100, 10));

        Assert.Equal(OrderStatus.Filled, ask.Order!.Status);
        await Eventually.Holds(async () => (await exchange.Portfolio(1).GetOpenOrders(null)).Orders.Length == 0, "the maker is settled");
        Assert.Equal(
            [new BalanceView("INR", 9_000, 0), new BalanceView("TATA", 10, 0)], (await exchange.Portfolio(1).GetBalances()).Balances);
    }
}
