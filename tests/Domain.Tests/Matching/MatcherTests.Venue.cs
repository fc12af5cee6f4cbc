using Exchange.Domain.Matching;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Matching;

public abstract partial class MatcherTests
{
    [Fact]
    public void The_better_price_comes_first_whoever_offers_it_and_local_orders_first_at_the_same_price()
    {
        Ask(1, price: 100, lots: 2);
        Ask(2, price: 102, lots: 2);
        _market.Venue.Asks.AddRange([new(99, 3), new(100, 3), new(101, 3)]);

        var outcome = Execute(Buy(price: 102, lots: 12));

        Assert.Equal(new Outcome(OrderStatus.Filled, Reason.None, Filled: 12, Remaining: 0), outcome);
        Happened(
            MatchEvent.VenueTrade(99, lots: 3),
            MatchEvent.Trade(1, 100, lots: 2, left: 0),
            MatchEvent.VenueTrade(100, lots: 3),
            MatchEvent.VenueTrade(101, lots: 3),
            MatchEvent.Trade(2, 102, lots: 1, left: 1));
    }

    [Fact]
    public void A_seller_takes_the_venues_bids()
    {
        Bid(1, price: 100, lots: 2);
        _market.Venue.Bids.AddRange([new(101, 3), new(99, 3)]);

        var outcome = Execute(Sell(price: 100, lots: 12));

        Assert.Equal(new Outcome(OrderStatus.PartiallyFilled, Reason.None, Filled: 5, Remaining: 7), outcome);
        Happened(MatchEvent.VenueTrade(101, lots: 3), MatchEvent.Trade(1, 100, lots: 2, left: 0));
        Assert.Equal([new(99, 3)], _market.Venue.Bids);
    }

    [Fact]
    public void Venue_depth_that_was_taken_is_not_there_for_the_next()
    {
        _market.Venue.Asks.Add(new(100, 5));

        Execute(Buy(price: 100, lots: 3));
        var second = Execute(Buy(price: 100, lots: 3, TimeInForce.ImmediateOrCancel));

        Assert.Equal(new Outcome(OrderStatus.Expired, Reason.RemainderExpired, Filled: 2, Remaining: 1), second);
    }

    [Fact]
    public void A_taker_that_meets_an_own_order_ends_before_the_venue_at_the_same_price()
    {
        Ask(1, price: 100, lots: 2, account: Self);
        _market.Venue.Asks.Add(new(100, 5));

        var outcome = Execute(BuyPreventing(SelfTradePrevention.ExpireTaker, lots: 3));

        Assert.Equal(new Outcome(OrderStatus.ExpiredInMatch, Reason.SelfTrade, Filled: 0, Remaining: 3), outcome);
        Happened();
    }

    [Fact]
    public void A_budget_is_spent_over_venue_and_local_orders_together()
    {
        Ask(1, price: 101, lots: 2);
        _market.Venue.Asks.AddRange([new(100, 3), new(102, 9)]);

        var outcome = Execute(MarketOrder(Side.Buy, budget: 300 + 202 + 203));

        Assert.Equal(new Outcome(OrderStatus.Filled, Reason.None, Filled: 6, Remaining: 0), outcome);
        Happened(
            MatchEvent.VenueTrade(100, lots: 3), MatchEvent.Trade(1, 101, lots: 2, left: 0), MatchEvent.VenueTrade(102, lots: 1));
    }

    [Fact]
    public void The_venue_counts_for_fill_or_kill()
    {
        Ask(1, price: 100, lots: 2);
        _market.Venue.Asks.AddRange([new(101, 3), new(103, 9)]);

        Assert.Equal(Reason.FillOrKillUnfilled, Execute(Buy(price: 102, lots: 6, TimeInForce.FillOrKill)).Reason);
        Assert.Equal(OrderStatus.Filled, Execute(Buy(price: 102, lots: 5, TimeInForce.FillOrKill)).Status);
    }

    [Fact]
    public void A_maker_only_order_must_not_take_from_the_venue_either()
    {
        _market.Venue.Asks.Add(new(100, 3));

        Assert.Equal(Reason.WouldTakeLiquidity, Execute(MakerOnly(price: 100, lots: 5)).Reason);
        Assert.Equal(OrderStatus.New, Execute(MakerOnly(price: 99, lots: 5)).Status);
    }

    [Fact]
    public void A_protection_price_below_the_venue_stops_a_market_order()
    {
        _market.Venue.Asks.Add(new(100, 3));

        var outcome = Execute(MarketOrder(Side.Buy, lots: 5, protection: 99));

        Assert.Equal(new Outcome(OrderStatus.Expired, Reason.ProtectionPriceReached, Filled: 0, Remaining: 5), outcome);
    }

    [Fact]
    public void A_resting_bid_fills_at_its_own_price_when_the_venue_offers_at_it_or_below()
    {
        Bid(1, price: 100, lots: 5);
        Bid(2, price: 98, lots: 5);
        _market.Venue.Asks.AddRange([new(99, 4), new(100, 9)]);

        Assert.Equal(5, _market.FillFromVenue(Side.Buy));

        Happened(MatchEvent.Trade(1, 100, lots: 4, left: 1), MatchEvent.Trade(1, 100, lots: 1, left: 0));
        Assert.Equal([new(100, 8)], _market.Venue.Asks);
        Assert.Equal([2L], Resting.Select(order => order.Id));
    }

    [Fact]
    public void A_resting_ask_fills_at_its_own_price_when_the_venue_bids_at_it_or_above()
    {
        Ask(1, price: 100, lots: 5);
        Ask(2, price: 102, lots: 5);
        _market.Venue.Bids.AddRange([new(101, 4), new(100, 9)]);

        Assert.Equal(5, _market.FillFromVenue(Side.Sell));

        Happened(MatchEvent.Trade(1, 100, lots: 4, left: 1), MatchEvent.Trade(1, 100, lots: 1, left: 0));
        Assert.Equal([new(100, 8)], _market.Venue.Bids);
    }

    [Fact]
    public void Resting_orders_share_what_the_venue_offers_in_price_time_priority()
    {
        Bid(1, price: 99, lots: 5);
        Iceberg(2, Side.Buy, price: 100, lots: 5, display: 2);
        Bid(3, price: 100, lots: 5);
        _market.Venue.Asks.Add(new(99, 11));

        Assert.Equal(11, _market.FillFromVenue(Side.Buy));

        Happened(
            MatchEvent.Trade(2, 100, lots: 2, left: 3),
            MatchEvent.Trade(3, 100, lots: 5, left: 0),
            MatchEvent.Trade(2, 100, lots: 2, left: 1),
            MatchEvent.Trade(2, 100, lots: 1, left: 0),
            MatchEvent.Trade(1, 99, lots: 1, left: 4));
        Assert.Empty(_market.Venue.Asks);
    }

    [Fact]
    public void Nothing_fills_while_the_venue_stays_beyond_the_resting_orders()
    {
        Bid(1, price: 100, lots: 5);
        _market.Venue.Asks.Add(new(101, 9));

        Assert.Equal(0, _market.FillFromVenue(Side.Buy));
        Assert.Equal(0, _market.FillFromVenue(Side.Sell));
        Happened();
        Assert.Equal([new(101, 9)], _market.Venue.Asks);
    }

    [Fact]
    public void A_trade_at_the_venue_fills_bids_above_it_up_to_the_traded_lots()
    {
        Bid(1, price: 101, lots: 5);
        Bid(2, price: 100, lots: 5);
        Bid(3, price: 99, lots: 5);

        Assert.Equal(5, _market.FillFromVenueTrade(price: 100, lots: 9));
        Happened(MatchEvent.Trade(1, 101, lots: 5, left: 0));

        Assert.Equal(2, _market.FillFromVenueTrade(price: 98, lots: 2));
        Happened(MatchEvent.Trade(2, 100, lots: 2, left: 3));
    }

    [Fact]
    public void A_trade_at_the_venue_fills_asks_below_it()
    {
        Ask(1, price: 100, lots: 5);
        Ask(2, price: 101, lots: 5);

        Assert.Equal(5, _market.FillFromVenueTrade(price: 101, lots: 9));
        Happened(MatchEvent.Trade(1, 100, lots: 5, left: 0));
    }

    [Fact]
    public void A_trade_at_the_lowest_price_fills_no_ask()
    {
        Ask(1, price: 1, lots: 5);

        Assert.Equal(0, _market.FillFromVenueTrade(price: 1, lots: 9));
    }
}
