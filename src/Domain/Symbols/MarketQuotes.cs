using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Symbols;

/// <summary>
/// The prices that positions live by. Bid and ask are the best there are, users' or the venue's. The mark price is the venue's
/// middle. A market of users alone is marked where it has traded steadily, but not outside of the users' own bid and ask while
/// both are there: neither an odd trade, nor what a sweep left of the book, liquidates anybody. Before its first trade it is
/// the middle between them.
/// </summary>
public static class MarketQuotes
{
    /// <param name="depth">Null where the venue may not be traded against, or there is none.</param>
    public static Quotes Now(SymbolState state, VenueDepth? depth)
    {
        var userBid = state.Book.TryBest(Side.Buy, out var bid, out _) ? bid : 0;
        var userAsk = state.Book.TryBest(Side.Sell, out var ask, out _) ? ask : 0;
        var venueBid = depth?.BestPrice(Side.Buy) ?? 0;
        var venueAsk = depth?.BestPrice(Side.Sell) ?? 0;
        var mark = depth is not null
            ? Middle(venueBid, venueAsk)
            : state.Market.HasVenue ? 0 : OfUsers(userBid, userAsk, state.History.SteadyPriceTicks);
        return new Quotes(Math.Max(userBid, venueBid), Lower(userAsk, venueAsk), mark);
    }

    private static long OfUsers(long bid, long ask, long steady) => steady == 0
        ? Middle(bid, ask)
        : bid > 0 && ask >= bid ? Math.Clamp(steady, bid, ask) : steady;

    private static long Middle(long bid, long ask) => bid > 0 && ask > 0 ? Math.Max(1, (bid + ask) / 2) : 0;

    private static long Lower(long one, long other) => one == 0 ? other : other == 0 ? one : Math.Min(one, other);
}
