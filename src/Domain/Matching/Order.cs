using Exchange.Domain.Book;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Matching;

/// <summary>
/// An order as it comes in. A market order names lots, a budget in ticks times lots (a buyer spends it, a seller stops
/// when it is earned), or both; its price, if any, is the last one it may trade at.
/// </summary>
public readonly struct Order
{
    public long Id { get; init; }
    public long Account { get; init; }

    /// <summary>The limit; for a market order the protection limit, where 0 is none.</summary>
    public long Price { get; init; }

    /// <summary>0 only for a market order by budget.</summary>
    public long Lots { get; init; }

    /// <summary>The displayed slice of an iceberg, 0 for a plain order.</summary>
    public long Display { get; init; }

    /// <summary>0 for an order without a budget.</summary>
    public Int128 Budget { get; init; }
    public Side Side { get; init; }
    public OrderType Type { get; init; }
    public TimeInForce TimeInForce { get; init; }
    public SelfTradePrevention Prevention { get; init; }

    public bool IsByBudgetAlone => Lots == 0;

    internal long Limit => Price == 0 ? Taker.AnyPrice(Side) : Price;

    /// <summary>Whether the parts of the order make sense together; what the market allows is not asked here.</summary>
    internal Reason Refusal()
    {
        if (Price is < 0 or > RestingOrder.MaxPrice)
            return Reason.InvalidPrice;
        if (Lots < 0 || Display < 0 || Display > Lots)
            return Reason.InvalidQuantity;
        if (Budget < 0)
            return Reason.InvalidAmount;
        return Type == OrderType.Market ? RefusalOfMarket() : RefusalOfLimit();
    }

    private Reason RefusalOfLimit()
    {
        if (Price == 0)
            return Reason.InvalidPrice;
        if (Lots == 0)
            return Reason.InvalidQuantity;
        var mayRest = TimeInForce == TimeInForce.GoodTillCancelled;
        if (Budget != 0 || (!mayRest && (Display != 0 || Type == OrderType.LimitMaker)))
            return Reason.UnsupportedCombination;
        return Reason.None;
    }

    private Reason RefusalOfMarket()
    {
        if (Lots == 0 && Budget == 0)
            return Reason.InvalidQuantity;
        if (Display != 0 || (Budget != 0 && TimeInForce == TimeInForce.FillOrKill))
            return Reason.UnsupportedCombination;
        return Reason.None;
    }
}
