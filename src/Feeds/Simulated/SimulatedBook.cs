using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Simulated;

/// <summary>A full book of fixed depth, best level first, and what changed from another one.</summary>
internal sealed class SimulatedBook(int levels)
{
    private readonly DepthLevel[] _bids = new DepthLevel[levels];
    private readonly DepthLevel[] _asks = new DepthLevel[levels];
    private int _bidCount;
    private int _askCount;

    public ReadOnlySpan<DepthLevel> Bids => _bids.AsSpan(0, _bidCount);
    public ReadOnlySpan<DepthLevel> Asks => _asks.AsSpan(0, _askCount);

    public void Clear() => _bidCount = _askCount = 0;

    public bool IsFull(Side side) => (side == Side.Buy ? _bidCount : _askCount) == levels;

    public void Add(Side side, long price, long lots)
    {
        if (side == Side.Buy)
            _bids[_bidCount++] = new DepthLevel(price, lots);
        else
            _asks[_askCount++] = new DepthLevel(price, lots);
    }

    /// <summary>Writes what turns the older book into this one; there is room for every level of both.</summary>
    public int ChangesSince(SimulatedBook older, Span<DepthChange> into)
    {
        int count = Differences(Side.Buy, 1, older.Bids, Bids, into);
        return count + Differences(Side.Sell, -1, older.Asks, Asks, into[count..]);
    }

    private static int Differences(
        Side side, int direction, ReadOnlySpan<DepthLevel> before, ReadOnlySpan<DepthLevel> after, Span<DepthChange> into)
    {
        int count = 0;
        int old = 0;
        foreach (ref readonly var level in after)
        {
            while (old < before.Length && direction * before[old].Price > direction * level.Price)
                into[count++] = new DepthChange(side, before[old++].Price, 0);
            bool known = old < before.Length && before[old].Price == level.Price;
            if (!known || before[old].Lots != level.Lots)
                into[count++] = new DepthChange(side, level.Price, level.Lots);
            if (known)
                old++;
        }
        while (old < before.Length)
            into[count++] = new DepthChange(side, before[old++].Price, 0);
        return count;
    }
}
