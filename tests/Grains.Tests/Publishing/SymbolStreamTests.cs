using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests.Publishing;

public sealed class SymbolStreamTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_watcher_hears_of_levels_and_trades_every_hundred_milliseconds()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var seller = await exchange.User(2, ("TATA", 100));
        var watcher = await WatchingClient.Watch(exchange, ExchangeCluster.Tata);

        await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100.50m, 10));
        await seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 100.50m, 4));
        Assert.Empty(watcher.Heard);
        exchange.Clock.Advance(Period);
        await Eventually.Holds(() => watcher.Heard.Length == 1, "the batch arrives");

        var update = watcher.Heard[0];
        Assert.Equal([new PriceLevel(100.50m, 6)], update.Depth!.Bids);
        Assert.Empty(update.Depth.Asks);
        Assert.Equal((100.50m, 4m, Side.Sell), Assert.Single(update.Trades.Select(trade => (trade.Price, trade.Quantity, trade.TakerSide))));
        Assert.Equal(watcher.Snapshot.UpdateId + 1, update.Depth.FirstId);
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task Nothing_is_published_before_it_is_durable()
    {
        await using var exchange = await ExchangeCluster.Start();
        var watcher = await WatchingClient.Watch(exchange, ExchangeCluster.Tata);
        var symbol = exchange.Symbol(ExchangeCluster.Tata);
        exchange.Journal.Gate = new TaskCompletionSource();

        var submitting = symbol.Submit(Bid(orderId: 1, ticks: 10_000));
        await Eventually.Holds(async () => (await symbol.GetStatus()).OpenOrders == 1, "the order rests in memory");
        exchange.Clock.Advance(3 * Period);
        await symbol.GetStatus();
        Assert.Empty(watcher.Heard);

        exchange.Journal.Gate.SetResult();
        await submitting;
        exchange.Clock.Advance(Period);
        await Eventually.Holds(() => watcher.Heard.Length == 1, "the order is published once it is durable");
        Assert.Single(watcher.Increments[0].Bids);
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task What_storage_refused_is_never_published()
    {
        await using var exchange = await ExchangeCluster.Start();
        var watcher = await WatchingClient.Watch(exchange, ExchangeCluster.Tata);
        var symbol = exchange.Symbol(ExchangeCluster.Tata);
        exchange.Clock.Advance(Period / 2);
        exchange.Journal.Fault = stream => stream.Contains(ExchangeCluster.Tata, StringComparison.Ordinal) ? AppendFault.Lost : AppendFault.None;

        await Assert.ThrowsAnyAsync<Exception>(() => symbol.Submit(Bid(orderId: 1, ticks: 10_000)));
        exchange.Journal.Fault = _ => AppendFault.None;
        exchange.Clock.Advance(3 * Period);
        var renewed = await watcher.Renew();

        Assert.Empty(watcher.Heard);
        Assert.True(renewed.IsNew);
        Assert.Empty(renewed.Depth!.Bids);
        Assert.True(renewed.Depth.UpdateId > watcher.Snapshot.UpdateId);
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task Who_left_hears_nothing_more()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var watcher = await WatchingClient.Watch(exchange, ExchangeCluster.Tata);
        await watcher.Leave();

        await AdvanceWithAnOrder(exchange, buyer, Period);

        Assert.Empty(watcher.Heard);
        Assert.True((await watcher.Renew()).IsNew);
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task Who_does_not_renew_is_forgotten()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var watcher = await WatchingClient.Watch(exchange, ExchangeCluster.Tata);
        exchange.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False((await watcher.Renew()).IsNew);
        exchange.Clock.Advance(TimeSpan.FromSeconds(91));
        await exchange.Symbol(ExchangeCluster.Tata).GetStatus();

        await AdvanceWithAnOrder(exchange, buyer, Period);

        Assert.Empty(watcher.Heard);
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task A_fast_watcher_hears_ten_times_as_often()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var normal = await WatchingClient.Watch(exchange, ExchangeCluster.Tata);
        var fast = await WatchingClient.Watch(exchange, ExchangeCluster.Tata, StreamPace.Fast);

        for (var i = 1; i <= 3; i++)
        {
            await AdvanceWithAnOrder(exchange, buyer, Period / 10);
            await Eventually.Holds(() => fast.Heard.Length == i, $"fast update {i} arrives");
        }

        Assert.Empty(normal.Heard);
        exchange.Clock.Advance(Period);
        await Eventually.Holds(() => normal.Heard.Length == 1, "the batch arrives");
        Assert.Equal(new LocalBook(fast.Snapshot).Apply(fast.Increments).Bids, new LocalBook(normal.Snapshot).Apply(normal.Increments).Bids);
        GC.KeepAlive(normal);
        GC.KeepAlive(fast);
    }

    [Fact]
    public async Task Snapshot_and_increments_make_the_book_from_wherever_a_client_starts()
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            await using var exchange = await ExchangeCluster.Start();
            var watcher = await WatchingClient.Watch(exchange, ExchangeCluster.Btc);
            var activity = await RandomActivity.Start(exchange, seed);
            var snapshots = new List<DepthView> { watcher.Snapshot };
            for (var step = 0; step < 150; step++)
            {
                await activity.Step();
                if (step % 3 == 0)
                    snapshots.Add(await exchange.Symbol(ExchangeCluster.Btc).GetDepth(1_000));
                if (step % 7 == 0)
                    exchange.Clock.Advance(Period);
            }

            var final = await exchange.Symbol(ExchangeCluster.Btc).GetDepth(1_000);
            await Eventually.Holds(() =>
            {
                exchange.Clock.Advance(Period);
                return watcher.LastId >= final.UpdateId;
            }, "the last increment arrives");

            Assert.True(watcher.Increments.Length > 10, $"seed {seed} published {watcher.Increments.Length} increments only");
            foreach (var snapshot in snapshots)
            {
                var book = new LocalBook(snapshot).Apply(watcher.Increments);
                Assert.True(final.UpdateId == book.Id && final.Bids.SequenceEqual(book.Bids) && final.Asks.SequenceEqual(book.Asks),
                    $"seed {seed}: from {snapshot.UpdateId} a client ends with another book at {book.Id}");
            }

            GC.KeepAlive(watcher);
        }
    }

    private static async Task AdvanceWithAnOrder(ExchangeCluster exchange, IPortfolioGrain buyer, TimeSpan by)
    {
        await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 1));
        exchange.Clock.Advance(by);
        await exchange.Symbol(ExchangeCluster.Tata).GetStatus();
    }

    private static SubmitOrder Bid(long orderId, long ticks) => new(
        1, orderId, orderId, $"c{orderId}", Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, ticks, 5, 0, 0, 0, SelfTradePrevention.None);
}
