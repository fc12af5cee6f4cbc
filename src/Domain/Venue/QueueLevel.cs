using Exchange.Domain.Orders;

namespace Exchange.Domain.Venue;

/// <summary>
/// One price's queue. A counter of all lots traded there is the level's clock: an order is reached when the clock shows
/// its threshold, which is the clock when it joined plus what stood before it. Thresholds never fall from one order to
/// the next, so when the venue shows less than that, those of the last orders are cut to the same value and form a group.
/// A fall of the shown total may be a trade that is told only afterwards; until the next total it counts as one, lest
/// it count twice. Orders that came while nobody knew the venue's book have no threshold yet; they are the last ones.
/// </summary>
internal sealed class QueueLevel(Side side, long price, long shown)
{
    private const int CompactAbove = 32;

    private readonly record struct Group(long FirstPlace, long Threshold);

    private readonly SortedDictionary<long, (long OrderId, long Lots)> _byPlace = [];
    private readonly List<Group> _groups = [];
    private long _clock;
    private long _clockWhenShown;
    private long _clockWhenNoted;
    private long _shown = shown;
    private long _gone;
    private long _nextPlace;

    /// <summary>The first place without a threshold.</summary>
    private long _firstWaiting = long.MaxValue;

    public Side Side => side;
    public long Price => price;
    public bool IsEmpty => _byPlace.Count == 0;
    public int Groups => _groups.Count;
    public bool HasWaiting => _firstWaiting < _nextPlace;

    /// <summary>Orders have come nearer to the front since <see cref="TakeMove"/>.</summary>
    public bool HasMoved { get; private set; }

    /// <summary>What stands before an order that joins now, as far as the totals told.</summary>
    public long AheadOfNew => Math.Max(0, ThresholdOfNew - _clock);

    private long ThresholdOfNew => Math.Max(_clock, _clockWhenShown + _shown + _gone);

    /// <summary>How much stands before the last order that has a threshold.</summary>
    private long LastAhead => _groups.Count == 0 ? 0 : Math.Max(0, _groups[^1].Threshold - _clock);

    public long Join(long orderId, long lots, long? ahead)
    {
        _byPlace.Add(_nextPlace, (orderId, lots));
        if (ahead is { } known)
            Place(_nextPlace, known);
        else
            _firstWaiting = Math.Min(_firstWaiting, _nextPlace);
        return _nextPlace++;
    }

    /// <summary>Gives the first order that waits for it its threshold.</summary>
    public void Place(long place, long ahead)
    {
        long threshold = _clock + ahead;
        if (_groups.Count > 0)
            threshold = Math.Max(threshold, _groups[^1].Threshold);
        if (_groups.Count == 0 || _groups[^1].Threshold != threshold)
            _groups.Add(new Group(place, threshold));
        if (_firstWaiting <= place)
            _firstWaiting = place + 1;
        if (!HasMoved)
            _clockWhenNoted = _clock;
    }

    public IEnumerable<(long OrderId, long? Ahead)> Orders()
    {
        foreach (var (place, order) in _byPlace)
            yield return (order.OrderId, Ahead(place));
    }

    public bool Reduce(long place, long lots)
    {
        var (orderId, left) = _byPlace[place];
        _byPlace[place] = (orderId, left - lots);
        return left > lots;
    }

    public void Leave(long place)
    {
        _byPlace.Remove(place);
        if (_groups.Count > CompactAbove && _groups.Count > 2 * _byPlace.Count)
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

    /// <summary>After a replay: the last total is not known any more, but it was at least what stands before the last order.</summary>
    public void Resume() =>
        (_shown, _clockWhenShown, _clockWhenNoted, _gone, HasMoved) = (LastAhead, _clock, _clock, 0, false);

    /// <summary>
    /// Adds the lots that reach orders, in order of time: each gets what is beyond its threshold and its predecessors,
    /// all together no more than the trade has to give.
    /// </summary>
    public void Trade(long lots, long give, List<QueueFill> fills)
    {
        long before = _clock;
        HasMoved |= LastAhead > 0;
        _clock += lots;
        if (_groups.Count == 0 || _groups[0].Threshold >= _clock)
            return;
        long filled = 0;
        foreach (var (place, (orderId, left)) in _byPlace)
        {
            if (place >= _firstWaiting)
                break;
            long reach = Math.Min(_clock - Math.Max(before, ThresholdOf(place)), give) - filled;
            if (reach <= 0)
                break;
            fills.Add(new QueueFill(orderId, Math.Min(left, reach)));
            filled += Math.Min(left, reach);
        }
    }

    public long? Ahead(long place) => place >= _firstWaiting ? null : Math.Max(0, ThresholdOf(place) - _clock);

    /// <summary>The lots traded since the last time, and what stands before the last order now: enough to follow.</summary>
    public (long Traded, long LastAhead) TakeMove()
    {
        var move = (_clock - _clockWhenNoted, LastAhead);
        (_clockWhenNoted, HasMoved) = (_clock, false);
        return move;
    }

    public void Follow(long traded, long lastAhead)
    {
        _clock += traded;
        CutTo(_clock + lastAhead);
        (_clockWhenNoted, HasMoved) = (_clock, false);
    }

    private void CutTo(long threshold)
    {
        long first = -1;
        while (_groups.Count > 0 && _groups[^1].Threshold > threshold)
        {
            first = _groups[^1].FirstPlace;
            _groups.RemoveAt(_groups.Count - 1);
        }
        if (first < 0)
            return;
        _groups.Add(new Group(first, threshold));
        HasMoved = true;
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
        foreach (long place in _byPlace.Keys)
        {
            if (place >= _firstWaiting)
                break;
            int group = GroupOf(place);
            if (group != last)
                kept.Add(_groups[group]);
            last = group;
        }
        _groups.Clear();
        _groups.AddRange(kept);
    }
}
