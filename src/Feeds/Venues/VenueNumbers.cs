using Exchange.Domain.Orders;

namespace Exchange.Feeds.Venues;

/// <summary>
/// Where a venue's price lies between two ticks, it is moved away from what would favour anyone: a bid down, an ask up, a
/// purchase down and a sale up, so that nothing counts as reached that the venue did not reach. Fractions of a lot are
/// cut off.
/// </summary>
internal static class VenueNumbers
{
    public static bool TryTrade(
        MarketSession session, ReadOnlySpan<byte> price, ReadOnlySpan<byte> quantity, Side taker, long atMs, out VenueTrade trade)
    {
        trade = default;
        if (!TryPrice(session, price, up: taker == Side.Sell, out long ticks) || !session.Lots.TryParse(quantity, out long lots, out _))
            return false;
        trade = new VenueTrade(ticks, lots, taker, atMs);
        return true;
    }

    public static bool TryBest(
        MarketSession session,
        ReadOnlySpan<byte> bidPrice,
        ReadOnlySpan<byte> bidLots,
        ReadOnlySpan<byte> askPrice,
        ReadOnlySpan<byte> askLots,
        out BestQuote best)
    {
        best = default;
        if (!TryPrice(session, bidPrice, up: false, out long bid) || !TryPrice(session, askPrice, up: true, out long ask)
            || !session.Lots.TryParse(bidLots, out long bidSize, out _) || !session.Lots.TryParse(askLots, out long askSize, out _))
        {
            return false;
        }
        best = new BestQuote(bid, bidSize, ask, askSize, 0);
        return true;
    }

    private static bool TryPrice(MarketSession session, ReadOnlySpan<byte> text, bool up, out long ticks) =>
        up ? session.Ticks.TryParseUp(text, out ticks) : session.Ticks.TryParse(text, out ticks, out _);
}
