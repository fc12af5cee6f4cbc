using Exchange.Domain.Matching;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Matching;

public abstract partial class MatcherTests
{
    [Fact]
    public void A_market_order_takes_at_any_price()
    {
        Ask(1, price: 100, lots: 5);
        Ask(2, price: 1_000_000, lots: 5);

        var outcome = Execute(MarketOrder(Side.Buy, lots: 8));

        Assert.Equal(new Outcome(OrderStatus.Filled, Reason.None, Filled: 8, Remaining: 0), outcome);
        Happened(MatchEvent.Trade(1, 100, lots: 5, left: 0), MatchEvent.Trade(2, 1_000_000, lots: 3, left: 2));
    }

    [Fact]
    public void A_market_order_that_empties_the_book_expires_for_want_of_liquidity()
    {
        Bid(1, price: 1, lots: 5);

        var outcome = Execute(MarketOrder(Side.Sell, lots: 8));

        Assert.Equal(new Outcome(OrderStatus.Expired, Reason.NoLiquidity, Filled: 5, Remaining: 3), outcome);
        Assert.Empty(Resting);
    }

    [Fact]
    public void A_market_order_in_an_empty_market_expires_for_want_of_liquidity()
    {
        var outcome = Execute(MarketOrder(Side.Buy, lots: 8));

        Assert.Equal(new Outcome(OrderStatus.Expired, Reason.NoLiquidity, Filled: 0, Remaining: 8), outcome);
    }

    [Theory]
    [InlineData(Side.Buy, 101, 102)]
    [InlineData(Side.Sell, 99, 98)]
    public void A_market_order_does_not_trade_beyond_its_protection_price(Side side, long within, long beyond)
    {
        var makers = side.Opposite();
        _market.Book.Add(new(1, 1, makers, within, 5));
        _market.Book.Add(new(2, 1, makers, beyond, 5));

        var outcome = Execute(MarketOrder(side, lots: 8, protection: within));

        Assert.Equal(new Outcome(OrderStatus.Expired, Reason.ProtectionPriceReached, Filled: 5, Remaining: 3), outcome);
        Happened(MatchEvent.Trade(1, within, lots: 5, left: 0));
    }

    [Fact]
    public void A_buyer_by_budget_spends_no_more_than_it_and_buys_whole_lots()
    {
        Ask(1, price: 100, lots: 5);
        Ask(2, price: 110, lots: 5);

        var outcome = Execute(MarketOrder(Side.Buy, budget: 829));

        Assert.Equal(new Outcome(OrderStatus.Filled, Reason.None, Filled: 7, Remaining: 0), outcome);
        Happened(MatchEvent.Trade(1, 100, lots: 5, left: 0), MatchEvent.Trade(2, 110, lots: 2, left: 3));
    }

    [Fact]
    public void A_seller_by_budget_stops_before_it_would_earn_more()
    {
        Bid(1, price: 100, lots: 5);
        Bid(2, price: 90, lots: 5);

        var outcome = Execute(MarketOrder(Side.Sell, budget: 700));

        Assert.Equal(new Outcome(OrderStatus.Filled, Reason.None, Filled: 7, Remaining: 0), outcome);
        Happened(MatchEvent.Trade(1, 100, lots: 5, left: 0), MatchEvent.Trade(2, 90, lots: 2, left: 3));
    }

    [Fact]
    public void A_budget_that_ends_with_the_last_lot_of_the_book_is_filled()
    {
        Ask(1, price: 100, lots: 5);

        var outcome = Execute(MarketOrder(Side.Buy, budget: 500));

        Assert.Equal(new Outcome(OrderStatus.Filled, Reason.None, Filled: 5, Remaining: 0), outcome);
    }

    [Fact]
    public void A_budget_larger_than_the_book_expires_for_want_of_liquidity()
    {
        Ask(1, price: 100, lots: 5);

        var outcome = Execute(MarketOrder(Side.Buy, budget: 700));

        Assert.Equal(new Outcome(OrderStatus.Expired, Reason.NoLiquidity, Filled: 5, Remaining: 0), outcome);
    }

    [Fact]
    public void A_budget_that_does_not_pay_for_one_lot_expires()
    {
        Ask(1, price: 100, lots: 5);

        var outcome = Execute(MarketOrder(Side.Buy, budget: 99));

        Assert.Equal(new Outcome(OrderStatus.Expired, Reason.BudgetSpent, Filled: 0, Remaining: 0), outcome);
        Happened();
    }

    [Fact]
    public void A_market_order_by_lots_may_have_a_budget_as_well()
    {
        Ask(1, price: 100, lots: 5);
        Ask(2, price: 200, lots: 5);

        var outcome = Execute(MarketOrder(Side.Buy, lots: 8, budget: 1000));

        Assert.Equal(new Outcome(OrderStatus.Expired, Reason.BudgetSpent, Filled: 7, Remaining: 1), outcome);
    }

    [Fact]
    public void A_market_order_whose_lots_and_budget_end_together_is_filled()
    {
        Ask(1, price: 100, lots: 5);

        var outcome = Execute(MarketOrder(Side.Buy, lots: 5, budget: 500));

        Assert.Equal(new Outcome(OrderStatus.Filled, Reason.None, Filled: 5, Remaining: 0), outcome);
    }

    [Fact]
    public void A_budget_beyond_64_bits_is_spent_to_the_last_lot()
    {
        const long price = 1L << 40;
        Ask(1, price, lots: 1L << 40);
        Ask(2, price, lots: 5);

        var outcome = Execute(new Order
        {
            Id = 3, Side = Side.Buy, Type = OrderType.Market, Budget = ((Int128)price << 40) + 3 * (Int128)price - 1,
        });

        Assert.Equal(new Outcome(OrderStatus.Filled, Reason.None, Filled: (1L << 40) + 2, Remaining: 0), outcome);
    }

    [Fact]
    public void A_market_fill_or_kill_counts_only_what_its_protection_price_allows()
    {
        Ask(1, price: 100, lots: 5);
        Ask(2, price: 102, lots: 5);
        var order = new Order
        {
            Id = 3, Side = Side.Buy, Type = OrderType.Market, TimeInForce = TimeInForce.FillOrKill, Lots = 6, Price = 101,
        };

        Assert.Equal(new Outcome(OrderStatus.Expired, Reason.FillOrKillUnfilled, Filled: 0, Remaining: 6), Execute(order));
        Happened();
    }
}
