using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Settlement;
using static Exchange.Domain.Tests.Portfolios.Owner;

namespace Exchange.Domain.Tests.Portfolios;

/// <summary>What an account puts aside for an order that waits for its price. BTC_USDT protects market orders at half the price away.</summary>
public sealed class ConditionalPlacementTests
{
    private static readonly Market Market = Samples.BtcUsdt with { PriceBandBps = 5_000 };

    [Fact]
    public void A_stop_limit_holds_what_it_costs_at_its_limit()
    {
        var owner = WithUsdt(1_000);
        owner.Place(Order(OrderType.StopLossLimit, Side.Buy, stop: 60_000, quantity: 0.01m, price: 60_500), market: Market);

        Assert.Equal((605m, 395m), (owner["USDT"].Held, owner["USDT"].Available));
    }

    [Theory]
    [InlineData(OrderType.StopLoss)]
    [InlineData(OrderType.TakeProfit)]
    public void A_sell_holds_what_it_sells(OrderType type)
    {
        var owner = WithBtc(1);
        owner.Place(Order(type, Side.Sell, stop: 60_000, quantity: 0.25m), market: Market);

        Assert.Equal((0.25m, 0.75m), (owner["BTC"].Held, owner["BTC"].Available));
    }

    [Theory]
    [InlineData(10_000, 900)]
    [InlineData(700, 700)]
    public void A_stop_that_buys_holds_its_worst_price_or_all_there_is_if_that_is_enough_at_the_stop_price(int deposit, int held)
    {
        var owner = WithUsdt(deposit);
        owner.Place(Order(OrderType.StopLoss, Side.Buy, stop: 60_000, quantity: 0.01m), market: Market);

        Assert.Equal(held, owner["USDT"].Held);
    }

    [Fact]
    public void A_stop_that_buys_is_refused_where_its_stop_price_cannot_be_paid()
    {
        Assert.Equal(Reason.InsufficientBalance, Refusal(WithUsdt(599.99m), Order(OrderType.StopLoss, Side.Buy, stop: 60_000, quantity: 0.01m)));
    }

    [Fact]
    public void An_amount_to_spend_is_what_is_held()
    {
        var owner = WithUsdt(1_000);
        owner.Place(Order(OrderType.TakeProfit, Side.Buy, stop: 40_000, quantity: 0) with { QuoteAmount = 500 }, market: Market);

        Assert.Equal(500, owner["USDT"].Held);
    }

    [Fact]
    public void An_amount_to_earn_holds_the_lots_that_earn_it_at_the_worst_price()
    {
        var owner = WithBtc(1);
        owner.Place(Order(OrderType.StopLoss, Side.Sell, stop: 40_000, quantity: 0) with { QuoteAmount = 500 }, market: Market);

        Assert.Equal(0.025m, owner["BTC"].Held);
    }

    [Fact]
    public void A_trailing_order_that_follows_at_once_reckons_from_where_the_market_is()
    {
        var order = Order(OrderType.StopLoss, Side.Buy, stop: 0, quantity: 0.01m) with { TrailingBps = 1_000 };
        var owner = WithUsdt(10_000);
        Assert.Equal(Reason.NoLiquidity, Refusal(owner, order));

        owner.Place(order, new MarketReference(50_000), Market);

        Assert.Equal(825, owner["USDT"].Held);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var stop = Order(OrderType.StopLoss, Side.Sell, stop: 60_000, quantity: 0.1m);
        var limit = Order(OrderType.StopLossLimit, Side.Sell, stop: 60_000, quantity: 0.1m, price: 59_000);

        AssertRefused(Reason.InvalidStopPrice, stop with { StopPrice = 0 });
        AssertRefused(Reason.InvalidStopPrice, stop with { StopPrice = -1 });
        AssertRefused(Reason.InvalidStopPrice, stop with { StopPrice = 60_000.001m });
        AssertRefused(Reason.InvalidStopPrice, stop with { StopPrice = 10_000_000_000 });
        AssertRefused(Reason.InvalidTrailing, stop with { TrailingBps = 10_000 });
        AssertRefused(Reason.InvalidTrailing, stop with { TrailingBps = -1 });
        AssertRefused(Reason.UnsupportedCombination, stop with { Price = 59_000 });
        AssertRefused(Reason.UnsupportedCombination, stop with { QuoteAmount = 100 });
        AssertRefused(Reason.UnsupportedCombination, stop with { Quantity = 0 });
        AssertRefused(Reason.UnsupportedCombination, stop with { TimeInForce = TimeInForce.FillOrKill });
        AssertRefused(Reason.InvalidPrice, limit with { Price = 0 });
        AssertRefused(Reason.FilterPrice, limit with { Price = 59_000.001m });
        AssertRefused(Reason.FilterPercentPrice, limit with { Price = 9_999 });
        AssertRefused(Reason.UnsupportedCombination, limit with { QuoteAmount = 10 });
        AssertRefused(Reason.FilterNotional, stop with { Quantity = 0.00001m });
        AssertRefused(Reason.FilterLotSize, stop with { Quantity = 0.000001m });
        AssertRefused(Reason.UnsupportedCombination, LimitSell(50_000, 0.1m) with { StopPrice = 60_000 });
        AssertRefused(Reason.UnsupportedCombination, MarketOrder(Side.Sell, 0.1m) with { TrailingBps = 10 });
    }

    [Fact]
    public void The_condition_is_part_of_what_a_client_order_id_stands_for()
    {
        var owner = WithBtc(1);
        var order = Order(OrderType.StopLoss, Side.Sell, stop: 60_000, quantity: 0.1m) with { ClientOrderId = "a" };
        var placed = owner.Place(order, market: Market);

        Assert.Equal(placed.OrderId, owner.Portfolio.Place(order with { StopPrice = 60_000.00m }, Market, default).Existing!.Value.OrderId);
        Assert.Equal(Reason.DuplicateOrder, Refusal(owner, order with { StopPrice = 60_001 }));
        Assert.Equal(Reason.DuplicateOrder, Refusal(owner, order with { TrailingBps = 10 }));
    }

    [Fact]
    public void So_many_orders_may_wait_in_one_market_and_no_more()
    {
        var owner = WithBtc(50);
        var order = Order(OrderType.StopLoss, Side.Sell, stop: 60_000, quantity: 0.1m);
        for (var i = 0; i < 100; i++)
            owner.Place(order, market: Market);

        Assert.Equal(Reason.FilterMaxArmedOrders, Refusal(owner, order));
        Assert.Equal(Reason.None, owner.Portfolio.Place(LimitSell(60_000, 0.1m), Market, default).Reason);

        owner.Settle(9, SettlementItem.Triggered(9, 0, owner.Portfolio.OpenOrders[0].OrderId));
        Assert.Equal(Reason.None, owner.Portfolio.Place(order, Market, default).Reason);
    }

    [Fact]
    public void An_order_that_waits_pays_for_nothing_before_its_price_is_reached()
    {
        var owner = WithBtc(1);
        var placed = owner.Place(Order(OrderType.StopLoss, Side.Sell, stop: 60_000, quantity: 0.1m), market: Market);
        var sold = Sold(placed, 7, 0.1m, 59_000, index: 1);

        Assert.Equal((Reason.InvalidRequest, 0), owner.SettleRefusal(7, sold));

        owner.Settle(7, SettlementItem.Triggered(7, 0, placed.OrderId), sold, Done(placed, 7, OrderStatus.Filled, index: 2));
        Assert.Equal((0.9m, 0m, 5_900m), (owner["BTC"].Available, owner["BTC"].Held, owner["USDT"].Available));
        AssertReplays(owner);
    }

    [Fact]
    public void When_its_price_was_reached_is_known_and_told_once()
    {
        var owner = WithBtc(1);
        var placed = owner.Place(Order(OrderType.StopLossLimit, Side.Sell, stop: 60_000, quantity: 0.1m, price: 60_000), market: Market);
        Assert.True(owner.Portfolio.FindOpenOrder(placed.OrderId)!.IsArmed);

        owner.Settle(7, SettlementItem.Triggered(7, 0, placed.OrderId));

        var order = owner.Portfolio.FindOpenOrder(placed.OrderId)!;
        Assert.Equal((false, (long)owner.Journaled.Count), (order.IsArmed, order.TriggeredAtMs));
        Assert.Equal((Reason.InvalidRequest, 0), owner.SettleRefusal(8, SettlementItem.Triggered(8, 0, placed.OrderId)));
        AssertReplays(owner);
    }

    private static OrderTerms Order(OrderType type, Side side, decimal stop, decimal quantity, decimal price = 0) =>
        new("", "BTC_USDT", side, type, TimeInForce.GoodTillCancelled, price, quantity, StopPrice: stop);

    private static void AssertRefused(Reason expected, OrderTerms order) =>
        Assert.Equal((expected, order), (Refusal(WithBtc(1), order, new MarketReference(50_000, 25_000)), order));

    private static Reason Refusal(Owner owner, OrderTerms order, MarketReference reference = default) => owner.Refusal(order, reference, Market);

    private static void AssertReplays(Owner owner)
    {
        var bytes = PortfolioSnapshot.Write(owner.Portfolio);
        Assert.Equal(bytes, PortfolioSnapshot.Write(owner.Replayed()));
        Assert.Equal(bytes, PortfolioSnapshot.Write(PortfolioSnapshot.Read(bytes)));
    }
}
