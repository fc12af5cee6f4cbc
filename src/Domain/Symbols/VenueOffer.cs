using Exchange.Domain.Matching;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Symbols;

/// <summary>The venue's depth where it may be traded against, otherwise nothing.</summary>
public readonly struct VenueOffer(VenueDepth? depth) : IVenueLiquidity
{
    public static VenueOffer None => default;

    public bool TryBest(Side takerSide, out long price, out long lots)
    {
        if (depth is not null)
            return depth.TryBest(takerSide, out price, out lots);
        price = lots = 0;
        return false;
    }

    public void Take(Side takerSide, long price, long lots) => depth!.Take(takerSide, price, lots);

    public long Available(Side takerSide, long limitPrice, long upToLots) =>
        depth?.Available(takerSide, limitPrice, upToLots) ?? 0;
}
