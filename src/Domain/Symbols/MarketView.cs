using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Symbols;

/// <summary>What an order of some size would meet now: prices in ticks, zero for "not known".</summary>
public readonly record struct MarketQuote(long ReferenceTicks, long ProtectionTicks, long Lots, decimal QuoteAmount);

/// <summary>The market as the public sees it: users' orders and the venue's depth as one.</summary>
public sealed class MarketView(SymbolState state)
{
    private const int LevelsMax = 5_000;
    private const int LevelsToQuote = 200;

    private readonly DepthLevel[] _userBids = new DepthLevel[LevelsToQuote];
    private readonly DepthLevel[] _userAsks = new DepthLevel[LevelsToQuote];

    /// <summary>Best first; at most <paramref name="limit"/> levels a side.</summary>
    public (DepthLevel[] Bids, DepthLevel[] Asks) Depth(VenueDepth? venue, int limit)
    {
        limit = Math.Clamp(limit, 1, LevelsMax);
        var bids = new DepthLevel[limit];
        var asks = new DepthLevel[limit];
        var (bidCount, askCount) = MergedDepth.Merge(
            Users(Side.Buy, limit), Users(Side.Sell, limit), Venue(venue, Side.Buy, limit), Venue(venue, Side.Sell, limit), bids, asks);
        return (bids[..bidCount], asks[..askCount]);
    }

    /// <summary>Without lots it is the quote amount that decides.</summary>
    public MarketQuote Quote(VenueDepth? venue, Side side, long lots, decimal quoteAmount)
    {
        var (bids, asks) = Depth(venue, LevelsToQuote);
        var reference = Reference(bids, asks);
        if (reference == 0)
            return default;
        var protection = MarketFilters.ProtectionTicks(state.Market, side, reference);
        var walk = new Walk(state.Market, lots, quoteAmount);
        foreach (var level in side == Side.Buy ? asks : bids)
        {
            var isWithin = side == Side.Buy ? level.Price <= protection : level.Price >= protection;
            if (!isWithin || !walk.Take(level))
                break;
        }

        walk.TakeRest(protection);
        return new MarketQuote(reference, protection, walk.Lots, walk.QuoteAmount);
    }

    private long Reference(DepthLevel[] bids, DepthLevel[] asks)
    {
        if (bids.Length > 0 && asks.Length > 0)
            return Math.Max(1, (bids[0].Price + asks[0].Price) / 2);
        if (state.History.LastPriceTicks > 0)
            return state.History.LastPriceTicks;
        return bids.Length > 0 ? bids[0].Price : asks.Length > 0 ? asks[0].Price : 0;
    }

    private ReadOnlySpan<DepthLevel> Users(Side side, int limit)
    {
        var levels = limit > LevelsToQuote ? new DepthLevel[limit] : side == Side.Buy ? _userBids : _userAsks;
        var count = state.Book.Depth(side, levels.AsSpan(0, limit));
        return levels.AsSpan(0, count);
    }

    private static ReadOnlySpan<DepthLevel> Venue(VenueDepth? venue, Side side, int limit)
    {
        if (venue is null)
            return [];
        var levels = new DepthLevel[Math.Min(limit, venue.Levels(side))];
        return levels.AsSpan(0, venue.CopyTop(side, levels));
    }

    private struct Walk(Market market, long lots, decimal quoteAmount)
    {
        private readonly bool _byLots = lots > 0;
        private long _lotsLeft = lots;
        private decimal _quoteLeft = quoteAmount;

        public long Lots { get; private set; }
        public decimal QuoteAmount { get; private set; }

        public bool Take(DepthLevel level) => Take(level.Price, level.Lots);

        /// <summary>What the visible depth does not give is reckoned at the worst price.</summary>
        public void TakeRest(long protection) => Take(Math.Max(1, protection), long.MaxValue);

        private bool Take(long price, long offered)
        {
            var wanted = _byLots ? _lotsLeft : (long)Math.Min(long.MaxValue, _quoteLeft / market.NotionalOf(price, 1));
            var taken = Math.Min(wanted, offered);
            var quote = market.NotionalOf(price, taken);
            Lots += taken;
            QuoteAmount += quote;
            _lotsLeft -= _byLots ? taken : 0;
            _quoteLeft -= _byLots ? 0 : quote;
            return taken == offered;
        }
    }
}
