using System.Numerics;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>
/// Margin and profit, exact: everything is reckoned from notionals, which are whole quote units, and never from an average
/// price. Where something must be rounded it is against the position's owner, by less than a unit.
/// </summary>
public static class PositionMath
{
    /// <summary>How many more decimals than a price a stated liquidation or entry price has.</summary>
    private const int StatedDecimals = 2;

    /// <summary>As many lots as margin times leverage buys at a price.</summary>
    public static long LotsFor(Market market, decimal margin, Leverage leverage, long priceTicks) =>
        (long)Math.Min(decimal.Truncate(margin * leverage.Factor / market.NotionalOf(priceTicks, 1)), market.MaxLots);

    /// <summary>What may be spent on the entry, the budget of the order that opens the position.</summary>
    public static decimal Budget(Market market, decimal margin, Leverage leverage) =>
        (margin * leverage.Factor).Round(market.QuotePrecision, Rounding.Down);

    /// <summary>The margin that stays in the position. It is all of it unless the market gave less than was asked for.</summary>
    public static decimal MarginUsed(Market market, decimal margin, Leverage leverage, decimal entryNotional, bool isCutShort) => isCutShort
        ? Math.Min(margin, (entryNotional / leverage.Factor).Round(market.QuotePrecision, Rounding.Up))
        : margin;

    public static decimal Fee(Market market, decimal notional, int basisPoints) =>
        Fees.Of(notional, basisPoints, market.QuotePrecision);

    /// <summary>What a portfolio puts aside for a position: the margin and the most that the entry's fee can be.</summary>
    public static decimal Hold(Market market, decimal margin, Leverage leverage, int entryFeeBps) =>
        margin + Fee(market, Budget(market, margin, leverage), entryFeeBps);

    public static decimal Profit(PositionSide side, decimal entryNotional, decimal exitNotional) =>
        side == PositionSide.Long ? exitNotional - entryNotional : entryNotional - exitNotional;

    /// <summary>Profit per margin, for display: 0.08901 is 8.901%.</summary>
    public static decimal ReturnOn(decimal margin, decimal profit) =>
        margin <= 0 ? 0 : decimal.Round(profit / margin, 6, MidpointRounding.ToNegativeInfinity);

    /// <summary>The worst price that an order may fill at, so many basis points from the mark price.</summary>
    public static long ProtectionTicks(Market market, Side side, long markTicks, int basisPoints)
    {
        var width = (long)((Int128)markTicks * basisPoints / Fees.BasisPoints);
        return side == Side.Buy ? Math.Min(markTicks + width, market.MaxPriceTicks) : Math.Max(markTicks - width, 1);
    }

    /// <summary>
    /// Closing some of a position's lots. Entry and margin go in proportion; what a division leaves stays in the position.
    /// </summary>
    public static Exit ExitOf(
        Market market, PositionSide side, long ofLots, decimal entryNotional, decimal margin,
        long lots, decimal exitNotional, int feeBps)
    {
        var againstOwner = side == PositionSide.Long ? Rounding.Up : Rounding.Down;
        var isAll = lots == ofLots;
        var entry = isAll ? entryNotional : Share(market, entryNotional, lots, ofLots, againstOwner);
        var released = isAll ? margin : Share(market, margin, lots, ofLots, Rounding.Down);
        var profit = Profit(side, entry, exitNotional);
        var left = released + profit;
        var fee = Math.Min(Fee(market, exitNotional, feeBps), Math.Max(left, 0));
        return new Exit(lots, entry, exitNotional, released, profit, fee, Math.Max(left - fee, 0), Math.Max(-left, 0));
    }

    /// <summary>
    /// The first price on the losing side at which no more than the maintenance margin is left; zero where no price does
    /// that, as for a long without leverage.
    /// </summary>
    public static long LiquidationTicks(
        Market market, PositionSide side, long lots, decimal entryNotional, decimal margin, int maintenanceBps)
    {
        var exact = LiquidationTicksExact(market, side, lots, entryNotional, margin, maintenanceBps);
        if (exact < 1 || exact > Trigger.LevelMax)
            return 0;

        // The quotient was rounded to 28 digits; which side of a whole tick it is on is decided without dividing.
        var ticks = (long)decimal.Round(exact);
        var step = side == PositionSide.Long ? 1 : -1;
        while (IsLiquidated(market, side, lots, entryNotional, margin, maintenanceBps, ticks + step))
            ticks += step;
        while (ticks > 0 && !IsLiquidated(market, side, lots, entryNotional, margin, maintenanceBps, ticks))
            ticks -= step;
        return ticks > Trigger.LevelMax ? 0 : ticks;
    }

    /// <summary>
    /// The liquidation price as it is told to people, finer than a tick and on the near side of it; zero where there is none.
    /// </summary>
    public static decimal LiquidationPrice(
        Market market, PositionSide side, long lots, decimal entryNotional, decimal margin, int maintenanceBps)
    {
        var ticks = LiquidationTicksExact(market, side, lots, entryNotional, margin, maintenanceBps);
        if (ticks <= 0)
            return 0;
        var towards = side == PositionSide.Long ? MidpointRounding.ToPositiveInfinity : MidpointRounding.ToNegativeInfinity;
        return decimal.Round(ticks * market.TickSize, StatedPrecision(market), towards).Shortest();
    }

    public static bool IsLiquidated(
        Market market, PositionSide side, long lots, decimal entryNotional, decimal margin, int maintenanceBps, long markTicks)
    {
        var value = market.NotionalOf(markTicks, lots);
        return (margin + Profit(side, entryNotional, value)) * Fees.BasisPoints <= value * maintenanceBps;
    }

    /// <summary>The average price of the entry, for display, rounded against its owner.</summary>
    public static decimal AveragePrice(Market market, PositionSide side, long lots, decimal notional)
    {
        var towards = side == PositionSide.Long ? Rounding.Up : Rounding.Down;
        return (notional / market.QuantityOf(lots)).Round(StatedPrecision(market), towards).Shortest();
    }

    /// <summary>What a position pays when funding falls due; negative where it gets something. Never more than its margin.</summary>
    public static decimal Funding(Market market, PositionSide side, long lots, decimal margin, long markTicks, decimal rate)
    {
        var paid = market.NotionalOf(markTicks, lots) * (side == PositionSide.Long ? rate : -rate);
        return Math.Min(margin, decimal.Round(paid, market.QuotePrecision, MidpointRounding.ToPositiveInfinity));
    }

    private static decimal LiquidationTicksExact(
        Market market, PositionSide side, long lots, decimal entryNotional, decimal margin, int maintenanceBps)
    {
        var (lost, kept) = side == PositionSide.Long
            ? (entryNotional - margin, Fees.BasisPoints - maintenanceBps)
            : (entryNotional + margin, Fees.BasisPoints + maintenanceBps);
        return lost / market.NotionalOf(1, lots) * Fees.BasisPoints / kept;
    }

    /// <summary>Reckoned in whole units, since a quotient of decimals times lots may miss a whole one by its last digit.</summary>
    private static decimal Share(Market market, decimal amount, long lots, long ofLots, Rounding rounding)
    {
        var unit = 1m;
        for (var i = 0; i < market.QuotePrecision; i++)
            unit /= 10;
        var units = BigInteger.DivRem(new BigInteger(amount / unit) * lots, ofLots, out var rest);
        return (decimal)(rounding == Rounding.Up && !rest.IsZero ? units + 1 : units) * unit;
    }

    private static int StatedPrecision(Market market) => market.TickSize.Shortest().Scale + StatedDecimals;
}
