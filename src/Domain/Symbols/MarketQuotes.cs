using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Symbols;

/// <summary>
/// The prices that positions live by. Bid and ask are the best there are, users' or the venue's. The mark price is the venue's
/// middle; a market of users alone takes the middle between them and, where one side is empty, the last trade.
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
            : state.Market.HasVenue ? 0 : Middle(userBid, userAsk) is > 0 and var middle ? middle : state.History.LastPriceTicks;
        return new Quotes(Math.Max(userBid, venueBid), Lower(userAsk, venueAsk), mark);
    }

    private static long Middle(long bid, long ask) => bid > 0 && ask > 0 ? Math.Max(1, (bid + ask) / 2) : 0;

    private static long Lower(long one, long other) => one == 0 ? other : other == 0 ? one : Math.Min(one, other);
}
