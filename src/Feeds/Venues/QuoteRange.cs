namespace Exchange.Feeds.Venues;

/// <summary>How far quotes went while the book was not to be traded on, so that no trigger misses a price that was there.</summary>
internal struct QuoteRange
{
    private PriceRange _bid;
    private PriceRange _ask;
    private BestQuote _last;

    public void Add(in BestQuote best)
    {
        _bid.Add(best.BidPrice);
        _ask.Add(best.AskPrice);
        _last = best;
    }

    /// <summary>The lowest and the highest, without lots, and the last one; then they are forgotten.</summary>
    public void TellTo(IFeedListener listener)
    {
        if (_bid.IsEmpty && _ask.IsEmpty)
            return;
        listener.OnBest(new BestQuote(_bid.Low, 0, _ask.Low, 0, _last.AtMs));
        listener.OnBest(new BestQuote(_bid.High, 0, _ask.High, 0, _last.AtMs));
        listener.OnBest(_last);
        this = default;
    }
}
