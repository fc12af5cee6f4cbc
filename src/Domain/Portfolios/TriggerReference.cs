using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>
/// What the market will look like to a conditional order: its price is reached. A price that has gapped further costs nobody
/// more than was held, for the hold is also the most that the order may spend.
/// </summary>
internal static class TriggerReference
{
    /// <param name="now">What the market looks like now; only a trailing order that follows at once needs it.</param>
    public static MarketReference Of(OrderTerms order, Market market, in MarketReference now)
    {
        if (!order.Type.IsConditional())
            return now;
        var ticks = TriggerTicks(order, market, now);
        if (ticks == 0)
            return default;
        var price = market.PriceOf(ticks);
        var protection = market.PriceOf(MarketFilters.ProtectionTicks(market, order.Side, ticks));
        var estimate = order.Side == Side.Buy
            ? (order.Quantity * price).Round(market.QuotePrecision, Rounding.Up)
            : decimal.Ceiling(order.QuoteAmount / price / market.LotSize) * market.LotSize;
        return new MarketReference(price, protection, estimate);
    }

    /// <summary>Where it fires; for a trailing order where it does at the latest, unless it follows to somewhere better.</summary>
    private static long TriggerTicks(OrderTerms order, Market market, in MarketReference now)
    {
        var from = order.StopPrice > 0 ? order.StopPrice : now.ReferencePrice;
        if (from <= 0 || from > market.PriceOf(market.MaxPriceTicks))
            return 0;
        var distance = from * order.TrailingBps / Fees.BasisPoints;
        var ticks = order.Side == Side.Buy
            ? decimal.Ceiling((from + distance) / market.TickSize)
            : decimal.Floor((from - distance) / market.TickSize);
        return Math.Clamp((long)ticks, 1, market.MaxPriceTicks);
    }
}
