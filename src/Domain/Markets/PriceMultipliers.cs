using Exchange.Domain.Orders;

namespace Exchange.Domain.Markets;

/// <summary>How far from the market's average price a limit order may be, as factors of it: each side upwards and downwards.</summary>
public readonly record struct PriceMultipliers(decimal BidUp, decimal BidDown, decimal AskUp, decimal AskDown)
{
    public static readonly PriceMultipliers Default = new(BidUp: 5, BidDown: 0.2m, AskUp: 5, AskDown: 0.2m);

    public bool Allows(Side side, decimal price, decimal averagePrice) => side == Side.Buy
        ? price <= averagePrice * BidUp && price >= averagePrice * BidDown
        : price <= averagePrice * AskUp && price >= averagePrice * AskDown;
}
