using Exchange.Domain;
using Exchange.Domain.Orders;

namespace Exchange.Grains.Publishing;

/// <summary>The prices that changed since the last increment of one pace went out.</summary>
internal sealed class DepthBatch(long publishedId)
{
    private readonly HashSet<long> _bids = [];
    private readonly HashSet<long> _asks = [];

    public long PublishedId { get; private set; } = publishedId;

    /// <summary>Also a level that is back where it was: a snapshot taken in between has seen it otherwise.</summary>
    public void Note(DepthLog log)
    {
        _bids.UnionWith(log.Changed(Side.Buy));
        _asks.UnionWith(log.Changed(Side.Sell));
    }

    public (long FirstId, long LastId, DepthLevel[] Bids, DepthLevel[] Asks)? Take(DepthLog log)
    {
        if (log.Id == PublishedId)
            return null;
        var increment = (PublishedId + 1, log.Id, Take(_bids, log.Levels(Side.Buy)), Take(_asks, log.Levels(Side.Sell)));
        PublishedId = log.Id;
        return increment;
    }

    private static DepthLevel[] Take(HashSet<long> prices, DepthLevel[] levels)
    {
        var changes = new DepthLevel[prices.Count];
        var count = 0;
        foreach (var level in levels)
        {
            if (prices.Remove(level.Price))
                changes[count++] = level;
        }

        foreach (var gone in prices)
            changes[count++] = new DepthLevel(gone, 0);
        prices.Clear();
        return changes;
    }
}
