using Exchange.Domain.Events;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Positions;

/// <summary>
/// When and why positions close. Each is 1,000 of margin at 10x, entered at 236.00: a long is liquidated at 212.40, a short
/// entered at 235.99 at 259.58 and a bit.
/// </summary>
public sealed class ClosingTests
{
    private readonly Floor _floor = new();

    [Fact]
    public void A_long_stops_at_its_level_on_the_bid()
    {
        var position = Long(stopLoss: 23_000);

        Assert.Empty(_floor.Move(bid: 23_001, ask: 23_002, mark: 22_900));
        AssertClosed(_floor.Move(bid: 23_000, ask: 23_002, mark: 22_900), position, CloseCause.StopLoss, level: 23_000, price: 23_000);
    }

    [Fact]
    public void A_short_stops_at_its_level_on_the_ask()
    {
        var position = Short(stopLoss: 24_000);

        Assert.Empty(_floor.Move(bid: 23_998, ask: 23_999, mark: 24_100));
        AssertClosed(_floor.Move(bid: 23_998, ask: 24_005, mark: 24_100), position, CloseCause.StopLoss, level: 24_000, price: 24_005);
    }

    [Fact]
    public void A_target_is_taken_with_its_profit()
    {
        var position = Long(takeProfit: 24_000);

        var closed = AssertClosed(_floor.Mark(24_001), position, CloseCause.TakeProfit, level: 24_000, price: 24_000);

        Assert.Equal(42_372, closed.Exit.Lots);
        Assert.Equal(169.488m, closed.Exit.Profit);
        Assert.Equal(1_169.488m, closed.Exit.Payout);
    }

    [Fact]
    public void A_short_takes_its_target_below()
    {
        var position = Short(takeProfit: 23_100);

        AssertClosed(_floor.Mark(23_000), position, CloseCause.TakeProfit, level: 23_100, price: 23_000);
    }

    [Fact]
    public void A_trailing_stop_gives_back_no_more_than_its_distance()
    {
        var position = Long(trail: 100);

        Assert.Empty(_floor.Mark(24_001));
        Assert.Empty(_floor.Mark(23_902));
        AssertClosed(_floor.Mark(23_901), position, CloseCause.TrailingStop, level: 23_900, price: 23_900);
    }

    [Fact]
    public void A_short_trails_the_lowest_ask()
    {
        var position = Short(trail: 100);

        Assert.Empty(_floor.Mark(23_200));
        AssertClosed(_floor.Mark(23_300), position, CloseCause.TrailingStop, level: 23_300, price: 23_300);
    }

    [Fact]
    public void Liquidation_looks_at_the_mark_price_only()
    {
        var position = Long();

        Assert.Empty(_floor.Move(bid: 20_000, ask: 20_001, mark: 21_241));
        var closed = AssertClosed(
            _floor.Move(bid: 21_239, ask: 21_241, mark: 21_239), position, CloseCause.Liquidation, level: 21_239, price: 21_239);
        Assert.True(closed.Exit.Payout < 1);
    }

    [Fact]
    public void A_loss_beyond_the_margin_is_the_houses()
    {
        var position = Long();

        var closed = AssertClosed(_floor.Mark(20_001), position, CloseCause.Liquidation, level: 21_239, price: 20_001);

        Assert.Equal(-1_525.392m, closed.Exit.Profit);
        Assert.Equal((0m, 525.392m), (closed.Exit.Payout, closed.Exit.Shortfall));
    }

    [Fact]
    public void A_gap_through_stop_and_liquidation_is_one_liquidation()
    {
        var position = Long(stopLoss: 22_000);

        var events = _floor.Mark(20_001);

        AssertClosed(events, position, CloseCause.Liquidation, level: 21_239, price: 20_001);
        Assert.Single(events.OfType<PositionClosing>());
    }

    [Fact]
    public void A_stop_that_still_saves_something_is_the_cause_even_if_the_mark_price_went_further()
    {
        var position = Long(stopLoss: 22_000);

        var events = _floor.Move(bid: 21_900, ask: 21_901, mark: 21_000);

        AssertClosed(events, position, CloseCause.StopLoss, level: 22_000, price: 21_900);
        Assert.Single(events.OfType<PositionClosing>());
    }

    [Fact]
    public void A_crash_that_recovers_within_one_tick_is_a_stop()
    {
        var position = Long(stopLoss: 22_000);
        var crash = new PricePath(23_599, 20_000, 23_599, 23_500);

        var events = _floor.Tick(new MarketTick(crash, null, crash with { From = 23_600 }), new Quotes(23_500, 23_501, 23_500));

        AssertClosed(events, position, CloseCause.StopLoss, level: 22_000, price: 20_000);
    }

    [Fact]
    public void Of_a_stop_and_a_trailing_stop_the_one_reached_first_is_the_cause()
    {
        var one = Long(stopLoss: 23_000, trail: 100);
        var other = Long(stopLoss: 23_550, trail: 100);

        var events = _floor.Move(bid: 22_000, ask: 22_001, mark: 21_000);

        Assert.Equal(
            [(other.Id, CloseCause.StopLoss, 23_550L), (one.Id, CloseCause.TrailingStop, 23_499L)],
            events.OfType<PositionClosing>().Select(e => (e.PositionId, e.Cause, e.LevelTicks)).OrderByDescending(e => e.LevelTicks));
    }

    [Fact]
    public void A_liquidation_without_a_stop_in_its_way_stays_one_though_the_bid_is_better()
    {
        var position = Long();

        var events = _floor.Move(bid: 21_900, ask: 21_901, mark: 21_000);

        AssertClosed(events, position, CloseCause.Liquidation, level: 21_239, price: 21_000);
    }

    [Theory]
    [InlineData(23_650, CloseCause.StopLoss)]
    [InlineData(23_590, CloseCause.TakeProfit)]
    public void A_path_through_stop_and_target_takes_the_one_it_reached_first(long last, CloseCause expected)
    {
        var position = Long(stopLoss: 23_500, takeProfit: 23_700);
        var path = new PricePath(23_599, 23_400, 23_800, last);

        var events = _floor.Tick(new MarketTick(path, null, null), new Quotes(last, last + 1, 23_600));

        Assert.Equal(expected, Assert.Single(events.OfType<PositionClosing>()).Cause);
        Assert.Equal(expected, Assert.Single(events.OfType<PositionClosed>()).Cause);
        Assert.False(_floor.Book.TryGet(position.Id, out _));
    }

    [Fact]
    public void A_position_expires_at_its_time()
    {
        var position = _floor.Open(PositionSide.Long, 1_000, 10, new PositionLevels(ExpiresAtMs: _floor.NowMs + 1_000));

        _floor.NowMs += 999;
        Assert.Empty(_floor.Mark(23_600));
        _floor.NowMs += 1;
        AssertClosed(_floor.Mark(23_600), position, CloseCause.Expiry, level: 0, price: 0);
    }

    [Fact]
    public void Positions_expire_without_any_price()
    {
        var position = _floor.Open(PositionSide.Long, 1_000, 10, new PositionLevels(ExpiresAtMs: _floor.NowMs + 1_000));
        _floor.NowMs += 5_000;

        AssertClosed(_floor.Tick(default, _floor.Quotes), position, CloseCause.Expiry, level: 0, price: 0);
    }

    [Fact]
    public void A_gap_closes_many_in_the_order_of_their_levels()
    {
        var first = Long(stopLoss: 23_500);
        var third = Long(stopLoss: 23_300);
        var second = Long(stopLoss: 23_400);

        var closed = _floor.Mark(23_001).OfType<PositionClosing>().Select(e => e.PositionId);

        Assert.Equal([first.Id, second.Id, third.Id], closed);
    }

    [Fact]
    public void A_closing_position_that_finds_no_other_side_waits_and_closes_once()
    {
        var position = Long(stopLoss: 23_500);
        _floor.HasLiquidity = false;
        var closing = Assert.Single(_floor.Mark(23_401));
        Assert.IsType<PositionClosing>(closing);

        Assert.Empty(_floor.Mark(23_000));
        _floor.HasLiquidity = true;
        var closed = Assert.IsType<PositionClosed>(Assert.Single(_floor.Mark(23_101)));
        Assert.Equal((position.Id, CloseCause.StopLoss, 788.14m), (closed.PositionId, closed.Cause, closed.Exit.Payout));
    }

    [Fact]
    public void A_closing_that_fills_in_parts_pays_once_for_all_of_them()
    {
        var position = Long(stopLoss: 23_500);
        _floor.HasLiquidity = false;
        _floor.Mark(23_401);

        Assert.Equal(Reason.None, _floor.Desk.Exited(position.Id, new MarketFill(20_000, Floor.Sol.NotionalOf(23_400, 20_000))));
        Assert.Equal(22_372, _floor.Desk.ExitOrder(position, 0, _floor.Quotes).Lots);
        Assert.Equal(Reason.None, _floor.Desk.Exited(position.Id, new MarketFill(22_372, Floor.Sol.NotionalOf(10_000, 22_372))));

        var closed = Assert.IsType<PositionClosed>(_floor.Events[^1]);
        Assert.Equal(-3_082.592m, closed.Exit.Profit);
        Assert.Equal((0m, 2_082.592m), (closed.Exit.Payout, closed.Exit.Shortfall));
        Assert.Empty(_floor.Book.Closing);
    }

    [Fact]
    public void Closing_a_part_pays_that_part_and_leaves_the_rest_open_and_armed()
    {
        var position = Long(stopLoss: 23_000);
        _floor.Mark(24_001);

        Assert.Equal(Reason.None, _floor.Close(position.Id, 21_186));

        var reduced = Assert.IsType<PositionReduced>(_floor.Events[^1]);
        Assert.Equal((84.744m, 500m, 584.744m), (reduced.Exit.Profit, reduced.Exit.MarginReleased, reduced.Exit.Payout));
        Assert.Equal((21_186L, 500m, PositionState.Open), (position.Lots, position.Margin, position.State));
        var closed = AssertClosed(_floor.Mark(23_001), position, CloseCause.StopLoss, level: 23_000, price: 23_000);
        Assert.Equal(-42.372m, closed.TotalProfit);
        Assert.Equal(reduced.Exit.Payout + closed.Exit.Payout, closed.TotalPayout);
    }

    [Fact]
    public void Adding_margin_moves_the_liquidation_away_once()
    {
        var position = Long();

        Assert.Equal(Reason.None, _floor.Desk.AddMargin(Floor.Ann, position.Id, requestId: 5, 500));
        Assert.Equal(Reason.None, _floor.Desk.AddMargin(Floor.Ann, position.Id, requestId: 5, 500));

        Assert.Equal(1_500, position.Margin);
        Assert.Equal(20_059, position.LiquidationTicks(Floor.Sol));
        Assert.Empty(_floor.Mark(21_000));
        Assert.Single(_floor.Mark(20_059).OfType<PositionClosed>());
    }

    [Fact]
    public void Changed_levels_replace_the_old_ones()
    {
        var position = Long(stopLoss: 23_000, trail: 300);

        Assert.Equal(Reason.None, _floor.Change(position, new PositionLevels(StopLossTicks: 23_200, TakeProfitTicks: 24_000)));

        AssertClosed(_floor.Mark(23_201), position, CloseCause.StopLoss, level: 23_200, price: 23_200);
    }

    [Fact]
    public void A_trailing_stop_goes_on_following_when_something_else_changes()
    {
        var position = Long(trail: 100);
        _floor.Mark(24_001);
        _floor.Mark(23_951);

        Assert.Equal(Reason.None, _floor.Change(position, new PositionLevels(0, 25_000, TrailUnit.Ticks, 100)));
        Assert.Equal(23_900, _floor.Book.TrailingLevel(position));
        Assert.Equal(Reason.None, _floor.Change(position, new PositionLevels(0, 25_000, TrailUnit.Ticks, 200)));
        Assert.Equal(23_750, _floor.Book.TrailingLevel(position));
    }

    [Fact]
    public void Funding_comes_out_of_the_margin_and_brings_liquidation_nearer()
    {
        var floor = new Floor(new CfdTerms { FundingIntervalMs = 3_600_000, FundingRate = 0.001m });
        var payer = floor.Open(PositionSide.Long, 1_000, 10);
        var receiver = floor.Open(PositionSide.Short, 1_000, 10);
        floor.NowMs += 3_600_000;

        floor.Desk.PayFunding(floor.NowMs, 23_600);
        floor.Desk.PayFunding(floor.NowMs + 10, 23_600);

        Assert.Equal(990.000208m, payer.Margin);
        Assert.Equal(1_010.000264m, receiver.Margin);
        Assert.Equal(21_263, payer.LiquidationTicks(Floor.Sol));
        Assert.Equal(2, floor.Events.OfType<FundingPaid>().Count());
        floor.Book.Validate();
    }

    [Fact]
    public void A_position_takes_no_part_in_a_round_that_fell_due_before_it()
    {
        var floor = new Floor(new CfdTerms { FundingIntervalMs = 3_600_000, FundingRate = 0.001m });
        floor.NowMs = floor.NowMs / 3_600_000 * 3_600_000;
        floor.Open(PositionSide.Long, 1_000, 10);

        floor.Desk.PayFunding(floor.NowMs + 60_000, 23_600);

        Assert.Empty(floor.Events.OfType<FundingPaid>());
    }

    [Fact]
    public void Fees_are_taken_on_the_way_in_and_out()
    {
        var floor = new Floor(new CfdTerms { EntryFeeBps = 4, ExitFeeBps = 5 });
        var position = floor.Open(PositionSide.Long, 1_000, 10);

        Assert.Equal(3.99991680m, position.Opened.EntryFee);
        Assert.Equal(Reason.None, floor.Close(position.Id));
        var closed = Assert.IsType<PositionClosed>(floor.Events[^1]);
        Assert.Equal((-0.42372m, 4.99968414m), (closed.Exit.Profit, closed.Exit.Fee));
        Assert.Equal(1_000 - 0.42372m - 4.99968414m, closed.Exit.Payout);
        Assert.Equal(8.99960094m, closed.TotalFees);
    }

    private Position Long(long stopLoss = 0, long takeProfit = 0, long trail = 0) =>
        Open(PositionSide.Long, stopLoss, takeProfit, trail);

    private Position Short(long stopLoss = 0, long takeProfit = 0, long trail = 0) =>
        Open(PositionSide.Short, stopLoss, takeProfit, trail);

    private Position Open(PositionSide side, long stopLoss, long takeProfit, long trail) => _floor.Open(
        side, 1_000, 10, new PositionLevels(stopLoss, takeProfit, trail > 0 ? TrailUnit.Ticks : TrailUnit.None, trail));

    private PositionClosed AssertClosed(List<DomainEvent> events, Position position, CloseCause cause, long level, long price)
    {
        var closing = Assert.Single(events.OfType<PositionClosing>());
        Assert.Equal(new PositionClosing(position.Id, Floor.Ann, cause, level, price), closing);
        var closed = Assert.Single(events.OfType<PositionClosed>());
        Assert.Equal((position.Id, cause), (closed.PositionId, closed.Cause));
        Assert.False(_floor.Book.TryGet(position.Id, out _));
        return closed;
    }
}
