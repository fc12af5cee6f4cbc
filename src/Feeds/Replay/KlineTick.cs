using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;
using Exchange.Feeds.Venues;

namespace Exchange.Feeds.Replay;

/// <summary>
/// A price that a candle tells of, as a market would have shown it: a trade, and a book of one level a side, the trade's
/// price on the side that moved and one tick beside it on the other.
/// </summary>
internal sealed class KlineTick(string symbol, long atMs, byte[] price, byte[] volume, bool isUp) : ReplayLine(symbol, atMs)
{
    private const int TicksPerCandle = 4;

    public override void Tell(ReplayTrack track, Market? market, IFeedListener listener)
    {
        if (market is null)
            return;
        bool isNumeric = new UnitScale(market.TickSize).TryParseNearest(price, out long ticks)
            & new UnitScale(market.LotSize).TryParse(volume, out long lots, out _);
        if (!isNumeric || ticks is <= 1 or > VenueDepth.MaxValue || lots > VenueDepth.MaxValue)
            return;
        long at = track.Shift(HeardAtMs);
        long share = Math.Max(1, lots / TicksPerCandle);
        long bid = isUp ? ticks - 1 : ticks;
        listener.OnTrade(new VenueTrade(ticks, share, isUp ? Side.Buy : Side.Sell, at));
        listener.OnDepthSnapshot([new DepthLevel(bid, share)], [new DepthLevel(bid + 1, share)], at);
        listener.OnBest(new BestQuote(bid, share, bid + 1, share, at));
        if (!track.HasBook)
            listener.OnState(FeedState.Live, "", at);
        track.HasBook = true;
    }
}
