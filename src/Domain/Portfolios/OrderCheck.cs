using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Portfolios;

/// <summary>Whether a request is an order at all: its fields fit together and pass the market's filters.</summary>
internal static class OrderCheck
{
    /// <summary>Each part is a fill of its own for the taker, so it must not be possible to ask for a million of them.</summary>
    private const int IcebergPartsMax = 100;

    public static Reason Check(OrderTerms order, Market market, in MarketReference reference)
    {
        if (order.Symbol != market.Symbol)
            return Reason.UnknownSymbol;
        if (market.Status != MarketStatus.Trading)
            return Reason.MarketHalted;
        if (order.Side > Side.Sell || order.Type > OrderType.TakeProfitLimit || order.TimeInForce > TimeInForce.FillOrKill
            || order.SelfTrade > SelfTradePrevention.Decrement)
            return Reason.InvalidRequest;
        var reason = CheckCondition(order, market);
        if (reason != Reason.None)
            return reason;
        return order.Type.Working() == OrderType.Market ? CheckMarketOrder(order, market, reference) : CheckLimitOrder(order, market, reference);
    }

    private static Reason CheckCondition(OrderTerms order, Market market)
    {
        if (!order.Type.IsConditional())
            return order.StopPrice == 0 && order.TrailingBps == 0 ? Reason.None : Reason.UnsupportedCombination;
        if (order.TrailingBps < 0 || order.TrailingBps > TrailingStop.BasisPointsMax)
            return Reason.InvalidTrailing;
        if (order.StopPrice == 0)
            return order.TrailingBps > 0 ? Reason.None : Reason.InvalidStopPrice;
        return market.TryTicks(order.StopPrice, out _) ? Reason.None : Reason.InvalidStopPrice;
    }

    /// <summary>Without a reference price it is the market that says whether the price is near enough.</summary>
    private static Reason CheckLimitOrder(OrderTerms order, Market market, in MarketReference reference)
    {
        if (order.QuoteAmount != 0 || (order.Type == OrderType.LimitMaker && order.TimeInForce != TimeInForce.GoodTillCancelled))
            return Reason.UnsupportedCombination;

        var reason = MarketFilters.CheckPrice(market, order.Price, out var ticks);
        if (reason == Reason.None)
            reason = MarketFilters.CheckQuantity(market, OrderType.Limit, order.Quantity, out _);
        if (reason == Reason.None)
            reason = CheckIceberg(order, market);
        if (reason != Reason.None)
            return reason;

        return order.Price * order.Quantity < market.MinNotional
            ? Reason.FilterNotional
            : MarketFilters.CheckPercentPrice(market, order.Side, ticks, reference.ReferencePrice);
    }

    private static Reason CheckIceberg(OrderTerms order, Market market)
    {
        if (order.IcebergQuantity == 0)
            return Reason.None;
        if (order.TimeInForce != TimeInForce.GoodTillCancelled)
            return Reason.UnsupportedCombination;
        if (order.IcebergQuantity < 0 || order.IcebergQuantity > order.Quantity)
            return Reason.InvalidQuantity;
        if (!market.TryLots(order.IcebergQuantity, out _))
            return Reason.FilterLotSize;
        return order.Quantity > order.IcebergQuantity * IcebergPartsMax ? Reason.FilterIcebergParts : Reason.None;
    }

    private static Reason CheckMarketOrder(OrderTerms order, Market market, in MarketReference reference)
    {
        var byQuantity = order.Quantity != 0;
        var byQuoteAmount = order.QuoteAmount != 0;
        if (byQuantity == byQuoteAmount || order.Price != 0 || order.IcebergQuantity != 0 || order.TimeInForce == TimeInForce.FillOrKill)
            return Reason.UnsupportedCombination;

        var reason = byQuantity
            ? MarketFilters.CheckQuantity(market, OrderType.Market, order.Quantity, out _)
            : MarketFilters.CheckQuoteAmount(market, order.QuoteAmount);
        if (reason != Reason.None)
            return reason;
        if (reference.ProtectionPrice <= 0)
            return Reason.NoLiquidity;
        return byQuantity && reference.ReferencePrice > 0 && order.Quantity * reference.ReferencePrice < market.MinNotional
            ? Reason.FilterNotional
            : Reason.None;
    }
}
