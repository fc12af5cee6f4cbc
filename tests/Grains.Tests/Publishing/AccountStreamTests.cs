using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests.Publishing;

public sealed class AccountStreamTests
{
    [Fact]
    public async Task An_owner_hears_of_orders_fills_and_balances()
    {
        await using var exchange = await ExchangeCluster.Start();
        var buyer = await exchange.User(1, ("INR", 10_000));
        var seller = await exchange.User(2, ("TATA", 100));
        var owner = await Owner.Watch(exchange, 1);

        await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100.50m, 10, "mine"));
        await seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 100.50m, 10));
        await Eventually.Holds(() => owner.Heard.Any(update => update.Fills.Length > 0), "the fill arrives");

        var placed = owner.Heard[0];
        Assert.Equal(("mine", OrderStatus.New), (placed.Orders.Single().ClientOrderId, placed.Orders.Single().Status));
        Assert.Contains(new BalanceView("INR", 8_995, 1_005), placed.Balances);
        var filled = owner.Heard.Last();
        var fill = Assert.Single(owner.Heard.SelectMany(update => update.Fills));
        Assert.Equal((Side.Buy, 100.50m, 10m), (fill.Side, fill.Price, fill.Quantity));
        Assert.Equal(OrderStatus.Filled, filled.Orders.Single().Status);
        Assert.Equal((await buyer.GetBalances()).Balances, filled.Balances.Where(balance => balance.Available + balance.Locked > 0));
        GC.KeepAlive(owner);
    }

    [Fact]
    public async Task Nothing_is_told_before_it_is_durable()
    {
        await using var exchange = await ExchangeCluster.Start();
        var user = await exchange.User(1);
        var owner = await Owner.Watch(exchange, 1);
        exchange.Journal.Gate = new TaskCompletionSource();

        var depositing = user.Deposit(new DepositFunds("d", "INR", 5));
        await user.WakeUp();
        Assert.Empty(owner.Heard);

        exchange.Journal.Gate.SetResult();
        await depositing;
        await Eventually.Holds(() => owner.Heard.Length == 1, "the deposit is told");
        Assert.Equal([new BalanceView("INR", 5, 0)], owner.Heard[0].Balances);
        GC.KeepAlive(owner);
    }

    [Fact]
    public async Task Who_left_hears_nothing_more()
    {
        await using var exchange = await ExchangeCluster.Start();
        var user = await exchange.User(1);
        var owner = await Owner.Watch(exchange, 1);
        await owner.Leave();
        await user.Deposit(new DepositFunds("a", "INR", 5));
        await owner.Renew();

        await user.Deposit(new DepositFunds("b", "INR", 5));

        await Eventually.Holds(() => owner.Heard.Length == 1, "the second deposit is told");
        Assert.Equal([new BalanceView("INR", 10, 0)], owner.Heard[0].Balances);
        GC.KeepAlive(owner);
    }
}
