using Exchange.Domain.Matching;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Matching;

/// <summary>A venue whose depth is two plain lists, best level first.</summary>
public sealed class ListVenue : IVenueLiquidity
{
    public List<DepthLevel> Bids { get; } = [];
    public List<DepthLevel> Asks { get; } = [];

    public bool TryBest(Side takerSide, out long price, out long lots)
    {
        var levels = LevelsFor(takerSide);
        (price, lots) = levels.Count == 0 ? default : levels[0];
        return levels.Count != 0;
    }

    public void Take(Side takerSide, long price, long lots)
    {
        var levels = LevelsFor(takerSide);
        Assert.Equal(price, levels[0].Price);
        Assert.InRange(lots, 1, levels[0].Lots);
        if (lots == levels[0].Lots)
            levels.RemoveAt(0);
        else
            levels[0] = levels[0] with { Lots = levels[0].Lots - lots };
    }

    public long Available(Side takerSide, long limitPrice, long upToLots)
    {
        var within = LevelsFor(takerSide)
            .TakeWhile(level => takerSide == Side.Buy ? level.Price <= limitPrice : level.Price >= limitPrice);
        return Math.Min(upToLots, within.Sum(level => level.Lots));
    }

    public void Become(ListVenue other)
    {
        Bids.Clear();
        Asks.Clear();
        Bids.AddRange(other.Bids);
        Asks.AddRange(other.Asks);
    }

    private List<DepthLevel> LevelsFor(Side takerSide) => takerSide == Side.Buy ? Asks : Bids;
}
