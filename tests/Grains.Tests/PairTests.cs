using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests;

/// <summary>Two orders of which one cancels the other, through an account and its symbol. The venue's bid is 10,000, its ask 10,010.</summary>
public sealed class PairTests
{
    private const string Btc = ExchangeCluster.Btc;

    internal static readonly PlacePair Pair = new(
        "pair",
        new PlaceOrder("", Btc, Side.Sell, OrderType.LimitMaker, TimeInForce.GoodTillCancelled, 11_000, 0.5m, 0, 0, SelfTradePrevention.None),
        new PlaceOrder("", Btc, Side.Sell, OrderType.StopLoss, TimeInForce.GoodTillCancelled, 0, 0.5m, 0, 0, SelfTradePrevention.None, 9_500));

    [Fact]
    public async Task A_pair_holds_once_and_is_two_open_orders()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (seller, pairs) = await Seller(exchange);

        var placed = await pairs.PlacePair(Pair);
        var again = await pairs.PlacePair(Pair);
        var found = await pairs.GetPair(new PairReference(0, "pair", ""));

        Assert.Equal((Reason.None, "pair"), (placed.Reason, placed.ClientListId));
        Assert.Equal([OrderType.LimitMaker, OrderType.StopLoss], placed.Orders.Select(order => order.Type));
        Assert.Equal([placed.ListId, placed.StopId], placed.Orders.Select(order => order.OrderId));
        Assert.All(placed.Orders, order => Assert.Equal((placed.ListId, OrderStatus.New), (order.ListId, order.Status)));
        Assert.Equal((placed.ListId, placed.ListId), (again.ListId, found.ListId));
        Assert.Equal(new BalanceView("BTC", 0.5m, 0.5m), (await seller.GetBalances()).Balances[0]);
        Assert.Equal(2, (await seller.GetOpenOrders(Btc)).Orders.Length);
        Assert.Equal(Reason.DuplicateOrder, (await pairs.PlacePair(Pair with { Stop = Pair.Stop with { StopPrice = 9_400 } })).Reason);
    }

    [Fact]
    public async Task The_order_that_rests_takes_the_stop_away_with_its_first_fill()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (seller, pairs) = await Seller(exchange);
        var placed = await pairs.PlacePair(Pair);

        exchange.Feed.Trade(Btc, 1_100_001, 10_000, Side.Buy, exchange.NowMs);
        var stop = await ConditionalTests.Ended(seller, placed.StopId);

        Assert.Equal((OrderStatus.Expired, Reason.PairDone), (stop.Status, stop.Reason));
        Assert.Equal(OrderStatus.PartiallyFilled, (await seller.GetOrder(placed.ListId, null))!.Status);
        Assert.Equal(new BalanceView("BTC", 0.5m, 0.4m), (await seller.GetBalances()).Balances[0]);
        ConditionalTests.Venue(exchange, 900_000);
        await exchange.Symbol(Btc).FeedChanged();
        Assert.DoesNotContain(await exchange.Events(Streams.Symbol(Btc)), e => e is ConditionalFired);
    }

    [Fact]
    public async Task The_stop_takes_the_order_that_rests_away_and_sells()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (seller, pairs) = await Seller(exchange);
        var placed = await pairs.PlacePair(Pair);

        ConditionalTests.Venue(exchange, 940_000);
        var sold = await ConditionalTests.Ended(seller, placed.StopId);
        var view = await pairs.GetPair(new PairReference(placed.ListId, "", Btc));

        Assert.Equal((OrderStatus.Filled, 4_700m), (sold.Status, sold.FilledQuote));
        Assert.Equal(
            [OrderStatus.Expired, OrderStatus.Filled], (await pairs.GetPair(new PairReference(0, "pair", ""))).Orders.Select(order => order.Status));
        Assert.Equal(Reason.UnknownOrderList, view.Reason);
        Assert.Equal(new BalanceView("BTC", 0.5m, 0), (await seller.GetBalances()).Balances[0]);
        Assert.Equal(placed.ListId, (await pairs.PlacePair(Pair)).ListId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Cancelling_either_order_or_the_pair_cancels_both(int which)
    {
        await using var exchange = await ExchangeCluster.Start();
        var (seller, pairs) = await Seller(exchange);
        var placed = await pairs.PlacePair(Pair);

        var reason = which == 2
            ? (await pairs.CancelPair(new PairReference(placed.ListId, "", ""))).Reason
            : (await seller.CancelOrder(new CancelOrder(placed.ListId + which, "", ""))).Reason;

        Assert.Equal(Reason.None, reason);
        Assert.Empty((await seller.GetOpenOrders(null)).Orders);
        Assert.Equal(new BalanceView("BTC", 1, 0), (await seller.GetBalances()).Balances[0]);
        var view = await pairs.GetPair(new PairReference(0, "pair", ""));
        Assert.All(view.Orders, order => Assert.Equal((OrderStatus.Cancelled, Reason.CancelledByUser), (order.Status, order.Reason)));
        Assert.Equal(Reason.OrderAlreadyDone, (await pairs.CancelPair(new PairReference(0, "pair", ""))).Reason);
    }

    [Fact]
    public async Task A_pair_that_cannot_be_is_rejected_as_a_whole()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (seller, pairs) = await Seller(exchange);

        var taking = await pairs.PlacePair(Pair with { Profit = Pair.Profit with { Price = 9_999 } });
        var past = await pairs.PlacePair(Pair with { ClientListId = "other", Stop = Pair.Stop with { StopPrice = 10_000 } });

        Assert.Equal((Reason.WouldTakeLiquidity, Reason.WouldTriggerImmediately), (taking.Reason, past.Reason));
        Assert.Equal(new BalanceView("BTC", 1, 0), (await seller.GetBalances()).Balances[0]);
        Assert.Empty((await seller.GetOpenOrders(null)).Orders);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pair_survives_a_restart(bool gracefully)
    {
        await using var exchange = await ExchangeCluster.Start();
        var (_, pairs) = await Seller(exchange);
        var placed = await pairs.PlacePair(Pair);

        await exchange.Restart(gracefully);
        await exchange.Symbol(Btc).WakeUp();
        ConditionalTests.Venue(exchange, 900_000);
        var sold = await ConditionalTests.Ended(exchange.Portfolio(1), placed.StopId);

        Assert.Equal((OrderStatus.Filled, 4_500m), (sold.Status, sold.FilledQuote));
        Assert.Empty((await exchange.Portfolio(1).GetOpenOrders(null)).Orders);
        Assert.Equal(new BalanceView("BTC", 0.5m, 0), (await exchange.Portfolio(1).GetBalances()).Balances[0]);
    }

    [Theory]
    [InlineData(MessageFault.Lost)]
    [InlineData(MessageFault.ReplyLost)]
    public async Task A_hand_over_that_got_no_answer_is_repeated_and_makes_one_pair(MessageFault fault)
    {
        await using var exchange = await ExchangeCluster.Start();
        var (_, pairs) = await Seller(exchange);
        exchange.Messages.FailFirst(1, "SubmitPair", fault);

        var placed = await exchange.Passing(pairs.PlacePair(Pair));

        Assert.Equal(Reason.None, placed.Reason);
        var events = await exchange.Events(Streams.Symbol(Btc));
        Assert.Equal((1, 1), (events.OfType<OrderAccepted>().Count(), events.OfType<ConditionalArmed>().Count()));
    }

    [Fact]
    public async Task A_pair_that_never_reached_its_symbol_is_given_back_and_can_never_execute()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (seller, pairs) = await Seller(exchange);
        exchange.Messages.FailAll(MessageFault.Lost, "SubmitPair", "Reconcile");

        var lost = await exchange.Passing(pairs.PlacePair(Pair));
        Assert.Equal(Reason.Timeout, lost.Reason);
        Assert.Equal(0.5m, (await seller.GetBalances()).Balances[0].Locked);

        exchange.Messages.Heal();
        await exchange.Passing(async () => (await seller.GetBalances()).Balances[0].Locked == 0, "the hold is released");
        var late = await exchange.Grains.GetGrain<ISymbolConditionals>(Btc).SubmitPair(exchange.Messages.Last<SubmitPair>("SubmitPair"));

        Assert.Equal((Reason.NeverReachedMarket, Reason.NeverReachedMarket), (late.Profit.Reason, late.Stop.Reason));
        Assert.Empty((await seller.GetOpenOrders(null)).Orders);
        Assert.Empty(exchange.DeadLetters.Letters);
    }

    [Fact]
    public async Task A_pair_of_which_one_was_declared_dead_never_arrives()
    {
        await using var exchange = await ExchangeCluster.Start();
        await Seller(exchange);
        var symbol = exchange.Grains.GetGrain<ISymbolConditionals>(Btc);
        var (one, other) = (Submit(OrderIds.Create(1, 8), Pair.Profit, 1_100_000, 0), Submit(OrderIds.Create(1, 9), Pair.Stop, 0, 950_000));
        await exchange.Symbol(Btc).Reconcile(new ReconcileRequest(1, one.OrderId, [other.OrderId]));

        var late = await symbol.SubmitPair(new SubmitPair(one, other));

        Assert.Equal((Reason.NeverReachedMarket, Reason.NeverReachedMarket), (late.Profit.Reason, late.Stop.Reason));
        Assert.All(await exchange.Events(Streams.Symbol(Btc)), e => Assert.IsType<OrderTombstoned>(e));
    }

    private static SubmitOrder Submit(long id, PlaceOrder order, long limit, long stop) => new(
        1, id, id, "c", order.Side, order.Type, order.TimeInForce, limit, 50_000, 0, 0, 0, SelfTradePrevention.None, stop);

    private static async Task<(IPortfolioGrain Seller, IPortfolioConditionals Pairs)> Seller(ExchangeCluster exchange) =>
        (await ConditionalTests.Seller(exchange), exchange.Grains.GetGrain<IPortfolioConditionals>(1));
}
