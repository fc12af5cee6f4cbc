using Exchange.Domain.Events;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Tests.Positions;

public sealed class OwnerRequestTests
{
    private readonly Floor _floor = new();

    [Fact]
    public void The_same_change_again_does_not_undo_a_later_one()
    {
        var position = _floor.Open(PositionSide.Long, 1_000, 1);
        Assert.Equal(Reason.None, Change(position, 23_000, "one"));
        Assert.Equal(Reason.None, Change(position, 23_100, "two"));

        Assert.Equal(Reason.None, Change(position, 23_000, "one"));

        Assert.Equal(23_100, position.Levels.StopLossTicks);
    }

    [Fact]
    public void The_same_id_with_other_levels_is_refused()
    {
        var position = _floor.Open(PositionSide.Long, 1_000, 1);
        Change(position, 23_000, "one");

        Assert.Equal(Reason.DuplicateRequest, Change(position, 23_100, "one"));

        Assert.Equal(23_000, position.Levels.StopLossTicks);
    }

    [Fact]
    public void A_close_is_remembered_under_its_id_and_for_its_owner_only()
    {
        var position = _floor.Open(PositionSide.Long, 1_000, 1);
        _floor.Desk.Exited(position.Id, new MarketFill(1_000, Floor.Sol.NotionalOf(23_599, 1_000)), askedLots: 1_000, "part");

        Assert.Equal(Reason.None, _floor.Desk.ClosedBefore(Floor.Ann, position.Id, 1_000, "part", out var exit));
        Assert.Equal(1_000, Assert.IsType<PositionReduced>(exit).Exit.Lots);
        Assert.Equal(Reason.DuplicateRequest, _floor.Desk.ClosedBefore(Floor.Ann, position.Id, 2_000, "part", out _));
        _floor.Desk.ClosedBefore(Floor.Bob, position.Id, 1_000, "part", out var foreign);
        Assert.Null(foreign);
    }

    [Fact]
    public void What_is_remembered_survives_snapshot_and_replay()
    {
        var position = _floor.Open(PositionSide.Long, 1_000, 1);
        Change(position, 23_000, "one");
        _floor.Desk.Exited(position.Id, new MarketFill(position.Lots, Floor.Sol.NotionalOf(23_599, position.Lots)), 0, "all");

        foreach (var book in new[] { _floor.Replayed(), _floor.Restored() })
        {
            Assert.True(book.Requests.TryGet(Floor.Ann, "one", out _));
            Assert.True(book.Requests.TryGet(Floor.Ann, "all", out var exit));
            Assert.Equal(position.Id, Assert.IsType<PositionClosed>(exit).PositionId);
            Assert.Equal(PositionBookSnapshot.Write(_floor.Book), PositionBookSnapshot.Write(book));
        }
    }

    [Fact]
    public void The_oldest_id_is_free_again_for_the_newest()
    {
        var requests = new OwnerRequests(2);
        foreach (var id in new[] { "a", "b", "c" })
            requests.Note(new PositionChanged(1, 1, default, 0, id));

        Assert.False(requests.TryGet(1, "a", out _));
        Assert.True(requests.TryGet(1, "c", out _));
    }

    [Fact]
    public void A_gap_through_stop_and_liquidation_fires_once_and_says_what_it_met()
    {
        var position = _floor.Open(PositionSide.Long, 1_000, 50, new PositionLevels(StopLossTicks: 23_400));
        var liquidation = position.LiquidationTicks(Floor.Sol);

        var closed = Assert.Single(_floor.Mark(20_000).OfType<PositionClosed>());

        Assert.Equal((CloseCause.Liquidation, liquidation, 20_000L), (closed.Cause, closed.LevelTicks, closed.PriceTicks));
        Assert.Empty(_floor.Mark(19_000).OfType<PositionClosed>());
    }

    [Fact]
    public void A_stop_tells_its_level_and_the_price_that_reached_it_also_when_it_closes_late()
    {
        _floor.Open(PositionSide.Long, 1_000, 1, new PositionLevels(StopLossTicks: 23_400));
        _floor.HasLiquidity = false;
        Assert.Empty(_floor.Mark(23_390).OfType<PositionClosed>());
        var restored = _floor.Restored();
        _floor.HasLiquidity = true;

        var closed = Assert.Single(_floor.Mark(23_500).OfType<PositionClosed>());

        Assert.Equal((CloseCause.StopLoss, 23_400L, 23_389L), (closed.Cause, closed.LevelTicks, closed.PriceTicks));
        Assert.Equal((23_400L, 23_389L), Assert.Single(restored.Closing) is { } late ? (late.CauseLevelTicks, late.CausePriceTicks) : default);
    }

    private Reason Change(Position position, long stopLoss, string id) => _floor.Desk.Change(
        Floor.Ann, position.Id, new PositionLevels(StopLossTicks: stopLoss), _floor.Quotes, _floor.NowMs, id);
}
