using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests;

/// <summary>From the hold to the symbol, with something going wrong at each step.</summary>
public sealed class SubmissionTests
{
    private static readonly PlaceOrder Bid = ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 10, "mine");
    private static readonly string Symbol = Streams.Symbol(ExchangeCluster.Tata);

    [Fact]
    public async Task A_hold_that_is_not_stored_sends_nothing_and_the_same_request_works_later()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));

        exchange.Journal.Fault = FailFirst(Streams.Portfolio(1), AppendFault.Lost);
        await Assert.ThrowsAsync<StateUnavailableException>(() => buyer.PlaceOrder(Bid));
        Assert.Equal(0, exchange.Messages.CountOf("Submit"));
        Assert.Equal(0, exchange.Messages.CountOf("Reconcile"));
        var again = await exchange.Passing(buyer.PlaceOrder(Bid));

        Assert.Equal((Reason.None, OrderStatus.New), (again.Reason, again.Order!.Status));
        Assert.Equal([new BalanceView("INR", 9_000, 1_000)], (await buyer.GetBalances()).Balances);
        Assert.Single((await exchange.Events(Symbol)).OfType<OrderAccepted>());
    }

    [Fact]
    public async Task A_hold_that_was_stored_without_anybody_knowing_is_given_back()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));

        exchange.Journal.Fault = FailFirst(Streams.Portfolio(1), AppendFault.ReplyLost);
        await Assert.ThrowsAsync<StateUnavailableException>(() => buyer.PlaceOrder(Bid));
        var again = await exchange.Passing(buyer.PlaceOrder(Bid));

        Assert.Equal(Reason.NeverReachedMarket, again.Reason);
        Assert.Equal([new BalanceView("INR", 10_000, 0)], (await buyer.GetBalances()).Balances);
    }

    [Theory]
    [InlineData(AppendFault.Lost)]
    [InlineData(AppendFault.ReplyLost)]
    public async Task A_symbol_that_could_not_store_the_order_is_asked_again(AppendFault fault)
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));

        exchange.Journal.Fault = FailFirst(Symbol, fault);
        var reply = await exchange.Passing(buyer.PlaceOrder(Bid));

        Assert.Equal((Reason.None, OrderStatus.New), (reply.Reason, reply.Order!.Status));
        Assert.Equal(reply.Order.OrderId, Assert.Single((await exchange.Events(Symbol)).OfType<OrderAccepted>()).OrderId);
    }

    [Fact]
    public async Task A_lost_reply_is_asked_for_again_and_the_order_executes_once()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var seller = await exchange.User(2, ("TATA", 100));
        await seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 99, 10));

        exchange.Messages.FailFirst(1, "Submit", MessageFault.ReplyLost);
        var reply = await exchange.Passing(buyer.PlaceOrder(Bid));

        Assert.Equal((Reason.None, OrderStatus.Filled, 10m), (reply.Reason, reply.Order!.Status, reply.Order.FilledQuantity));
        Assert.Equal([new BalanceView("INR", 9_010, 0), new BalanceView("TATA", 10, 0)], (await buyer.GetBalances()).Balances);
        Assert.Single((await exchange.Events(Symbol)).OfType<Traded>());
    }

    [Fact]
    public async Task An_order_of_unknown_fate_keeps_its_hold_until_the_symbol_has_buried_it()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));

        exchange.Messages.FailAll(MessageFault.Lost, "Submit", "Reconcile");
        var reply = await exchange.Passing(buyer.PlaceOrder(Bid));
        var again = await exchange.Passing(buyer.PlaceOrder(Bid));
        Assert.Equal((Reason.Timeout, Reason.Timeout), (reply.Reason, again.Reason));
        Assert.Equal([new BalanceView("INR", 9_000, 1_000)], (await buyer.GetBalances()).Balances);

        exchange.Messages.Heal();
        await exchange.Passing(async () => (await buyer.GetBalances()).Balances[0].Locked == 0, "the hold is released");
        var late = await exchange.Symbol(ExchangeCluster.Tata).Submit(exchange.Messages.Last<SubmitOrder>("Submit"));

        Assert.Equal((OrderStatus.Rejected, Reason.NeverReachedMarket), (late.Status, late.Reason));
        Assert.Equal([typeof(OrderTombstoned)], (await exchange.Events(Symbol)).Select(happened => happened.GetType()));
        Assert.Empty((await exchange.Symbol(ExchangeCluster.Tata).GetDepth(10)).Bids);
    }

    [Fact]
    public async Task A_late_copy_of_an_order_that_is_long_over_does_nothing()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var placed = await buyer.PlaceOrder(Bid);
        var copy = exchange.Messages.Last<SubmitOrder>("Submit");
        await buyer.CancelOrder(new CancelOrder(placed.Order!.OrderId, "", ""));
        await buyer.PlaceOrder(Bid with { ClientOrderId = "next", Price = 90 });

        var late = await exchange.Symbol(ExchangeCluster.Tata).Submit(copy);

        Assert.Equal(OrderStatus.Rejected, late.Status);
        Assert.Equal(90, Assert.Single((await exchange.Symbol(ExchangeCluster.Tata).GetDepth(10)).Bids).Price);
    }

    [Fact]
    public async Task A_cancellation_that_comes_after_the_fill_is_told_of_the_fill()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var seller = await exchange.User(2, ("TATA", 100));
        var placed = await buyer.PlaceOrder(Bid);
        await buyer.PlaceOrder(Bid with { ClientOrderId = "next", Price = 90 });
        exchange.Messages.Fault = (method, target) =>
            method == "Settle" && target == ((GrainReference)buyer).GrainId ? MessageFault.Lost : MessageFault.None;
        await seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 100, 10));
        await buyer.PlaceOrder(Bid with { ClientOrderId = "last", Price = 80 });

        var cancelling = buyer.CancelOrder(new CancelOrder(placed.Order!.OrderId, "", ""));
        exchange.Messages.Heal();
        var reply = await exchange.Passing(cancelling);

        Assert.Equal((Reason.OrderAlreadyDone, OrderStatus.Filled), (reply.Reason, reply.Order!.Status));
    }

    [Fact]
    public async Task After_a_restart_in_the_middle_of_a_hand_over_the_hold_is_released()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        exchange.Messages.FailAll(MessageFault.Lost, "Submit", "Reconcile");
        await exchange.Passing(buyer.PlaceOrder(Bid));

        exchange.OpenWork.Accounts.Add(1);
        exchange.Messages.Heal();
        await exchange.Restart(gracefully: false);

        await exchange.Passing(async () => (await exchange.Events(Streams.Portfolio(1))).OfType<OrderEnded>().Any(), "the hold is released");
        Assert.Equal([new BalanceView("INR", 10_000, 0)], (await exchange.Portfolio(1).GetBalances()).Balances);
    }

    private static Func<string, AppendFault> FailFirst(string stream, AppendFault fault)
    {
        var left = 1;
        return name => name == stream && Interlocked.Decrement(ref left) >= 0 ? fault : AppendFault.None;
    }
}
