using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Venues;

/// <summary>Tells the venue's errors from prices: one wrong trade would fire triggers that nobody can take back.</summary>
internal static class Plausibility
{
    /// <summary>A trade or quote this many times off the middle of the book is an error.</summary>
    private const long Factor = 2;

    public static bool Holds(in BestQuote best, VenueDepth book)
    {
        bool isCrossed = best.BidPrice > 0 && best.AskPrice > 0 && best.BidPrice >= best.AskPrice;
        return !isCrossed && (best.BidPrice == 0 || Holds(best.BidPrice, book)) && (best.AskPrice == 0 || Holds(best.AskPrice, book));
    }

    /// <summary>Compared with the last book that is known: before the first one nothing can be told, and nothing is believed.</summary>
    public static bool Holds(long price, VenueDepth book)
    {
        if (price is <= 0 or > VenueDepth.MaxValue || book.UpdatedAtMs == 0)
            return false;
        long bid = book.BestPrice(Side.Buy);
        long ask = book.BestPrice(Side.Sell);
        if (bid == 0 || ask == 0)
            return true;
        long middle = (bid + ask) / 2;
        return price <= middle * Factor && price * Factor >= middle;
    }

    public static BestQuote WithoutEmptySides(BestQuote best)
    {
        if (best.BidPrice <= 0)
            best = best with { BidPrice = 0, BidLots = 0 };
        return best.AskPrice <= 0 ? best with { AskPrice = 0, AskLots = 0 } : best;
    }
}
