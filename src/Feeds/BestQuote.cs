namespace Exchange.Feeds;

/// <summary>The venue's best bid and ask; a side without orders has price and lots zero.</summary>
public readonly record struct BestQuote(long BidPrice, long BidLots, long AskPrice, long AskLots, long AtMs);
