namespace Exchange.Feeds;

/// <summary>Trades of which only the sum is left, because they came faster than they were fetched.</summary>
public struct TradeSummary
{
    public int Count { get; private set; }
    public long Lots { get; private set; }

    /// <summary>Sum of price times lots, for the quote volume.</summary>
    public Int128 TickLots { get; private set; }
    public long First { get; private set; }
    public long Low { get; private set; }
    public long High { get; private set; }
    public long Last { get; private set; }
    public long LastAtMs { get; private set; }

    public void Add(in VenueTrade trade)
    {
        if (Count == 0)
            First = Low = High = trade.Price;
        Count++;
        Lots += trade.Lots;
        TickLots += (Int128)trade.Price * trade.Lots;
        Low = Math.Min(Low, trade.Price);
        High = Math.Max(High, trade.Price);
        Last = trade.Price;
        LastAtMs = trade.AtMs;
    }
}
