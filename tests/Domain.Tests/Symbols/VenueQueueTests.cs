using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Symbols;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Tests.Symbols;

/// <summary>Resting orders where the venue has a queue: what fills them, and what of it survives a restart.</summary>
public sealed class VenueQueueTests
{
    private const long Price = 100_000;

    private readonly SymbolRig _rig = new(SymbolRig.Btc);

    [Fact]
    public void A_resting_order_fills_with_what_a_trade_leaves_after_the_venues_queue()
    {
        Open(lots: 10);
        Bid(account: 1, lots: 5);

        Assert.Empty(Fills(_rig.VenueTrades(Side.Sell, Price, 7)));
        Assert.Equal([(1L, Price, 2L)], Fills(_rig.VenueTrades(Side.Sell, Price, 5)));
        Assert.Equal([(1L, Price, 3L)], Fills(_rig.VenueTrades(Side.Sell, Price, 100)));
        Assert.Equal(0, _rig.State.Queue.Orders);
    }

    [Fact]
    public void In_touch_mode_a_resting_order_waits_until_the_venues_other_side_reaches_it()
    {
        var rig = new SymbolRig(SymbolRig.Btc, RestingFill.Touch);
        rig.Show([(Price, 10)], [(Price + 10, 10)]);
        rig.Submit(account: 1, Side.Buy, Price, lots: 5, meetsVenue: true);

        Assert.Empty(rig.VenueTrades(Side.Sell, Price, 1_000));
        Assert.Equal([(1L, Price, 4L)], Fills(rig.Show([(Price - 10, 10)], [(Price, 4)])));
    }

    [Fact]
    public void What_a_better_order_took_of_a_trade_does_not_fill_another()
    {
        Open(lots: 2);
        Bid(account: 1, lots: 5);
        Bid(account: 2, lots: 4, Price + 1);

        Assert.Equal([(2L, Price + 1, 4L), (1L, Price, 1L)], Fills(_rig.VenueTrades(Side.Sell, Price, 5)));
        Assert.Equal([(1L, Price, 4L)], Fills(_rig.VenueTrades(Side.Sell, Price, 6)));
    }

    [Fact]
    public void Behind_an_iceberg_an_order_waits_for_all_of_it_at_the_venues_price()
    {
        Open(lots: 0);
        _rig.Submit(account: 1, Side.Buy, Price, lots: 10, display: 3, meetsVenue: true);
        Bid(account: 2, lots: 5);

        Assert.Equal([(1L, Price, 3L), (1L, Price, 3L), (1L, Price, 2L)], Fills(_rig.VenueTrades(Side.Sell, Price, 8)));
        Assert.Equal([(1L, Price, 1L), (1L, Price, 1L), (2L, Price, 4L)], Fills(_rig.VenueTrades(Side.Sell, Price, 6)));
    }

    [Fact]
    public void A_trade_while_nothing_may_execute_moves_the_queue_and_fills_nobody()
    {
        Open(lots: 10);
        Bid(account: 1, lots: 5);

        Assert.Empty(Fills(_rig.VenueTrades(Side.Sell, Price, 12, mayFill: false)));
        Assert.Equal([(1L, Price, 1L)], Fills(_rig.VenueTrades(Side.Sell, Price, 1)));
    }

    [Fact]
    public void After_a_restart_an_order_is_where_it_was_in_the_queue()
    {
        Open(lots: 10);
        var id = Bid(account: 1, lots: 5);
        _rig.VenueTrades(Side.Sell, Price, 7);
        _rig.PassSecond();

        var restarted = _rig.Replayed();
        restarted.Queue.Resume();
        Assert.Equal(3, restarted.Queue.Ahead(id));

        restarted.Queue.Show(Side.Buy, Price, 50);
        Assert.Equal(3, restarted.Queue.Ahead(id));
    }

    [Fact]
    public void What_the_venue_lost_while_nobody_listened_shortens_the_queue_once_it_is_no_trade()
    {
        Open(lots: 10);
        var id = Bid(account: 1, lots: 5);
        var restarted = _rig.Replayed();
        restarted.Queue.Resume();

        restarted.Queue.Show(Side.Buy, Price, 4);
        Assert.Equal(10, restarted.Queue.Ahead(id));
        restarted.Queue.Show(Side.Buy, Price, 4);
        Assert.Equal(4, restarted.Queue.Ahead(id));
    }

    [Fact]
    public void A_trade_told_late_after_a_restart_counts_once()
    {
        Open(lots: 10);
        var id = Bid(account: 1, lots: 5);
        var restarted = _rig.Replayed();
        restarted.Queue.Resume();

        restarted.Queue.Show(Side.Buy, Price, 7);
        restarted.Queue.Trade(Side.Sell, Price, 3, 3);
        restarted.Queue.Show(Side.Buy, Price, 7);
        Assert.Equal(7, restarted.Queue.Ahead(id));
    }

    [Fact]
    public void An_order_that_came_while_the_venue_was_not_heard_stands_behind_what_it_shows_then()
    {
        Open(lots: 10);
        _rig.Venue.SetState(FeedState.Stale, _rig.NowMs);
        var id = Bid(account: 1, lots: 5);
        Assert.Null(_rig.State.Queue.Ahead(id));

        _rig.Show([(Price, 30)], [(Price + 10, 10)]);

        Assert.Equal(30, _rig.State.Queue.Ahead(id));
        Assert.Equal(30, _rig.Replayed().Queue.Ahead(id));
    }

    [Fact]
    public void An_order_that_still_waits_for_its_place_waits_after_a_restart_too()
    {
        var id = Bid(account: 1, lots: 5);
        Assert.Null(_rig.Replayed().Queue.Ahead(id));
        Assert.Null(_rig.RestoredFrom(SymbolSnapshot.Write(_rig.State), _rig.Journal.Count).Queue.Ahead(id));
        _rig.VenueTrades(Side.Sell, Price, 8);
        Assert.Null(_rig.State.Queue.Ahead(id));
    }

    [Fact]
    public void Orders_of_a_journal_without_queues_get_a_place_with_the_next_book()
    {
        var touch = new SymbolRig(SymbolRig.Btc, RestingFill.Touch);
        var events = touch.Submit(account: 1, Side.Buy, Price, lots: 5);
        var id = events.OfType<OrderAccepted>().Single().OrderId;
        var state = new SymbolState(SymbolRig.Btc);
        state.Replay(1, EventCodec.Decode(touch.Journal[0]));
        var desk = new OrderDesk(state);

        desk.Begin(2, touch.NowMs);
        desk.QueueThoseWithoutPlace();
        Assert.Equal([new OrderQueued(id, OrderQueued.NotKnownYet)], desk.End());

        state.Venue.ApplySnapshot([new DepthLevel(Price, 8)], [], 1);
        state.Queue.Show(state.Venue);
        desk.Begin(3, touch.NowMs);
        desk.PlaceThoseThatWaited();
        Assert.Equal([new OrderQueued(id, 8)], desk.End());
    }

    [Fact]
    public void A_queue_at_the_front_writes_nothing_to_the_journal()
    {
        Open(lots: 0);
        Bid(account: 1, lots: 500);
        _rig.VenueTrades(Side.Sell, Price, 1);
        var records = _rig.Journal.Count;

        _rig.PassSecond();
        Assert.Equal(records, _rig.Journal.Count);
    }

    [Fact]
    public void What_users_took_of_a_level_is_still_taken_after_a_restart_until_the_venue_refreshes_it()
    {
        _rig.Show([(Price - 10, 20)], [(Price, 10), (Price + 1, 10), (Price + 2, 10)]);
        _rig.Submit(account: 1, Side.Buy, Price + 1, lots: 13, timeInForce: TimeInForce.ImmediateOrCancel, meetsVenue: true);

        foreach (var restarted in new[] { _rig.Replayed(), _rig.RestoredFrom(SymbolSnapshot.Write(_rig.State), _rig.Journal.Count) })
        {
            restarted.Venue.ApplySnapshot([new DepthLevel(Price - 10, 20)], [new DepthLevel(Price, 10), new DepthLevel(Price + 1, 11)], 1);
            Assert.Equal((0, 11), (restarted.Venue.LotsAt(Side.Sell, Price), restarted.Venue.LotsAt(Side.Sell, Price + 1)));
            Assert.Equal((Price + 1, 20), (restarted.Venue.BestPrice(Side.Sell), restarted.Venue.BestLots(Side.Buy)));

            restarted.Venue.Apply(Side.Sell, Price, 10, 2);
            Assert.Equal(10, restarted.Venue.LotsAt(Side.Sell, Price));
        }
    }

    private void Open(long lots) => _rig.Show(lots == 0 ? [(Price - 5, 1)] : [(Price, lots)], [(Price + 10, 10)]);

    private long Bid(long account, long lots, long price = Price) =>
        _rig.Submit(account, Side.Buy, price, lots, meetsVenue: true).OfType<OrderAccepted>().Single().OrderId;

    private static List<(long Account, long Price, long Lots)> Fills(IEnumerable<DomainEvent> events) =>
        [.. events.OfType<Traded>().Select(trade => (trade.MakerAccount, trade.PriceTicks, trade.Lots))];
}
