using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>What makes two orders a pair; each of them has its own checks besides.</summary>
internal static class PairCheck
{
    public static Reason CheckNames(PairTerms pair, Placement placement)
    {
        var (profit, stop) = (pair.Profit.ClientOrderId, pair.Stop.ClientOrderId);
        if (!IsNameOrEmpty(profit) || !IsNameOrEmpty(stop))
            return Reason.InvalidClientOrderId;
        var isTaken = (profit.Length > 0 && (profit == stop || placement.FindOrder(profit) is not null))
            || (stop.Length > 0 && placement.FindOrder(stop) is not null);
        return isTaken ? Reason.DuplicateOrder : Reason.None;
    }

    public static Reason Check(PairTerms pair)
    {
        var (profit, stop) = (pair.Profit, pair.Stop);
        if (profit.Symbol != stop.Symbol || profit.Side != stop.Side || profit.Quantity != stop.Quantity
            || profit.QuoteAmount != 0 || stop.QuoteAmount != 0)
            return Reason.UnsupportedCombination;
        var isProfit = profit.Type is OrderType.LimitMaker or OrderType.TakeProfit or OrderType.TakeProfitLimit;
        if (!isProfit || !stop.Type.IsStopLoss())
            return Reason.UnsupportedCombination;

        var (wins, loses) = (profit.Type == OrderType.LimitMaker ? profit.Price : profit.StopPrice, stop.StopPrice);
        if (wins == 0 || loses == 0)
            return Reason.None;
        return stop.Side == Side.Sell ? Ordered(loses, wins) : Ordered(wins, loses);
    }

    /// <summary>The market is between them, so there must be something between them.</summary>
    private static Reason Ordered(decimal lower, decimal higher) => lower < higher ? Reason.None : Reason.InvalidStopPrice;

    private static bool IsNameOrEmpty(string id) => id.Length == 0 || ClientOrderIds.IsValid(id);
}
