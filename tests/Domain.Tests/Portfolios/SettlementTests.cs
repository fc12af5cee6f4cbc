using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Settlement;
using static Exchange.Domain.Tests.Portfolios.Owner;

namespace Exchange.Domain.Tests.Portfolios;

public sealed class SettlementTests
{
    [Fact]
    public void A_buy_that_fills_at_its_price_pays_from_its_hold_and_receives_less_the_fee()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(50_000, 0.01m));

        owner.Settle(6, Bought(order, 6, 0.004m, 50_000, fee: 0.000004m));
        Assert.Equal(0.000004m, owner.Portfolio.FindOpenOrder(order.OrderId)!.Fee);
        owner.Settle(7, Bought(order, 7, 0.006m, 50_000, fee: 0.000006m), Done(order, 7, OrderStatus.Filled));

        Assert.Equal(new Balance("USDT", 500, 0), owner["USDT"]);
        Assert.Equal(new Balance("BTC", 0.00999m, 0), owner["BTC"]);
        Assert.Empty(owner.Portfolio.OpenOrders);
        Assert.Equal(7, owner.Portfolio.MarkOf("BTC_USDT"));
    }

    [Fact]
    public void A_better_price_is_given_back_with_the_fill()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(50_000, 0.01m));

        owner.Settle(7, Bought(order, 7, 0.004m, 49_000));

        Assert.Equal(new Balance("USDT", 504, 300), owner["USDT"]);
        var open = owner.Portfolio.FindOpenOrder(order.OrderId)!;
        Assert.Equal((0.004m, 196m, 300m, OrderStatus.PartiallyFilled), (open.FilledBase, open.FilledQuote, open.Held, open.Status));
    }

    [Fact]
    public void A_sell_pays_base_and_receives_quote_less_the_fee()
    {
        var owner = WithBtc(1);
        var order = owner.Place(LimitSell(50_000, 0.01m));

        owner.Settle(7, Sold(order, 7, 0.004m, 51_000, fee: 0.204m));

        Assert.Equal(new Balance("BTC", 0.99m, 0.006m), owner["BTC"]);
        Assert.Equal(new Balance("USDT", 203.796m, 0), owner["USDT"]);
        var open = owner.Portfolio.FindOpenOrder(order.OrderId)!;
        Assert.Equal((0.004m, 204m, 0.204m), (open.FilledBase, open.FilledQuote, open.Fee));
    }

    [Fact]
    public void A_cancelled_order_gives_the_rest_of_its_hold_back()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(50_000, 0.01m));

        owner.Settle(
            8,
            Bought(order, 7, 0.004m, 50_000),
            Done(order, 8, OrderStatus.Cancelled, Reason.CancelledByUser));

        Assert.Equal(new Balance("USDT", 800, 0), owner["USDT"]);
    }

    [Fact]
    public void A_market_buy_keeps_its_hold_until_it_ends()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(MarketOrder(Side.Buy, 0.01m), new MarketReference(50_000, 75_000, 500));

        owner.Settle(7, Bought(order, 7, 0.004m, 50_000), Bought(order, 7, 0.006m, 50_010, index: 1, tradeId: 2));
        Assert.Equal(new Balance("USDT", 250, 249.94m), owner["USDT"]);
        owner.Settle(8, Done(order, 8, OrderStatus.Filled));
        Assert.Equal(new Balance("USDT", 499.94m, 0), owner["USDT"]);
    }

    [Fact]
    public void A_market_sell_by_amount_sells_at_most_what_it_holds()
    {
        var owner = WithBtc(1);
        var order = owner.Place(MarketOrder(Side.Sell, 0, 1_000), new MarketReference(50_000, 30_000, 0.02m));

        Assert.Equal((Reason.InsufficientBalance, 0), owner.SettleRefusal(7, Sold(order, 7, 0.03335m, 50_000)));
        owner.Settle(7, Sold(order, 7, 0.02m, 50_000), Done(order, 7, OrderStatus.Filled));
        Assert.Equal(new Balance("BTC", 0.98m, 0), owner["BTC"]);
        Assert.Equal(new Balance("USDT", 1_000, 0), owner["USDT"]);
    }

    [Fact]
    public void What_self_trade_prevention_takes_off_needs_no_hold_any_more()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(50_000, 0.01m));

        var events = owner.Settle(7, SettlementItem.Reduced(7, 0, order.OrderId, 0.004m));

        Assert.Equal([new OrderReduced("BTC_USDT", 7, order.OrderId, 0.004m, 200)], events);
        Assert.Equal(new Balance("USDT", 700, 300), owner["USDT"]);
        Assert.Equal((Reason.InvalidQuantity, 0), owner.SettleRefusal(8, Bought(order, 8, 0.00601m, 50_000)));
        owner.Settle(8, Bought(order, 8, 0.006m, 50_000), Done(order, 8, OrderStatus.Filled));
        Assert.Equal(new Balance("USDT", 700, 0), owner["USDT"]);
    }

    [Fact]
    public void An_order_by_amount_has_no_quantity_to_reduce_and_keeps_its_hold()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(MarketOrder(Side.Buy, 0, 1_000), new MarketReference(50_000, 75_000));

        owner.Settle(7, SettlementItem.Reduced(7, 0, order.OrderId, 0.004m), Bought(order, 7, 0.01m, 50_000, index: 1));
        Assert.Equal(new Balance("USDT", 0, 500), owner["USDT"]);
        owner.Settle(8, Done(order, 8, OrderStatus.Expired, Reason.RemainderExpired));
        Assert.Equal(new Balance("USDT", 500, 0), owner["USDT"]);
    }

    [Fact]
    public void The_same_items_again_change_nothing()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(50_000, 0.01m));
        SettlementItem[] items = [Bought(order, 7, 0.004m, 50_000), Bought(order, 8, 0.001m, 50_000, tradeId: 2)];
        owner.Settle(8, items);

        Assert.Empty(owner.Settle(8, items));
        Assert.Empty(owner.Settle(7, items[0]));
        var news = owner.Settle(9, [.. items, Bought(order, 9, 0.001m, 50_000, tradeId: 3)]);

        Assert.Equal(3, Assert.IsType<FillSettled>(Assert.Single(news)).TradeId);
        Assert.Equal(0.006m, owner["BTC"].Total);
    }

    [Fact]
    public void A_batch_without_items_only_moves_the_mark()
    {
        var owner = WithUsdt(1_000);

        Assert.Equal([new SettledUpTo("BTC_USDT", 12)], owner.Settle(12));
        Assert.Equal(12, owner.Portfolio.MarkOf("BTC_USDT"));
        Assert.Empty(owner.Settle(11));
    }

    [Fact]
    public void The_mark_is_moved_by_the_last_item_where_there_is_one()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(50_000, 0.01m));

        Assert.Single(owner.Settle(7, Bought(order, 7, 0.001m, 50_000)));
        Assert.Equal(7, owner.Portfolio.MarkOf("BTC_USDT"));
    }

    [Fact]
    public void One_item_that_cannot_be_applied_refuses_the_batch()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(50_000, 0.01m));
        var good = Bought(order, 7, 0.001m, 50_000);

        Assert.Equal((Reason.UnknownOrder, 1), owner.SettleRefusal(8, good, good with { Sequence = 8, OrderId = 99 }));
        Assert.Equal((Reason.InvalidRequest, 1), owner.SettleRefusal(8, good, good with { Sequence = 8, Side = Side.Sell }));
        Assert.Equal((Reason.InvalidRequest, 1), owner.SettleRefusal(8, good, good with { Sequence = 8, Kind = SettlementKind.House }));
        Assert.Equal((Reason.InvalidQuantity, 1), owner.SettleRefusal(8, good, Bought(order, 8, 0.00901m, 50_000)));
        Assert.Equal((Reason.InsufficientBalance, 1), owner.SettleRefusal(8, good, Bought(order, 8, 0.001m, 50_000.01m)));
        Assert.Equal((Reason.InvalidAmount, 1), owner.SettleRefusal(8, good, good with { Sequence = 8, BaseAmount = 0 }));
        Assert.Equal((Reason.InvalidAmount, 1), owner.SettleRefusal(8, good, good with { Sequence = 8, Fee = 0.00101m }));
        Assert.Equal((Reason.InvalidAmount, 1), owner.SettleRefusal(8, good, good with { Sequence = 8, Fee = 0.000000001m }));
        Assert.Equal((Reason.InvalidRequest, 1), owner.SettleRefusal(8, good, Done(order, 8, OrderStatus.New)));
        Assert.Equal(
            (Reason.OrderAlreadyDone, 1),
            owner.SettleRefusal(9, Done(order, 8, OrderStatus.Cancelled), Bought(order, 9, 0.001m, 50_000)));
    }

    [Fact]
    public void Items_out_of_order_twice_or_beyond_the_end_refuse_the_batch()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(50_000, 0.01m));
        var item = Bought(order, 7, 0.001m, 50_000, index: 3);

        Assert.Equal((Reason.InvalidRequest, 1), owner.SettleRefusal(9, item, item));
        Assert.Equal((Reason.InvalidRequest, 1), owner.SettleRefusal(9, item, item with { Index = 2 }));
        Assert.Equal((Reason.InvalidRequest, 1), owner.SettleRefusal(9, item, item with { Sequence = 6 }));
        Assert.Equal((Reason.InvalidRequest, 1), owner.SettleRefusal(9, item, item with { Sequence = 10 }));
    }

    [Fact]
    public void An_account_that_trades_with_itself_has_both_sides_at_one_place()
    {
        var owner = new Owner(1, (Samples.Usdt, 1_000), (Samples.Btc, 1));
        var buy = owner.Place(LimitBuy(50_000, 0.01m));
        var sell = owner.Place(LimitSell(50_000, 0.01m));

        owner.Settle(7, Bought(buy, 7, 0.01m, 50_000), Sold(sell, 7, 0.01m, 50_000));

        Assert.Equal(new Balance("USDT", 1_000, 0), owner["USDT"]);
        Assert.Equal(new Balance("BTC", 1, 0), owner["BTC"]);
    }

    [Fact]
    public void The_house_takes_signed_changes_and_may_owe()
    {
        var house = new Owner(-1);

        house.Settle(7, SettlementItem.House(7, 4, -0.5m, 25_000));

        Assert.Equal(new Balance("BTC", -0.5m, 0), house["BTC"]);
        Assert.Equal(new Balance("USDT", 25_000, 0), house["USDT"]);
    }

    [Fact]
    public void Each_symbol_has_a_mark_of_its_own()
    {
        var owner = WithUsdt(1_000);
        owner.Settle(12);

        Assert.Equal(0, owner.Portfolio.MarkOf("ETH_USDT"));
    }
}
