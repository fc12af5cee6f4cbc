using Exchange.Domain.Money;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Markets;

/// <summary>What a market asks of an order before it takes it, each rule with a reason of its own.</summary>
public static class MarketFilters
{
    /// <summary>True only for a whole number of ticks from 1 to the market's highest price.</summary>
    public static bool TryTicks(this Market market, decimal price, out long ticks) =>
        TrySteps(price, market.TickSize, market.MaxPriceTicks, out ticks);

    /// <summary>True only for a whole number of lots from 1 to the market's largest order.</summary>
    public static bool TryLots(this Market market, decimal quantity, out long lots) =>
        TrySteps(quantity, market.LotSize, market.MaxLots, out lots);

    public static Reason CheckPrice(Market market, decimal price, out long ticks)
    {
        ticks = 0;
        if (price <= 0)
            return Reason.InvalidPrice;
        return market.TryTicks(price, out ticks) ? Reason.None : Reason.FilterPrice;
    }

    public static Reason CheckQuantity(Market market, OrderType type, decimal quantity, out long lots)
    {
        lots = 0;
        if (quantity <= 0)
            return Reason.InvalidQuantity;
        if (!market.TryLots(quantity, out lots) || lots < market.MinLots)
            return Reason.FilterLotSize;
        return type == OrderType.Market && lots > market.MaxMarketLots ? Reason.FilterLotSize : Reason.None;
    }

    public static Reason CheckNotional(Market market, long ticks, long lots) =>
        market.NotionalOf(ticks, lots) < market.MinNotional ? Reason.FilterNotional : Reason.None;

    /// <summary>An amount of quote to spend or to earn: whole units, within what one market order can trade at all.</summary>
    public static Reason CheckQuoteAmount(Market market, decimal amount)
    {
        if (amount <= 0 || !amount.IsWholeAt(market.QuotePrecision))
            return Reason.InvalidAmount;
        return amount < market.MinNotional || amount > market.NotionalOf(market.MaxPriceTicks, market.MaxMarketLots)
            ? Reason.FilterNotional
            : Reason.None;
    }

    /// <summary>Where nothing was ever traded there is no average price, and any price is as good as another.</summary>
    public static Reason CheckPercentPrice(Market market, Side side, long ticks, decimal averagePrice) =>
        averagePrice <= 0 || market.PriceMultipliers.Allows(side, market.PriceOf(ticks), averagePrice) ? Reason.None : Reason.FilterPercentPrice;

    /// <summary>
    /// The worst price a market order may fill at: the end of the band on the side that hurts, on a whole tick inside it.
    /// </summary>
    public static long ProtectionTicks(Market market, Side side, long referenceTicks)
    {
        var width = (long)((Int128)referenceTicks * market.PriceBandBps / Fees.BasisPoints);
        return side == Side.Buy
            ? Math.Min(referenceTicks + width, market.MaxPriceTicks)
            : Math.Max(referenceTicks - width, 1);
    }

    private static bool TrySteps(decimal value, decimal step, long stepsMax, out long steps)
    {
        steps = 0;
        if (value <= 0 || value > step * stepsMax)
            return false;

        // Multiplying back catches a quotient that only became whole because 28 digits were not enough for it.
        var whole = decimal.Truncate(value / step);
        if (whole * step != value)
            return false;
        steps = (long)whole;
        return true;
    }
}
