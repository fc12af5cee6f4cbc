using Exchange.Domain.Orders;

namespace Exchange.Domain.Venue;

/// <summary>
/// One price's queue. A counter of all lots traded there is the level's clock: an order is reached when the clock shows
/// its threshold, which is the clock when it joined plus what stood before it. Thresholds never fall from one order to
/// the next, so when the venue shows less than that, those of the last orders are cut to the same value and form a group.
/// A fall of the shown total may be a trade that is told only afterwards; until the next total it counts as one, lest
/// it count twice.
/// </summary>
internal sealed class QueueLevel(Side side, long price, long shown)
{
    private const int CompactAbove = 32;

    private readonly record struct Group(long FirstPlace, long Threshold);

    private readonly SortedDictionary<long, long> _lotsByPlace = [];
    private readonly List<Group> _groups = [];
    private long _clock;
    private long _clockWhenShown;
    private long _shown = shown;
    private long _gone;
    private long _nextPlace;

    public Side Side => side;
    public long Price => price;
    public bool IsEmpty => _lotsByPlace.Count == 0;
    public int Groups => _groups.Count;

    public long Join(long lots)
    {
        long threshold = _clockWhenShown + _shown + _gone;
        if (_groups.Count == 0 || _groups[^1].Threshold != threshold)
            _groups.Add(new Group(_nextPlace, threshold));
        _lotsByPlace.Add(_nextPlace, lots);
        return _nextPlace++;
    }

    public bool Reduce(long place, long lots)
    {
        _lotsByPlace[place] -= lots;
        return _lotsByPlace[place] > 0;
    }

    public void Leave(long place)
    {
        _lotsByPlace.Remove(place);
        if (_groups.Count > CompactAbove && _groups.Count > 2 * _lotsByPlace.Count)
            Compact();
    }

    public void Show(long lots)
    {
        long traded = _clock - _clockWhenShown;
        long tradedLate = Math.Min(traded, _gone);
        CutTo(_clockWhenShown + tradedLate + _shown);
        long fall = Math.Max(0, _shown - lots);
        _gone = Math.Max(0, fall - (traded - tradedLate));
        (_shown, _clockWhenShown) = (lots, _clock);
        CutTo(_clock + _shown + _gone);
    }

    /// <summary>The lots that reach orders, in order of time: each gets what is beyond its threshold and its predecessors.</summary>
    public long Trade(long lots)
    {
        long before = _clock;
        _clock += lots;
        long filled = 0;
        foreach (var (place, left) in _lotsByPlace)
        {
            long reach = _clock - Math.Max(before, ThresholdOf(place)) - filled;
            if (reach <= 0)
                break;
            filled += Math.Min(left, reach);
        }
        return filled;
    }

    public long Ahead(long place) => Math.Max(0, ThresholdOf(place) - _clock);

    private void CutTo(long threshold)
    {
        long first = -1;
        while (_groups.Count > 0 && _groups[^1].Threshold > threshold)
        {
            first = _groups[^1].FirstPlace;
            _groups.RemoveAt(_groups.Count - 1);
        }
        if (first >= 0)
            _groups.Add(new Group(first, threshold));
    }

    private long ThresholdOf(long place) => _groups[GroupOf(place)].Threshold;

    private int GroupOf(long place)
    {
        int low = 0;
        int high = _groups.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >>> 1;
            if (_groups[middle].FirstPlace <= place)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    /// <summary>Forgets groups of which no order is left.</summary>
    private void Compact()
    {
        var kept = new List<Group>();
        int last = -1;
        foreach (long place in _lotsByPlace.Keys)
        {
            int group = GroupOf(place);
            if (group != last)
                kept.Add(_groups[group]);
            last = group;
        }
        _groups.Clear();
        _groups.AddRange(kept);
    }
}
