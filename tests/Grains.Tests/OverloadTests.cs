using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Tests.Support;
using Exchange.Storage.Journal;

namespace Exchange.Grains.Tests;

/// <summary>What cannot be journaled soon is refused before anything is decided, the least necessary first.</summary>
public sealed class OverloadTests
{
    private static readonly PlaceOrder Bid = ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 10, "mine");

    [Theory]
    [InlineData(JournalLoad.Busy)]
    [InlineData(JournalLoad.Full)]
    public async Task New_work_is_refused_and_changes_nothing(JournalLoad load)
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var records = exchange.Journal.Count;

        exchange.Journal.Load = load;
        Assert.Equal(Reason.Overloaded, (await buyer.PlaceOrder(Bid)).Reason);
        Assert.Equal(Reason.Overloaded, (await buyer.Deposit(new DepositFunds("more", "INR", 1))).Reason);
        Assert.Equal(Reason.Overloaded, await exchange.Portfolio(2).Open("late@example.com"));
        Assert.Equal([new BalanceView("INR", 10_000, 0)], (await buyer.GetBalances()).Balances);
        Assert.Equal(records, exchange.Journal.Count);

        exchange.Journal.Load = JournalLoad.Normal;
        Assert.Equal(OrderStatus.New, (await buyer.PlaceOrder(Bid)).Order!.Status);
    }

    [Fact]
    public async Task What_was_placed_before_is_answered_and_can_be_cancelled()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var placed = await buyer.PlaceOrder(Bid);

        exchange.Journal.Load = JournalLoad.Busy;
        var again = await buyer.PlaceOrder(Bid);
        var cancelled = await buyer.CancelOrder(new CancelOrder(placed.Order!.OrderId, "", ""));

        Assert.Equal((Reason.None, placed.Order.OrderId), (again.Reason, again.Order!.OrderId));
        Assert.Equal((Reason.None, OrderStatus.Cancelled), (cancelled.Reason, cancelled.Order!.Status));
    }

    [Fact]
    public async Task A_full_journal_refuses_cancellations_too_and_the_order_stays()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var placed = await buyer.PlaceOrder(Bid);

        exchange.Journal.Load = JournalLoad.Full;
        var refused = await buyer.CancelOrder(new CancelOrder(placed.Order!.OrderId, "", ""));
        exchange.Journal.Load = JournalLoad.Normal;

        Assert.Equal(new CancelOrderReply(Reason.Overloaded, null), refused);
        Assert.Equal([new BalanceView("INR", 9_000, 1_000)], (await buyer.GetBalances()).Balances);
        Assert.Equal(Reason.None, (await buyer.CancelOrder(new CancelOrder(placed.Order.OrderId, "", ""))).Reason);
    }

    [Fact]
    public async Task What_was_taken_on_is_seen_through_however_full_the_journal_is()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var seller = await exchange.User(2, ("TATA", 100));
        await buyer.PlaceOrder(Bid);
        exchange.Messages.FailFirst(1, "Submit", MessageFault.Lost);

        var selling = seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 100, 10));
        await Eventually.Holds(() => exchange.Messages.CountOf("Submit") == 2, "the order is on its way");
        exchange.Journal.Load = JournalLoad.Full;

        Assert.Equal(OrderStatus.Filled, (await exchange.Passing(selling)).Order!.Status);
        Assert.Equal([new BalanceView("INR", 9_000, 0), new BalanceView("TATA", 10, 0)], (await buyer.GetBalances()).Balances);
    }
}
