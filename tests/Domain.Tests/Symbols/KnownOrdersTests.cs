using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Symbols;

namespace Exchange.Domain.Tests.Symbols;

public sealed class KnownOrdersTests
{
    private static readonly OrderOutcome Filled = new(OrderStatus.Filled, Reason.None, 7, 3, 300);

    [Fact]
    public void A_finished_order_is_remembered_until_the_floor_passes_it()
    {
        var orders = new KnownOrders();
        orders.Accept(Order(account: 1, orderId: 10));
        orders.Finish(1, 10, Filled, nowMs: 0);

        Assert.True(orders.TryFinished(1, 10, out var finished));
        Assert.Equal(Filled, finished);

        orders.RaiseFloor(1, 11, nowMs: 0);

        Assert.False(orders.TryFinished(1, 10, out _));
        Assert.True(orders.IsBelowFloor(1, 10));
        Assert.False(orders.IsBelowFloor(1, 11));
        Assert.False(orders.IsBelowFloor(2, 10));
    }

    [Fact]
    public void A_floor_never_sinks()
    {
        var orders = new KnownOrders();
        orders.RaiseFloor(1, 20, nowMs: 0);
        orders.RaiseFloor(1, 5, nowMs: 0);

        Assert.True(orders.IsBelowFloor(1, 19));
    }

    [Fact]
    public void A_live_order_stays_known_below_the_floor()
    {
        var orders = new KnownOrders();
        orders.Accept(Order(account: 1, orderId: 10));
        orders.RaiseFloor(1, 100, nowMs: 0);

        Assert.True(orders.TryLive(10, out _));
    }

    [Fact]
    public void What_is_remembered_does_not_grow_with_what_has_happened()
    {
        var orders = new KnownOrders();
        for (var id = 1; id <= 10_000; id++)
        {
            orders.RaiseFloor(1, id, nowMs: 0);
            orders.Accept(Order(account: 1, orderId: id));
            orders.Finish(1, id, Filled, nowMs: 0);
        }

        Assert.Equal(0, orders.LiveCount);
        Assert.Single(orders.Memory().Single().Finished);
    }

    [Fact]
    public void An_account_that_has_been_quiet_is_forgotten_unless_it_has_live_orders()
    {
        var orders = new KnownOrders();
        orders.RaiseFloor(1, 10, nowMs: 1_000);
        orders.RaiseFloor(2, 10, nowMs: 1_000);
        orders.RaiseFloor(3, 10, nowMs: 5_000);
        orders.Accept(Order(account: 2, orderId: 20));

        orders.ForgetQuiet(beforeMs: 2_000);

        Assert.Equal([2, 3], orders.Memory().Select(known => known.Account).Order());
    }

    [Fact]
    public void An_account_whose_order_ended_just_now_may_still_ask_about_it()
    {
        var orders = new KnownOrders();
        orders.RaiseFloor(1, 10, nowMs: 1_000);
        orders.Accept(Order(account: 1, orderId: 10));
        orders.Finish(1, 10, Filled, nowMs: 9_000);

        orders.ForgetQuiet(beforeMs: 8_000);
        Assert.True(orders.TryFinished(1, 10, out _));

        orders.SeenAtLeast([1, 2], nowMs: 20_000);
        orders.ForgetQuiet(beforeMs: 19_000);
        Assert.True(orders.TryFinished(1, 10, out _));
        orders.ForgetQuiet(beforeMs: 21_000);
        Assert.Empty(orders.Memory());
    }

    private static OrderAccepted Order(long account, long orderId) => new(
        orderId, account, $"c{orderId}", Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, 100, 1, 0, 0, SelfTradePrevention.None);
}
