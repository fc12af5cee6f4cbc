using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Settlement;
using Exchange.Domain.Symbols;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Tests.Symbols;

public sealed class OrderDeskTests
{
    [Fact]
    public void A_crossing_order_is_one_record_that_tells_everything()
    {
        var rig = new SymbolRig(SymbolRig.Btc);
        rig.Submit(account: 1, Side.Sell, price: 100_000, lots: 5);

        var events = rig.Submit(account: 2, Side.Buy, price: 100_010, lots: 8);

        Assert.Collection(
            events,
            e => Assert.Equal(8, Assert.IsType<OrderAccepted>(e).Lots),
            e => Assert.Equal((100_000, 5), (Assert.IsType<Traded>(e).PriceTicks, ((Traded)e).Lots)),
            e => Assert.Equal((1L, OrderStatus.Filled), (Assert.IsType<OrderDone>(e).Account, ((OrderDone)e).Status)),
            e => Assert.Equal(3, Assert.IsType<OrderRested>(e).Lots),
            e => Assert.Equal(OrderQueued.NotKnownYet, Assert.IsType<OrderQueued>(e).LotsAhead));
    }

    [Fact]
    public void Fees_are_taken_from_what_each_side_receives_and_go_to_the_house()
    {
        var rig = new SymbolRig(SymbolRig.Btc);
        rig.Submit(account: 1, Side.Sell, price: 5_000_000, lots: 100_000);
        var trade = rig.Submit(account: 2, Side.Buy, price: 5_000_000, lots: 100_000).OfType<Traded>().Single();

        Assert.Equal(0.001m, trade.TakerFee);
        Assert.Equal(50m, trade.MakerFee);
        var house = Assert.Single(rig.State.Outbox.Oldest(rig.State.Market.HouseAccount, long.MaxValue, 10, item => item));
        Assert.Equal((SettlementKind.House, 0.001m, 50m), (house.Kind, house.BaseAmount, house.QuoteAmount));
    }

    [Fact]
    public void Against_the_venue_the_house_is_the_other_side()
    {
        var rig = new SymbolRig(SymbolRig.Btc);
        rig.Venue.ApplySnapshot([], [new DepthLevel(5_000_000, 100_000)], rig.NowMs);
        rig.Venue.SetState(FeedState.Live, rig.NowMs);

        rig.Submit(account: 2, Side.Buy, price: 5_000_000, lots: 100_000, meetsVenue: true);

        var house = Assert.Single(rig.State.Outbox.Oldest(rig.State.Market.HouseAccount, long.MaxValue, 10, item => item));
        Assert.Equal((-1m + 0.001m, 50_000m), (house.BaseAmount, house.QuoteAmount));
    }

    [Fact]
    public void A_resting_order_fills_at_its_own_price_when_the_venue_reaches_it()
    {
        var rig = new SymbolRig(SymbolRig.Btc);
        rig.Submit(account: 1, Side.Buy, price: 5_000_000, lots: 10);
        rig.Venue.ApplySnapshot([], [new DepthLevel(4_999_000, 4)], rig.NowMs);
        rig.Venue.SetState(FeedState.Live, rig.NowMs);

        var events = rig.Record(desk => desk.FillFromVenue(new VenueOffer(rig.Venue)));

        var trade = Assert.Single(events.OfType<Traded>());
        Assert.Equal((5_000_000, 4L, 0L), (trade.PriceTicks, trade.Lots, trade.TakerOrderId));
        Assert.Empty(rig.Record(desk => desk.FillFromVenue(new VenueOffer(rig.Venue))));
    }

    [Fact]
    public void Self_trade_prevention_by_decrement_gives_both_sides_their_lots_back()
    {
        var rig = new SymbolRig(SymbolRig.Btc);
        rig.Submit(account: 1, Side.Sell, price: 100_000, lots: 5);

        var events = rig.Submit(account: 1, Side.Buy, price: 100_000, lots: 3, selfTrade: SelfTradePrevention.Decrement);

        Assert.DoesNotContain(events, e => e is Traded);
        Assert.Equal([3L, 3L], events.OfType<OrderDecremented>().Select(e => e.Lots));
        Assert.Equal(2, rig.State.Outbox.All().Count(owed => owed.Item.Kind == SettlementKind.Reduced));
        Assert.Equal(2, rig.State.Book.Orders().Single().Lots);
    }

    [Fact]
    public void A_minute_that_is_over_is_journaled_before_what_comes_after_it()
    {
        var rig = new SymbolRig(SymbolRig.Btc);
        rig.Submit(account: 1, Side.Sell, price: 100_000, lots: 5);
        rig.Submit(account: 2, Side.Buy, price: 100_000, lots: 2);
        rig.NowMs += 60_000;

        var events = rig.Submit(account: 2, Side.Buy, price: 100_000, lots: 2);

        var candle = Assert.IsType<CandleClosed>(events[0]);
        Assert.Equal((100_000, 100_000, 2L, 1), (candle.OpenTicks, candle.CloseTicks, candle.Lots, candle.Trades));
    }

    [Fact]
    public void Trade_ids_rise_across_a_restart_even_when_the_clock_goes_back()
    {
        var rig = new SymbolRig(SymbolRig.Btc);
        rig.Submit(account: 1, Side.Sell, price: 100_000, lots: 5);
        var before = rig.Submit(account: 2, Side.Buy, price: 100_000, lots: 1).OfType<Traded>().Single().TradeId;

        Assert.True(rig.Replayed().History.NextTradeId(rig.NowMs - 3_600_000) > before);
        Assert.True(before < 1L << 53);
    }
}
