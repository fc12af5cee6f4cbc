using Exchange.Domain.Orders;

namespace Exchange.Domain.Matching;

/// <summary>What a venue offers beside the local book. A buyer takes its asks, a seller its bids.</summary>
public interface IVenueLiquidity
{
    /// <summary>The best price for a taker and the lots still there; false rather than zero lots.</summary>
    bool TryBest(Side takerSide, out long price, out long lots);

    /// <summary>Takes lots off the level that <see cref="TryBest"/> named.</summary>
    void Take(Side takerSide, long price, long lots);

    /// <summary>The lots at the limit or better, counted no further than needed.</summary>
    long Available(Side takerSide, long limitPrice, long upToLots);
}
