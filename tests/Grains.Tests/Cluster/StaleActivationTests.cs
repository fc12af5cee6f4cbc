using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Supervision;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests.Cluster;

/// <summary>Two halves of a cluster that cannot see each other have the same grain twice. The journal lets only one go on.</summary>
public sealed class StaleActivationTests
{
    private const string Tata = ExchangeCluster.Tata;

    private static readonly PlaceOrder Bid = ExchangeCluster.Limit(Tata, Side.Buy, 100, 10);

    [Fact]
    public async Task A_stale_symbol_that_writes_ends_and_nothing_happens_twice()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        await buyer.PlaceOrder(Bid);
        await using var half = await exchange.OtherHalf();
        await half.User(2, ("TATA", 100));
        await half.Passing(half.Portfolio(2).PlaceOrder(ExchangeCluster.Limit(Tata, Side.Sell, 100, 6)));

        // This half's symbol and account have not heard of the trade, and decide on what they remember. An order that gets lost
        // between them is taken back, and the client is told to place another.
        var placed = await Placed(exchange, 1, Bid with { ClientOrderId = "second" });
        for (var another = 3; placed.Reason == Reason.NeverReachedMarket; another++)
            placed = await Placed(exchange, 1, Bid with { ClientOrderId = $"number {another}" });

        Assert.Equal(OrderStatus.New, placed.Order!.Status);
        await exchange.SettlesExactly();
        Assert.Equal(1, await Scenes.Count<Traded>(exchange, Streams.Symbol(Tata)));
        Assert.Equal(1, await Scenes.Count<FillSettled>(exchange, Streams.Portfolio(1)));
        Assert.Equal(14, (await exchange.Symbol(Tata).GetDepth(1)).Bids[0].Quantity);
        Assert.Equal([new BalanceView("INR", 8_000, 1_400), new BalanceView("TATA", 6, 0)], (await exchange.Portfolio(1).GetBalances()).Balances);
    }

    [Fact]
    public async Task A_stale_activation_with_nothing_to_write_ends_with_the_next_sweep()
    {
        await using var exchange = await ExchangeCluster.Start();
        await (await exchange.User(1, ("INR", 10_000))).PlaceOrder(Bid);
        exchange.OpenWork.Accounts.Add(1);
        await using var half = await exchange.OtherHalf();
        await half.User(2, ("TATA", 100));
        await half.Passing(half.Portfolio(2).PlaceOrder(ExchangeCluster.Limit(Tata, Side.Sell, 100, 6)));
        await half.SettlesExactly();
        Assert.Equal(10, (await exchange.Symbol(Tata).GetDepth(1)).Bids[0].Quantity);

        var supervisor = exchange.Grains.GetGrain<ISupervisorGrain>(ISupervisorGrain.Key);
        exchange.OpenWork.Symbols.Add(Tata);
        await supervisor.Sweep();

        await Eventually.Holds(
            async () => (await exchange.Retrying(() => exchange.Symbol(Tata).GetDepth(1))).Bids[0].Quantity == 4, "the symbol has caught up");
        await Eventually.Holds(
            async () => (await exchange.Retrying(exchange.Portfolio(1).GetBalances)).Balances is [("INR", 9_000, 400), ("TATA", 6, 0)],
            "so has the account");
    }

    [Fact]
    public async Task Both_halves_trade_at_once_and_every_trade_happens_once()
    {
        await using var exchange = await ExchangeCluster.Start();
        for (var account = 1; account <= 4; account++)
            await exchange.User(account, ("INR", 100_000), ("TATA", 1_000));
        await using var half = await exchange.OtherHalf();

        await Task.WhenAll(
            Task.Run(() => Trade(exchange, [1, 2], "a")),
            Task.Run(() => Trade(half, [3, 4], "b")));

        await half.DisposeAsync();
        exchange.OpenWork.Accounts.AddRange([1, 2, 3, 4]);
        exchange.OpenWork.Symbols.Add(Tata);
        await exchange.Grains.GetGrain<ISupervisorGrain>(ISupervisorGrain.Key).Sweep();
        await exchange.SettlesExactly();
        var accepted = (await exchange.Events(Streams.Symbol(Tata))).OfType<OrderAccepted>().ToLookup(order => order.OrderId);
        for (var account = 1; account <= 4; account++)
        {
            var released = (await exchange.Events(Streams.Portfolio(account))).OfType<OrderEnded>()
                .Where(ended => ended.Reason == Reason.NeverReachedMarket)
                .Select(ended => ended.OrderId)
                .ToHashSet();
            foreach (var order in (await exchange.Events(Streams.Portfolio(account))).OfType<OrderPlaced>())
                Assert.Equal(released.Contains(order.OrderId) ? 0 : 1, accepted[order.OrderId].Count());
        }
    }

    private static async Task Trade(ExchangeCluster exchange, long[] accounts, string name)
    {
        for (var number = 0; number < 12; number++)
        {
            foreach (var account in accounts)
            {
                var side = (number + account) % 2 == 0 ? Side.Buy : Side.Sell;
                await Placed(exchange, account, ExchangeCluster.Limit(Tata, side, 100 + (number % 3), 10, $"{name}{account}-{number}"));
            }
        }
    }

    /// <summary>As a client does: the same order again until it is known what became of it.</summary>
    private static async Task<PlaceReply> Placed(ExchangeCluster exchange, long account, PlaceOrder order)
    {
        while (true)
        {
            var reply = await exchange.Retrying(() => exchange.Portfolio(account).PlaceOrder(order));
            if (reply.Reason is Reason.None or Reason.NeverReachedMarket)
                return reply;
            Assert.Equal(Reason.Timeout, reply.Reason);
        }
    }
}
