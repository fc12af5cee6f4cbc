namespace Exchange.Feeds;

/// <summary>Where a price has been since the last look: its low and high decide which triggers fire.</summary>
public struct PriceRange
{
    public long Low { get; private set; }
    public long High { get; private set; }
    public long Last { get; private set; }

    public readonly bool IsEmpty => Last == 0;

    public void Add(long price)
    {
        if (price <= 0)
            return;
        Low = IsEmpty ? price : Math.Min(Low, price);
        High = Math.Max(High, price);
        Last = price;
    }

    /// <summary>Where the price was after that.</summary>
    public void Add(in PriceRange next)
    {
        Add(next.Low);
        Add(next.High);
        Add(next.Last);
    }
}
