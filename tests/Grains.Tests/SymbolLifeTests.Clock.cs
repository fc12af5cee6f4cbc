using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests;

/// <summary>What a symbol does when time passes: the test's clock drives its timers.</summary>
public sealed partial class SymbolLifeTests
{
    [Fact]
    public async Task A_symbol_with_nothing_to_do_leaves_and_its_subscription_ends()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.Symbol(ExchangeCluster.Btc).WakeUp();
        Assert.Equal(1, exchange.Feed.ListenersOf(ExchangeCluster.Btc));

        exchange.Clock.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Equal(1, exchange.Feed.ListenersOf(ExchangeCluster.Btc));
        await exchange.Passing(() => exchange.Feed.ListenersOf(ExchangeCluster.Btc) == 0, "the symbol has left");
    }

    [Fact]
    public async Task A_symbol_with_an_open_order_stays()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("USDT", 10_000));
        var placing = buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Btc, Side.Buy, 9_000, 0.1m));
        await exchange.Passing(placing);

        for (var minute = 0; minute < 30; minute++)
        {
            exchange.Clock.Advance(TimeSpan.FromMinutes(1));
            await exchange.Symbol(ExchangeCluster.Btc).GetStatus();
        }

        Assert.Equal((1, 1), (exchange.Feed.ListenersOf(ExchangeCluster.Btc), exchange.Feed.Subscribed));
    }

    [Fact]
    public async Task A_symbol_remembers_an_order_until_its_account_knows_the_end_of_it()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var seller = await exchange.User(2, ("TATA", 100));
        var bid = (await buyer.PlaceOrder(Bid)).Order!.OrderId;
        exchange.Messages.FailAll(MessageFault.Lost, "Settle");
        await exchange.Passing(seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 100, 10)));

        for (var minute = 0; minute < 20; minute++)
        {
            exchange.Clock.Advance(TimeSpan.FromMinutes(1));
            await exchange.Symbol(ExchangeCluster.Tata).GetStatus();
        }

        var fate = await exchange.Symbol(ExchangeCluster.Tata).Reconcile(new ReconcileRequest(1, bid, [bid]));
        Assert.Empty(fate.NeverArrived);
    }

    [Fact]
    public async Task A_symbol_where_an_order_waits_for_its_price_stays()
    {
        await using var exchange = await ExchangeCluster.Start();
        var seller = await ConditionalTests.Seller(exchange);
        var placing = seller.PlaceOrder(
            ExchangeCluster.Limit(ExchangeCluster.Btc, Side.Sell, 0, 0.1m, "stop") with { Type = OrderType.StopLoss, StopPrice = 9_000 });
        await exchange.Passing(placing);

        for (var minute = 0; minute < 30; minute++)
        {
            exchange.Clock.Advance(TimeSpan.FromMinutes(1));
            await exchange.Symbol(ExchangeCluster.Btc).GetStatus();
        }

        Assert.Equal((1, 1), (exchange.Feed.ListenersOf(ExchangeCluster.Btc), exchange.Feed.Subscribed));
        ConditionalTests.Venue(exchange, 890_000);
        await exchange.Passing(async () => (await seller.GetOpenOrders(null)).Orders.Length == 0, "it has fired");
    }

    [Fact]
    public async Task A_minute_with_trades_is_journaled_when_it_is_over()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var seller = await exchange.User(2, ("TATA", 100));
        await buyer.PlaceOrder(Bid);
        await seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 100, 4));

        exchange.Clock.Advance(TimeSpan.FromSeconds(61));

        await exchange.Passing(async () => (await Candles(exchange, ExchangeCluster.Tata)).Count == 1, "the minute is journaled");
        var candle = (await Candles(exchange, ExchangeCluster.Tata))[0];
        Assert.Equal((2_000, 4, 400m, 1), (candle.CloseTicks, candle.Lots, candle.QuoteVolume, candle.Trades));
    }
}
