using Exchange.Domain;
using Exchange.Domain.Orders;

namespace Exchange.Grains.Publishing;

/// <summary>
/// The public book as a numbered sequence of states. Each observation that differs from the one before gets the next
/// number. A reader that holds state n and takes over the levels that changed since holds the newest state.
/// </summary>
internal sealed class DepthLog(long firstId)
{
    private readonly HashSet<long>[] _changed = [[], []];
    private DepthLevel[] _bids = [];
    private DepthLevel[] _asks = [];

    public long Id { get; private set; } = firstId;

    /// <summary>Forgets what it knew: from the next observation on, increments have a base of their own.</summary>
    public void Restart()
    {
        Id++;
        _bids = _asks = [];
    }

    /// <summary>True where the book is another one than before. The log keeps the arrays.</summary>
    public bool Observe(DepthLevel[] bids, DepthLevel[] asks)
    {
        _changed[0].Clear();
        _changed[1].Clear();
        Compare(1, _bids, bids, _changed[0]);
        Compare(-1, _asks, asks, _changed[1]);
        (_bids, _asks) = (bids, asks);
        if (_changed[0].Count + _changed[1].Count == 0)
            return false;
        Id++;
        return true;
    }

    /// <summary>The prices that the last observation changed.</summary>
    public IReadOnlySet<long> Changed(Side side) => _changed[(int)side];

    public DepthLevel[] Levels(Side side) => side == Side.Buy ? _bids : _asks;

    /// <summary>Both lists run best first.</summary>
    private static void Compare(int direction, DepthLevel[] before, DepthLevel[] after, HashSet<long> changed)
    {
        int old = 0, now = 0;
        while (old < before.Length || now < after.Length)
        {
            var oldKey = old < before.Length ? direction * before[old].Price : long.MinValue;
            var nowKey = now < after.Length ? direction * after[now].Price : long.MinValue;
            if (oldKey == nowKey)
            {
                if (before[old++].Lots != after[now++].Lots)
                    changed.Add(direction * nowKey);
            }
            else if (oldKey > nowKey)
            {
                changed.Add(before[old++].Price);
            }
            else
            {
                changed.Add(after[now++].Price);
            }
        }
    }
}
