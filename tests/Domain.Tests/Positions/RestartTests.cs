using Exchange.Domain.Encoding;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Positions;

/// <summary>What was armed before a restart fires after it, whether the book comes from its journal or from a snapshot.</summary>
public sealed class RestartTests
{
    private readonly Floor _floor = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Everything_waits_on_where_it_waited(bool fromJournal)
    {
        var stop = Open(new PositionLevels(StopLossTicks: 23_000));
        var sameLevel = Open(new PositionLevels(StopLossTicks: 23_000));
        var trailing = Open(new PositionLevels(TrailUnit: TrailUnit.Ticks, TrailDistance: 300));
        _floor.Mark(24_001);
        var armedHigher = Open(new PositionLevels(TrailUnit: TrailUnit.BasisPoints, TrailDistance: 100));
        var expiring = Open(new PositionLevels(ExpiresAtMs: _floor.NowMs + 1_000));

        var book = fromJournal ? _floor.Replayed() : _floor.Restored();

        Assert.Equal(PositionBookSnapshot.Write(_floor.Book), PositionBookSnapshot.Write(book));
        _floor.NowMs += 1_000;
        Assert.Equal(
            [
                (armedHigher, CloseCause.TrailingStop, 23_760),
                (trailing, CloseCause.TrailingStop, 23_700),
                (stop, CloseCause.StopLoss, 23_000),
                (sameLevel, CloseCause.StopLoss, 23_000),
                (expiring, CloseCause.Expiry, 0),
            ],
            ClosedBy(book, 22_500));
    }

    [Fact]
    public void A_price_that_moved_through_a_level_while_nobody_watched_fires_it_at_once()
    {
        var stop = Open(new PositionLevels(StopLossTicks: 23_000));
        var book = _floor.Restored();

        Assert.Equal([(stop, CloseCause.StopLoss, 23_000)], ClosedBy(book, 22_000, from: 22_000));
    }

    [Fact]
    public void Each_account_finds_its_own_in_the_order_in_which_they_came()
    {
        var first = _floor.Open(PositionSide.Long, 1_000, 1);
        _floor.Open(PositionSide.Long, 1_000, 1, account: Floor.Bob);
        var closed = _floor.Open(PositionSide.Short, 1_000, 1);
        var last = _floor.Open(PositionSide.Long, 2_000, 1);
        _floor.Close(closed.Id);

        foreach (var book in new[] { _floor.Book, _floor.Restored(), _floor.Replayed() })
        {
            Assert.Equal([first.Id, last.Id], book.Of(Floor.Ann).Select(position => position.Id));
            Assert.Single(book.Of(Floor.Bob));
            Assert.Empty(book.Of(3));
        }
    }

    [Fact]
    public void A_position_that_was_closing_is_closing_still()
    {
        var position = Open(new PositionLevels(StopLossTicks: 23_000));
        _floor.HasLiquidity = false;
        _floor.Mark(22_000);

        foreach (var book in new[] { _floor.Restored(), _floor.Replayed() })
        {
            var closing = Assert.Single(book.Closing);
            Assert.Equal((position, PositionState.Closing, CloseCause.StopLoss), (closing.Id, closing.State, closing.Cause));
            Assert.Empty(ClosedBy(book, 20_000));
        }
    }

    [Fact]
    public void A_closed_position_is_known_as_closed()
    {
        var position = Open(default);
        _floor.Close(position);

        Assert.True(_floor.Restored().HasClosed(position, Floor.Ann));
        Assert.True(_floor.Replayed().HasClosed(position, Floor.Ann));
        Assert.False(_floor.Replayed().HasClosed(position, Floor.Bob));
    }

    [Fact]
    public void An_order_that_follows_goes_on_from_its_anchor()
    {
        var order = new ConditionalArmed(
            _floor.NextId(), Floor.Ann, "", ConditionalType.TakeProfit, Side.Sell, TimeInForce.GoodTillCancelled,
            24_000, 100, 0, 0, 5, 0, 0, SelfTradePrevention.None, 0);
        _floor.Conditionals.Arm(order, _floor.Quotes);
        _floor.Mark(25_001);

        foreach (var book in new[] { _floor.Restored(), _floor.Replayed() })
        {
            Assert.True(book.Watches.Bid.TryGet(order.OrderId, TriggerSlots.Conditional, out TrailingStop stop));
            Assert.Equal((25_000, 24_750), (stop.Anchor, stop.Level));
        }
    }

    [Fact]
    public void A_damaged_snapshot_is_an_error()
    {
        Open(new PositionLevels(StopLossTicks: 23_000));
        var bytes = PositionBookSnapshot.Write(_floor.Book);

        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<CorruptDataException>(() => Read(bytes.AsSpan(0, length)));
    }

    private static void Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        PositionBookSnapshot.Read(ref reader, new PositionBook(Floor.Sol));
    }

    private long Open(PositionLevels levels) => _floor.Open(PositionSide.Long, 1_000, 2, levels).Id;

    private List<(long Id, CloseCause Cause, long Level)> ClosedBy(PositionBook book, long bid, long from = 24_000)
    {
        var closing = new List<PositionClosing>();
        var ticks = new TickDesk(book, happened =>
        {
            book.Apply(happened, _floor.NowMs);
            closing.Add(Assert.IsType<PositionClosing>(happened));
        });
        ticks.Tick(new MarketTick(PricePath.At(from).To(bid), null, null), _floor.NowMs);
        return [.. closing.Select(e => (e.PositionId, e.Cause, e.LevelTicks))];
    }
}
