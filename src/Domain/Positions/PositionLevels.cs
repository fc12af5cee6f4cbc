using Exchange.Domain.Markets;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>What an owner may set and change on a position; zero stands for "none".</summary>
public readonly record struct PositionLevels(
    long StopLossTicks = 0,
    long TakeProfitTicks = 0,
    TrailUnit TrailUnit = TrailUnit.None,
    long TrailDistance = 0,
    long ExpiresAtMs = 0)
{
    public bool HasSameTrail(in PositionLevels other) => TrailUnit == other.TrailUnit && TrailDistance == other.TrailDistance;

    /// <summary>
    /// Whether the levels are on the right sides of the price at which the position could be closed now. What has not
    /// changed since it was accepted is not asked again: the price may have come past it in the meantime.
    /// </summary>
    internal Reason Check(
        Market market, PositionSide side, in PositionLevels before, in Quotes quotes, long liquidationTicks, long nowMs, long lifetimeMaxMs)
    {
        var price = quotes.At(side.ExitSide());
        if (price <= 0)
            return Reason.NoLiquidity;
        if (StopLossTicks != before.StopLossTicks && CheckStopLoss(market, side, price, liquidationTicks) is var stop and not Reason.None)
            return stop;
        if (TakeProfitTicks != before.TakeProfitTicks && CheckTakeProfit(market, side, price) is var take and not Reason.None)
            return take;
        if (!HasSameTrail(before) && !IsTrailValid(price))
            return Reason.InvalidTrailing;
        if (ExpiresAtMs != before.ExpiresAtMs && ExpiresAtMs != 0 && (ExpiresAtMs <= nowMs || ExpiresAtMs > nowMs + lifetimeMaxMs))
            return Reason.InvalidExpiry;
        return Reason.None;
    }

    private Reason CheckStopLoss(Market market, PositionSide side, long price, long liquidationTicks)
    {
        if (StopLossTicks == 0)
            return Reason.None;
        if (StopLossTicks < 0 || StopLossTicks > market.MaxPriceTicks)
            return Reason.InvalidPrice;
        if (side.IsAtOrPast(price, StopLossTicks))
            return Reason.StopLossWrongSide;
        return liquidationTicks > 0 && side.IsAtOrPast(StopLossTicks, liquidationTicks)
            ? Reason.StopLossBeyondLiquidation
            : Reason.None;
    }

    private Reason CheckTakeProfit(Market market, PositionSide side, long price)
    {
        if (TakeProfitTicks == 0)
            return Reason.None;
        if (TakeProfitTicks < 0 || TakeProfitTicks > market.MaxPriceTicks)
            return Reason.InvalidPrice;
        return side.IsAtOrPast(TakeProfitTicks, price) ? Reason.TakeProfitWrongSide : Reason.None;
    }

    private bool IsTrailValid(long price) => TrailUnit switch
    {
        TrailUnit.None => TrailDistance == 0,
        TrailUnit.Ticks => TrailDistance > 0 && TrailDistance < price,
        TrailUnit.BasisPoints => TrailDistance is > 0 and <= TrailingStop.BasisPointsMax,
        _ => false,
    };
}
