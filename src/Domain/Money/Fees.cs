using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Money;

/// <summary>
/// Fees are taken from what a fill brings: base from a buyer, quote from a seller. They round up, so the customer
/// loses at most one unit of precision and never more than was received.
/// </summary>
public static class Fees
{
    public const int BasisPoints = 10_000;

    public static decimal Of(decimal received, int basisPoints, int precision) =>
        (received * basisPoints / BasisPoints).Round(precision, Rounding.Up);

    public static decimal Of(Market market, Side side, long priceTicks, long lots, int basisPoints) => side == Side.Buy
        ? Of(market.QuantityOf(lots), basisPoints, market.BasePrecision)
        : Of(market.NotionalOf(priceTicks, lots), basisPoints, market.QuotePrecision);
}
