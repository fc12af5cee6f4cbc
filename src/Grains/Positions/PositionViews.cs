using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Positions;

/// <summary>From ticks and lots to what leaves the grain about positions.</summary>
internal static class PositionViews
{
    public static PositionView Of(Position position, PositionBook book, long markTicks)
    {
        var market = book.Market;
        return new PositionView(
            position.Id,
            position.Opened.ClientPositionId,
            market.Symbol,
            position.Side,
            position.State,
            market.QuantityOf(position.Lots),
            PositionMath.AveragePrice(market, position.Side, position.Lots, position.EntryNotional),
            position.Margin,
            position.Leverage.Factor,
            position.LiquidationPrice(market),
            market.PriceOf(position.Levels.StopLossTicks),
            market.PriceOf(position.Levels.TakeProfitTicks),
            position.Levels.TrailUnit == TrailUnit.Ticks ? market.PriceOf(position.Levels.TrailDistance) : 0,
            position.Levels.TrailUnit == TrailUnit.BasisPoints ? (int)position.Levels.TrailDistance : 0,
            market.PriceOf(book.TrailingLevel(position)),
            position.Levels.ExpiresAtMs,
            position.OpenedAtMs,
            market.PriceOf(markTicks),
            markTicks > 0 ? position.UnrealisedProfit(market, markTicks) : 0);
    }

    public static WaitingPositionView Of(EntryArmed e, Market market) => new(
        e.PositionId,
        e.ClientPositionId,
        market.Symbol,
        e.Side,
        e.Margin,
        new Leverage(e.LeverageTenths).Factor,
        market.PriceOf(e.TriggerTicks),
        e.Direction,
        market.PriceOf(e.Levels.StopLossTicks),
        market.PriceOf(e.Levels.TakeProfitTicks),
        e.Levels.TrailUnit == TrailUnit.Ticks ? market.PriceOf(e.Levels.TrailDistance) : 0,
        e.Levels.TrailUnit == TrailUnit.BasisPoints ? (int)e.Levels.TrailDistance : 0,
        e.Levels.ExpiresAtMs);

    public static ExitView Of(Market market, in Exit exit, bool isClosed) => new(
        market.QuantityOf(exit.Lots), PositionMath.AveragePrice(market, PositionSide.Short, exit.Lots, exit.ExitNotional),
        exit.MarginReleased, exit.Profit, exit.Fee, exit.Payout, isClosed);

    public static ExitView Of(PositionLeft e) => new(
        e.Quantity, e.ExitPrice, e.MarginReturned, e.Profit, e.Fee, e.Payout, e.IsClosed);
}
