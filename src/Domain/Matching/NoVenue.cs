using Exchange.Domain.Orders;

namespace Exchange.Domain.Matching;

/// <summary>A market where only its own users meet.</summary>
public readonly struct NoVenue : IVenueLiquidity
{
    public bool TryBest(Side takerSide, out long price, out long lots)
    {
        price = 0;
        lots = 0;
        return false;
    }

    public void Take(Side takerSide, long price, long lots) =>
        throw new InvalidOperationException("There is no venue to take from.");

    public long Available(Side takerSide, long limitPrice, long upToLots) => 0;
}
