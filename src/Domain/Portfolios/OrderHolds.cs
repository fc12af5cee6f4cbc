using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>
/// What must be put aside for an order, at worst. Fees are taken from what is received, so they need no hold.
/// A market order holds what it would cost at the protection price, or all there is if that is less but covers the estimate.
/// </summary>
public static class OrderHolds
{
    public static string AssetOf(Side side, Market market) => side == Side.Buy ? market.Quote : market.Base;

    /// <summary>The hold of an order that passed its checks, or 0 where the account has too little.</summary>
    public static decimal Of(OrderTerms order, Market market, in MarketReference reference, decimal available)
    {
        if (order.Type.Working() != OrderType.Market)
            return AllOrNothing(order.Side == Side.Buy ? order.Price * order.Quantity : order.Quantity, available);
        if (order.Side == Side.Buy && order.QuoteAmount > 0)
            return AllOrNothing(order.QuoteAmount, available);
        if (order.Side == Side.Sell && order.Quantity > 0)
            return AllOrNothing(order.Quantity, available);
        if (available < reference.EstimatedCost)
            return 0;
        return order.Side == Side.Buy
            ? Math.Min(available, (order.Quantity * reference.ProtectionPrice).Round(market.QuotePrecision, Rounding.Up))
            : Math.Min(WholeLots(available, market), LotsToEarn(order.QuoteAmount, market, reference.ProtectionPrice));
    }

    /// <summary>What a refused order would have needed, for the message about it.</summary>
    public static decimal Required(OrderTerms order, Market market, in MarketReference now)
    {
        var reference = TriggerReference.Of(order, market, now);
        if (order.Type.Working() != OrderType.Market)
            return order.Side == Side.Buy ? order.Price * order.Quantity : order.Quantity;
        if (order.Side == Side.Buy)
            return order.QuoteAmount > 0 ? order.QuoteAmount : reference.EstimatedCost;
        return order.Quantity > 0 ? order.Quantity : reference.EstimatedCost;
    }

    private static decimal AllOrNothing(decimal amount, decimal available) => amount <= available ? amount : 0;

    private static decimal LotsToEarn(decimal quoteAmount, Market market, decimal protectionPrice)
    {
        var lots = decimal.Ceiling(quoteAmount / protectionPrice / market.LotSize);
        return Math.Min(lots, market.MaxMarketLots) * market.LotSize;
    }

    private static decimal WholeLots(decimal quantity, Market market)
    {
        var whole = decimal.Floor(quantity / market.LotSize) * market.LotSize;
        return whole >= market.QuantityOf(market.MinLots) ? whole : 0;
    }
}
