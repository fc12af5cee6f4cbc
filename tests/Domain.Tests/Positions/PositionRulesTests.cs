using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Tests.Positions;

/// <summary>What may be asked for, and that a refusal changes nothing. The bid is 235.99, ask and mark are 236.00.</summary>
public sealed class PositionRulesTests
{
    private readonly Floor _floor = new();

    [Theory]
    [InlineData(0, Reason.InvalidLeverage)]
    [InlineData(9, Reason.InvalidLeverage)]
    [InlineData(10, Reason.None)]
    [InlineData(1_000, Reason.None)]
    [InlineData(1_001, Reason.InvalidLeverage)]
    public void Leverage_goes_from_1_to_the_markets_largest(int tenths, Reason expected)
    {
        var request = new OpenPosition(_floor.NextId(), Floor.Ann, "", PositionSide.Long, 100, new Leverage(tenths), default);

        Assert.Equal(expected, _floor.Desk.CheckOpen(request, _floor.Quotes, _floor.NowMs));
    }

    [Fact]
    public void Leverage_that_the_maintenance_margin_would_use_up_at_once_is_refused()
    {
        var floor = new Floor(new CfdTerms { MaintenanceBps = 100 });

        Assert.Equal(Reason.InvalidLeverage, floor.TryOpen(PositionSide.Long, 100, leverage: 100));
        Assert.Equal(Reason.None, floor.TryOpen(PositionSide.Long, 100, leverage: 99));
    }

    [Theory]
    [InlineData(0, Reason.InvalidAmount)]
    [InlineData(-1, Reason.InvalidAmount)]
    [InlineData(0.000000001, Reason.InvalidAmount)]
    [InlineData(0.99, Reason.MarginTooSmall)]
    [InlineData(4.9, Reason.MarginTooSmall)]
    [InlineData(6, Reason.None)]
    [InlineData(90_000_000, Reason.FilterLotSize)]
    public void Margin_must_buy_something_and_not_too_much(double margin, Reason expected) =>
        Refuses(expected, () => _floor.TryOpen(PositionSide.Long, (decimal)margin, leverage: 1));

    [Theory]
    [InlineData(PositionSide.Long, 23_598, Reason.None)]
    [InlineData(PositionSide.Long, 23_599, Reason.StopLossWrongSide)]
    [InlineData(PositionSide.Long, 24_000, Reason.StopLossWrongSide)]
    [InlineData(PositionSide.Long, 21_239, Reason.StopLossBeyondLiquidation)]
    [InlineData(PositionSide.Long, 21_240, Reason.None)]
    [InlineData(PositionSide.Long, -1, Reason.InvalidPrice)]
    [InlineData(PositionSide.Short, 23_601, Reason.None)]
    [InlineData(PositionSide.Short, 23_600, Reason.StopLossWrongSide)]
    [InlineData(PositionSide.Short, 25_959, Reason.StopLossBeyondLiquidation)]
    [InlineData(PositionSide.Short, 25_958, Reason.None)]
    public void A_stop_loss_is_between_the_price_and_liquidation(PositionSide side, long ticks, Reason expected) =>
        Refuses(expected, () => _floor.TryOpen(side, 10_000, leverage: 10, new PositionLevels(StopLossTicks: ticks)));

    [Theory]
    [InlineData(PositionSide.Long, 23_600, Reason.None)]
    [InlineData(PositionSide.Long, 23_599, Reason.TakeProfitWrongSide)]
    [InlineData(PositionSide.Long, 10_000_001, Reason.InvalidPrice)]
    [InlineData(PositionSide.Short, 23_599, Reason.None)]
    [InlineData(PositionSide.Short, 23_600, Reason.TakeProfitWrongSide)]
    public void A_take_profit_is_on_the_winning_side(PositionSide side, long ticks, Reason expected) =>
        Refuses(expected, () => _floor.TryOpen(side, 10_000, leverage: 10, new PositionLevels(TakeProfitTicks: ticks)));

    [Theory]
    [InlineData(TrailUnit.None, 1, Reason.InvalidTrailing)]
    [InlineData(TrailUnit.Ticks, 0, Reason.InvalidTrailing)]
    [InlineData(TrailUnit.Ticks, 23_599, Reason.InvalidTrailing)]
    [InlineData(TrailUnit.Ticks, 23_598, Reason.None)]
    [InlineData(TrailUnit.BasisPoints, 10_000, Reason.InvalidTrailing)]
    [InlineData(TrailUnit.BasisPoints, 9_999, Reason.None)]
    [InlineData((TrailUnit)3, 5, Reason.InvalidTrailing)]
    public void A_trailing_distance_is_above_zero_and_below_the_price(TrailUnit unit, long distance, Reason expected) =>
        Refuses(expected, () => _floor.TryOpen(
            PositionSide.Long, 10_000, leverage: 10, new PositionLevels(TrailUnit: unit, TrailDistance: distance)));

    [Theory]
    [InlineData(0, Reason.InvalidExpiry)]
    [InlineData(1, Reason.None)]
    [InlineData(2_592_000_000, Reason.None)]
    [InlineData(2_592_000_001, Reason.InvalidExpiry)]
    public void An_expiry_is_in_the_future_and_not_too_far(long fromNowMs, Reason expected) =>
        Refuses(expected, () => _floor.TryOpen(
            PositionSide.Long, 10_000, leverage: 10, new PositionLevels(ExpiresAtMs: _floor.NowMs + fromNowMs)));

    [Fact]
    public void Without_a_price_nothing_is_opened()
    {
        _floor.Tick(default, new Quotes(23_599, 0, 23_600));
        Refuses(Reason.NoLiquidity, () => _floor.TryOpen(PositionSide.Long, 10_000, leverage: 10));
        _floor.Tick(default, new Quotes(23_599, 23_600, 0));
        Refuses(Reason.NoLiquidity, () => _floor.TryOpen(PositionSide.Long, 10_000, leverage: 10));
    }

    [Fact]
    public void A_price_too_far_from_the_mark_is_refused()
    {
        _floor.Tick(default, new Quotes(23_599, 24_781, 23_600));
        Refuses(Reason.SlippageTooLarge, () => _floor.TryOpen(PositionSide.Long, 10_000, leverage: 10));
        _floor.Tick(default, new Quotes(23_599, 24_780, 23_600));
        Refuses(Reason.None, () => _floor.TryOpen(PositionSide.Long, 10_000, leverage: 10));
    }

    [Fact]
    public void A_position_that_the_market_gave_nothing_for_is_not_opened()
    {
        _floor.HasLiquidity = false;

        Refuses(Reason.SlippageTooLarge, () => _floor.TryOpen(PositionSide.Long, 10_000, leverage: 10));
        Assert.True(_floor.Book.IsEmpty);
    }

    [Fact]
    public void A_foreign_position_is_as_unknown_as_one_that_never_was()
    {
        var position = _floor.Open(PositionSide.Long, 100, 10);

        Refuses(Reason.UnknownPosition, () => _floor.Close(position.Id, account: Floor.Bob));
        Refuses(Reason.UnknownPosition, () => _floor.Change(position, default, account: Floor.Bob));
        Refuses(Reason.UnknownPosition, () => _floor.Desk.AddMargin(Floor.Bob, position.Id, 9, 10));
        Refuses(Reason.UnknownPosition, () => _floor.Close(position.Id + 1));
    }

    [Fact]
    public void A_closed_position_cannot_be_closed_again_or_changed()
    {
        var position = _floor.Open(PositionSide.Long, 100, 10);
        Assert.Equal(Reason.None, _floor.Close(position.Id));

        Refuses(Reason.PositionAlreadyClosed, () => _floor.Close(position.Id));
        Refuses(Reason.PositionAlreadyClosed, () => _floor.Change(position, new PositionLevels(StopLossTicks: 23_000)));
        Refuses(Reason.PositionAlreadyClosed, () => _floor.Desk.AddMargin(Floor.Ann, position.Id, 9, 10));
        Refuses(Reason.UnknownPosition, () => _floor.Close(position.Id, account: Floor.Bob));
    }

    [Fact]
    public void A_closing_position_cannot_be_changed()
    {
        var position = _floor.Open(PositionSide.Long, 100, 10, new PositionLevels(StopLossTicks: 23_000));
        _floor.HasLiquidity = false;
        _floor.Mark(22_900);

        Refuses(Reason.PositionClosing, () => _floor.Close(position.Id));
        Refuses(Reason.PositionClosing, () => _floor.Change(position, default));
        Refuses(Reason.PositionClosing, () => _floor.Desk.AddMargin(Floor.Ann, position.Id, 9, 10));
        Refuses(Reason.PositionClosing, () => _floor.Desk.CloseByOperator(position.Id));
    }

    [Theory]
    [InlineData(-1, Reason.InvalidQuantity)]
    [InlineData(4_238, Reason.InvalidQuantity)]
    [InlineData(4_237, Reason.None)]
    [InlineData(4_236, Reason.None)]
    public void So_many_lots_can_be_closed_as_there_are(long lots, Reason expected)
    {
        var position = _floor.Open(PositionSide.Long, 100, 10);
        Assert.Equal(4_237, position.Lots);

        Refuses(expected, () => _floor.Close(position.Id, lots));
    }

    [Fact]
    public void A_stop_loss_that_the_price_has_come_near_to_may_stay_when_something_else_changes()
    {
        var position = _floor.Open(PositionSide.Long, 100, 10, new PositionLevels(StopLossTicks: 23_500));
        _floor.Tick(default, new Quotes(23_400, 23_401, 23_401));

        Assert.Equal(Reason.None, _floor.Change(position, new PositionLevels(StopLossTicks: 23_500, TakeProfitTicks: 24_000)));
        Refuses(Reason.StopLossWrongSide, () => _floor.Change(position, new PositionLevels(StopLossTicks: 23_450)));
    }

    [Fact]
    public void Levels_that_are_what_they_were_change_nothing()
    {
        var levels = new PositionLevels(23_500, 24_000, TrailUnit.Ticks, 50, _floor.NowMs + 1_000);
        var position = _floor.Open(PositionSide.Long, 100, 10, levels);
        var before = _floor.Events.Count;

        Assert.Equal(Reason.None, _floor.Change(position, levels));
        Assert.Equal(before, _floor.Events.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(0.000000001)]
    public void Margin_that_is_no_amount_is_refused(double amount)
    {
        var position = _floor.Open(PositionSide.Long, 100, 10);

        Refuses(Reason.InvalidAmount, () => _floor.Desk.AddMargin(Floor.Ann, position.Id, 9, (decimal)amount));
    }

    /// <summary>Whatever it answers: a refusal leaves no event and not a byte of the state changed.</summary>
    private void Refuses(Reason expected, Func<Reason> request)
    {
        var events = _floor.Events.Count;
        var before = PositionBookSnapshot.Write(_floor.Book);

        Assert.Equal(expected, request());
        if (expected == Reason.None)
            return;
        Assert.Equal(events, _floor.Events.Count);
        Assert.Equal(before, PositionBookSnapshot.Write(_floor.Book));
    }
}
