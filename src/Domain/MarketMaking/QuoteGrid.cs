using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Orders;

namespace Exchange.Domain.MarketMaking;

/// <summary>
/// Where quotes stand. Lines are whole multiples of the step, wherever the centre is: when it moves, the inner and the outer
/// quote change and the others may stay.
/// </summary>
public static class QuoteGrid
{
    /// <summary>The reference price, pushed away from what the inventory has too much of.</summary>
    public static long Centre(QuoteTerms terms, long referenceTicks, long positionLots)
    {
        var position = Math.Clamp(positionLots, -terms.PositionMaxLots, terms.PositionMaxLots);
        var skew = (Int128)referenceTicks * terms.SkewBps * position / ((Int128)terms.PositionMaxLots * Fees.BasisPoints);
        return Math.Max(1, (long)(referenceTicks - skew));
    }

    /// <summary>Where the centre goes from where it was last: nowhere, unless it is worth the while.</summary>
    public static long Settle(QuoteTerms terms, long lastCentre, long centre) =>
        lastCentre > 0 && (Int128)Math.Abs(centre - lastCentre) * Fees.BasisPoints < (Int128)centre * terms.RequoteBps ? lastCentre : centre;

    /// <summary>Bids and asks in turns, the innermost first. What the market's filters would refuse is left out.</summary>
    public static List<Quote> Around(long centre, QuoteTerms terms, Market market)
    {
        var step = Step(centre, terms.StepBps);
        var half = Math.Max(1, Share(centre, terms.HalfSpreadBps));
        var firstBid = FloorTo(centre - half, step);
        var firstAsk = -FloorTo(-(centre + half), step);
        var quotes = new List<Quote>(2 * terms.Levels);
        for (var level = 0; level < terms.Levels; level++)
        {
            Add(quotes, market, Side.Buy, firstBid - (level * step), terms.LotsAt(level));
            Add(quotes, market, Side.Sell, firstAsk + (level * step), terms.LotsAt(level));
        }

        return quotes;
    }

    /// <summary>1, 2 or 5 times a power of ten, so that it stays the same while the price moves about.</summary>
    public static long Step(long centre, int stepBps)
    {
        var atMost = Math.Max(1, Share(centre, stepBps));
        var step = 1L;
        while (step * 10 <= atMost)
            step *= 10;
        return atMost >= step * 5 ? step * 5 : atMost >= step * 2 ? step * 2 : step;
    }

    private static void Add(List<Quote> quotes, Market market, Side side, long ticks, long lots)
    {
        if (ticks >= 1 && ticks <= market.MaxPriceTicks && MarketFilters.CheckNotional(market, ticks, lots) == Reason.None)
            quotes.Add(new Quote(side, ticks, lots));
    }

    private static long Share(long ticks, int bps) => (long)((Int128)ticks * bps / Fees.BasisPoints);

    private static long FloorTo(long ticks, long step) => ticks - (((ticks % step) + step) % step);
}
