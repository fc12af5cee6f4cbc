using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Settlement;
using static Exchange.Domain.Tests.Portfolios.Owner;

namespace Exchange.Domain.Tests.Portfolios;

/// <summary>Two orders of which one cancels the other, and the one hold that covers them.</summary>
public sealed class PairTests
{
    private static readonly Market Market = Samples.BtcUsdt with { PriceBandBps = 5_000 };

    [Fact]
    public void A_pair_that_sells_holds_its_quantity_once()
    {
        var owner = WithBtc(1);

        var (profit, stop) = Place(owner, Sell());

        Assert.Equal((0.1m, 0.9m), (owner["BTC"].Held, owner["BTC"].Available));
        Assert.Equal((profit.OrderId + 1, stop.OrderId), (stop.OrderId, profit.PairId));
        Assert.Equal((profit.OrderId, profit.OrderId), (profit.ListId, stop.ListId));
        AssertReplays(owner);
    }

    [Fact]
    public void A_pair_that_buys_holds_what_the_worse_of_the_two_costs()
    {
        var owner = WithUsdt(10_000);

        Place(owner, Buy());

        Assert.Equal(6_050, owner["USDT"].Held);
    }

    [Fact]
    public void When_the_stop_ends_the_order_that_rests_keeps_what_it_needs()
    {
        var owner = WithUsdt(10_000);
        var (profit, stop) = Place(owner, Buy());

        owner.Settle(5, Done(stop, 5, OrderStatus.Expired, Reason.PairDone, index: 0), Bought(profit, 5, 0.04m, 40_000, index: 1));

        Assert.Equal((2_400m, 6_000m, 0.04m), (owner["USDT"].Held, owner["USDT"].Available, owner["BTC"].Available));
        Assert.Contains(owner.Journaled, e => e is OrderEnded { MovedToPair: -2_050, Released: 2_050 });
        AssertReplays(owner);
    }

    [Fact]
    public void When_the_order_that_rests_ends_the_stop_has_all_of_the_hold()
    {
        var owner = WithUsdt(10_000);
        var (profit, stop) = Place(owner, Buy());

        owner.Settle(
            5,
            SettlementItem.Triggered(5, 0, stop.OrderId),
            Done(profit, 5, OrderStatus.Expired, Reason.PairDone, index: 1),
            Bought(stop, 5, 0.1m, 60_100, index: 2),
            Done(stop, 5, OrderStatus.Filled, index: 3));

        Assert.Equal((0m, 3_990m, 0.1m), (owner["USDT"].Held, owner["USDT"].Available, owner["BTC"].Available));
        Assert.Empty(owner.Portfolio.OpenOrders);
        AssertReplays(owner);
    }

    [Fact]
    public void A_stop_at_the_market_takes_over_all_that_is_held()
    {
        var owner = WithUsdt(10_000);
        var pair = Buy();
        var (profit, _) = Place(owner, pair with { Stop = pair.Stop with { Type = OrderType.StopLoss, Price = 0 } });
        Assert.Equal(9_000, owner["USDT"].Held);

        owner.Settle(5, Done(profit, 5, OrderStatus.Expired, Reason.PairDone));

        Assert.Equal(9_000, owner["USDT"].Held);
        AssertReplays(owner);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_both_end_everything_goes_back(bool profitFirst)
    {
        var owner = WithUsdt(10_000);
        var (profit, stop) = Place(owner, Buy());
        var (first, second) = profitFirst ? (profit, stop) : (stop, profit);

        owner.Settle(
            5, Done(first, 5, OrderStatus.Cancelled, Reason.CancelledByUser, index: 0),
            Done(second, 5, OrderStatus.Cancelled, Reason.CancelledByUser, index: 1));

        Assert.Equal((0m, 10_000m), (owner["USDT"].Held, owner["USDT"].Available));
        AssertReplays(owner);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_never_arrived_gives_everything_back(bool profitFirst)
    {
        var owner = WithUsdt(10_000);
        var (profit, stop) = Place(owner, Buy());

        foreach (var id in profitFirst ? [profit.OrderId, stop.OrderId] : new[] { stop.OrderId, profit.OrderId })
            owner.Journal(owner.Portfolio.ReleaseNeverArrived(id));

        Assert.Equal((0m, 10_000m), (owner["USDT"].Held, owner["USDT"].Available));
        AssertReplays(owner);
    }

    [Fact]
    public void Neither_executes_while_both_are_open()
    {
        var owner = WithBtc(1);
        var (profit, stop) = Place(owner, Sell());

        Assert.Equal((Reason.InvalidRequest, 0), owner.SettleRefusal(5, Sold(profit, 5, 0.1m, 70_000)));
        Assert.Equal(
            (Reason.InvalidRequest, 1),
            owner.SettleRefusal(5, SettlementItem.Triggered(5, 0, stop.OrderId), Sold(stop, 5, 0.1m, 60_000, index: 1)));
        Assert.Equal((Reason.InvalidRequest, 0), owner.SettleRefusal(5, SettlementItem.Reduced(5, 0, profit.OrderId, 0.01m)));
    }

    [Fact]
    public void The_same_request_again_is_the_same_pair_while_it_is_open_and_while_it_is_remembered()
    {
        var owner = WithBtc(1);
        var (profit, stop) = Place(owner, Sell());
        var known = new KnownPair(profit.OrderId, stop.OrderId, "pair");
        Assert.Equal(known, Decide(owner, Sell()).Existing);

        owner.Settle(5, Done(profit, 5, OrderStatus.Expired, Reason.PairDone));
        Assert.Equal(known, Decide(owner, Sell()).Existing);

        owner.Settle(6, Done(stop, 6, OrderStatus.Cancelled, Reason.CancelledByUser));
        Assert.Equal(known, Decide(owner, Sell()).Existing);
        Assert.Equal(known, PortfolioSnapshot.Read(PortfolioSnapshot.Write(owner.Portfolio)).FindPair("pair"));
    }

    [Fact]
    public void The_same_id_for_another_pair_is_refused()
    {
        var owner = WithBtc(1);
        Place(owner, Sell());
        var other = Sell();

        Assert.Equal(Reason.DuplicateOrder, Decide(owner, other with { Stop = other.Stop with { StopPrice = 59_999 } }).Reason);
        Assert.Equal(Reason.DuplicateOrder, Decide(owner, other with { Profit = other.Profit with { Price = 70_001 } }).Reason);
    }

    [Fact]
    public void The_orders_of_a_pair_have_names_of_their_own()
    {
        var owner = WithBtc(1);
        owner.Place(LimitSell(60_000, 0.1m, "taken"));
        var pair = Sell();

        Assert.Equal(Reason.DuplicateOrder, Decide(owner, Named(pair, "taken", "b")).Reason);
        Assert.Equal(Reason.DuplicateOrder, Decide(owner, Named(pair, "a", "taken")).Reason);
        Assert.Equal(Reason.DuplicateOrder, Decide(owner, Named(pair, "a", "a")).Reason);
        Assert.Equal(Reason.InvalidClientOrderId, Decide(owner, Named(pair, "a b", "c")).Reason);
        Assert.Equal(Reason.InvalidClientOrderId, Decide(owner, pair with { ClientListId = "#" }).Reason);
        var (profit, stop) = Place(owner, Named(pair, "a", "b"));
        Assert.Equal(("a", "b"), (profit.ClientOrderId, stop.ClientOrderId));
    }

    [Fact]
    public void What_is_no_pair_is_refused()
    {
        var sell = Sell();
        AssertRefused(Reason.UnsupportedCombination, sell with { Stop = sell.Stop with { Side = Side.Buy } });
        AssertRefused(Reason.UnsupportedCombination, sell with { Stop = sell.Stop with { Quantity = 0.2m } });
        AssertRefused(Reason.UnsupportedCombination, sell with { Stop = sell.Profit });
        AssertRefused(Reason.UnsupportedCombination, sell with { Profit = sell.Stop });
        AssertRefused(Reason.UnsupportedCombination, sell with { Profit = sell.Profit with { Type = OrderType.Limit } });
        AssertRefused(Reason.UnsupportedCombination, sell with { Profit = sell.Profit with { StopPrice = 69_000 } });
        AssertRefused(Reason.InvalidStopPrice, sell with { Stop = sell.Stop with { StopPrice = 70_000, Price = 70_000 } });
        AssertRefused(Reason.InvalidStopPrice, sell with { Stop = sell.Stop with { StopPrice = 0 } });
        AssertRefused(
            Reason.FilterNotional, sell with { Profit = sell.Profit with { Quantity = 0.00001m }, Stop = sell.Stop with { Quantity = 0.00001m } });
        AssertRefused(Reason.InsufficientBalance, sell with { Profit = sell.Profit with { Quantity = 2 }, Stop = sell.Stop with { Quantity = 2 } });
    }

    private static void AssertRefused(Reason expected, PairTerms pair) => Assert.Equal((expected, pair), (Decide(WithBtc(1), pair).Reason, pair));

    private static PairTerms Sell() => new(
        "pair",
        new OrderTerms("", "BTC_USDT", Side.Sell, OrderType.LimitMaker, TimeInForce.GoodTillCancelled, 70_000, 0.1m),
        new OrderTerms("", "BTC_USDT", Side.Sell, OrderType.StopLossLimit, TimeInForce.GoodTillCancelled, 59_900, 0.1m, StopPrice: 60_000));

    private static PairTerms Buy() => new(
        "pair",
        new OrderTerms("", "BTC_USDT", Side.Buy, OrderType.LimitMaker, TimeInForce.GoodTillCancelled, 40_000, 0.1m),
        new OrderTerms("", "BTC_USDT", Side.Buy, OrderType.StopLossLimit, TimeInForce.GoodTillCancelled, 60_500, 0.1m, StopPrice: 60_000));

    private static PairTerms Named(PairTerms pair, string profit, string stop) => pair with
    {
        Profit = pair.Profit with { ClientOrderId = profit }, Stop = pair.Stop with { ClientOrderId = stop },
    };

    private static PairDecision Decide(Owner owner, PairTerms pair) => owner.Portfolio.PlacePair(pair, Market, default);

    private static (OrderPlaced Profit, OrderPlaced Stop) Place(Owner owner, PairTerms pair)
    {
        var decision = Decide(owner, pair);
        Assert.Equal(Reason.None, decision.Reason);
        owner.Journal(decision.Profit!);
        owner.Journal(decision.Stop!);
        return (decision.Profit!, decision.Stop!);
    }

    private static void AssertReplays(Owner owner)
    {
        var bytes = PortfolioSnapshot.Write(owner.Portfolio);
        Assert.Equal(bytes, PortfolioSnapshot.Write(owner.Replayed()));
        Assert.Equal(bytes, PortfolioSnapshot.Write(PortfolioSnapshot.Read(bytes)));
    }
}
