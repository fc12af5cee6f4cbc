using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Settlement;

/// <summary>One account's part of a trade. Changes are net of the fee and carry their sign.</summary>
public readonly record struct SettlementLeg(long Account, long OrderId, decimal BaseChange, decimal QuoteChange, decimal Fee)
{
    /// <summary>False for the venue's side of a trade, which the house stands in for, and for a house without a share.</summary>
    public bool IsPresent => OrderId != 0 || BaseChange != 0 || QuoteChange != 0;
}

/// <summary>
/// How one trade moves money. The house is what the users' legs leave over, so that every asset sums to zero by construction:
/// the fees, and, where one side met the venue, the other side itself.
/// </summary>
public readonly record struct SettlementLegs(SettlementLeg Buyer, SettlementLeg Seller, SettlementLeg House)
{
    public static SettlementLegs Of(Traded trade, Market market)
    {
        var quantity = market.QuantityOf(trade.Lots);
        var notional = market.NotionalOf(trade.PriceTicks, trade.Lots);
        var takerBuys = trade.TakerSide == Side.Buy;

        var buyer = takerBuys
            ? BuyerLeg(trade.TakerAccount, trade.TakerOrderId, quantity, notional, trade.TakerFee)
            : BuyerLeg(trade.MakerAccount, trade.MakerOrderId, quantity, notional, trade.MakerFee);
        var seller = takerBuys
            ? SellerLeg(trade.MakerAccount, trade.MakerOrderId, quantity, notional, trade.MakerFee)
            : SellerLeg(trade.TakerAccount, trade.TakerOrderId, quantity, notional, trade.TakerFee);
        var house = new SettlementLeg(
            market.HouseAccount, 0, -(buyer.BaseChange + seller.BaseChange), -(buyer.QuoteChange + seller.QuoteChange), 0);
        return new SettlementLegs(buyer, seller, house);
    }

    public SettlementItem BuyerItem(Traded trade, long sequence, int index) => new(
        SettlementKind.Fill, sequence, index, Buyer.OrderId, trade.TradeId, Side.Buy,
        Buyer.BaseChange + Buyer.Fee, -Buyer.QuoteChange, Buyer.Fee, default, default);

    public SettlementItem SellerItem(Traded trade, long sequence, int index) => new(
        SettlementKind.Fill, sequence, index, Seller.OrderId, trade.TradeId, Side.Sell,
        -Seller.BaseChange, Seller.QuoteChange + Seller.Fee, Seller.Fee, default, default);

    public SettlementItem HouseItem(Traded trade, long sequence, int index) => new(
        SettlementKind.House, sequence, index, 0, trade.TradeId, default,
        House.BaseChange, House.QuoteChange, 0, default, default);

    private static SettlementLeg BuyerLeg(long account, long orderId, decimal quantity, decimal notional, decimal fee) =>
        orderId == 0 ? new SettlementLeg(account, 0, 0, 0, 0) : new SettlementLeg(account, orderId, quantity - fee, -notional, fee);

    private static SettlementLeg SellerLeg(long account, long orderId, decimal quantity, decimal notional, decimal fee) =>
        orderId == 0 ? new SettlementLeg(account, 0, 0, 0, 0) : new SettlementLeg(account, orderId, -quantity, notional - fee, fee);
}
