using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds;

/// <summary>
/// Lies between a feed's thread and a grain's turns. The feed writes and never waits; the grain drains when it has
/// its turn. What arrives in between is conflated and bounded: each level keeps its last value, prices keep their low
/// and high, trades beyond the bound keep their sums. One wake-up is sent per drain, however much arrives.
/// </summary>
public sealed class FeedMailbox : IFeedListener, IDrainedListener
{
    public const int DefaultChangeBound = 1024;
    public const int DefaultTradeBound = 4096;

    private readonly Lock _lock = new();
    private readonly Action _wake;
    private readonly int _depthCapacity;
    private readonly int _changeBound;
    private readonly int _tradeBound;
    private readonly LevelIndex _changed;

    /// <summary>What the reader's book will be, so that changes beyond the bound can be replaced by a snapshot.</summary>
    private readonly VenueDepth _book;
    private FeedBatch _writing = new();
    private FeedBatch _reading = new();
    private FeedState _state = FeedState.Down;
    private string _stateReason = "not heard yet";
    private long _stateAtMs;
    private long _stateSinceMs;
    private long _heardAtMs;
    private long _mark;
    private VenueTrade _lastTrade;
    private bool _signalled;

    /// <summary>The wake-up comes on the feed's thread when there is something to drain; it must only post a message.</summary>
    public FeedMailbox(
        Action wake,
        int depthCapacity = VenueDepth.DefaultCapacity,
        int changeBound = DefaultChangeBound,
        int tradeBound = DefaultTradeBound)
    {
        _wake = wake;
        _depthCapacity = depthCapacity;
        _changeBound = changeBound;
        _tradeBound = tradeBound;
        _changed = new LevelIndex(changeBound);
        _book = new VenueDepth(depthCapacity);
    }

    /// <summary>Snapshots and levels that were absurd and therefore left out.</summary>
    public long Refused { get; private set; }

    bool IDrainedListener.IsDrained
    {
        get
        {
            lock (_lock)
                return !_signalled;
        }
    }

    /// <summary>
    /// Everything since the last drain. The batch is reused: it is the caller's until the next drain, which only one
    /// caller at a time may ask for.
    /// </summary>
    public FeedBatch Drain()
    {
        _reading.Reset();
        lock (_lock)
        {
            (_reading, _writing) = (_writing, _reading);
            _changed.Clear();
            _signalled = false;
            if (_reading.HasSnapshot)
                CopyBook(_reading);
            _reading.State = _state;
            _reading.StateReason = _stateReason;
            _reading.StateAtMs = _stateAtMs;
            _reading.StateSinceMs = _stateSinceMs;
            _reading.HeardAtMs = _heardAtMs;
            _reading.MarkPrice = _mark;
            _reading.LastTrade = _lastTrade;
        }
        return _reading;
    }

    public void OnDepthSnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs)
    {
        bool wake;
        lock (_lock)
        {
            if (_book.ApplySnapshot(bids, asks, atMs) != DepthRefusal.None)
            {
                Refused++;
                return;
            }
            StartAnew();
            _writing.DepthAtMs = atMs;
            _heardAtMs = Math.Max(_heardAtMs, atMs);
            wake = Note();
        }
        WakeIf(wake);
    }

    public void OnDepthChanges(ReadOnlySpan<DepthChange> changes, long atMs)
    {
        bool wake;
        lock (_lock)
        {
            foreach (ref readonly var change in changes)
            {
                if (_book.Apply(change.Side, change.Price, change.Lots, atMs) != DepthRefusal.None)
                    Refused++;
                else if (!_writing.HasSnapshot)
                    Conflate(change);
            }
            _writing.DepthAtMs = atMs;
            _heardAtMs = Math.Max(_heardAtMs, atMs);
            wake = Note();
        }
        WakeIf(wake);
    }

    public void OnTrade(in VenueTrade trade)
    {
        bool wake;
        lock (_lock)
        {
            if (_writing.TradeCount < _tradeBound)
                Append(ref _writing.TradeList, _writing.TradeCount++, trade, _tradeBound);
            else
                _writing.FollowingTrades.Add(trade);
            _writing.LastRange.Add(trade.Price);
            _lastTrade = trade;
            wake = Note();
        }
        WakeIf(wake);
    }

    public void OnBest(in BestQuote best)
    {
        bool wake;
        lock (_lock)
        {
            _writing.BidRange.Add(best.BidPrice);
            _writing.AskRange.Add(best.AskPrice);
            _writing.Best = best;
            _heardAtMs = Math.Max(_heardAtMs, best.AtMs);
            wake = Note();
        }
        WakeIf(wake);
    }

    public void OnMark(long price, long atMs)
    {
        bool wake;
        lock (_lock)
        {
            _writing.MarkRange.Add(price);
            _mark = price;
            _heardAtMs = Math.Max(_heardAtMs, atMs);
            wake = Note();
        }
        WakeIf(wake);
    }

    public void OnState(FeedState state, string reason, long atMs)
    {
        bool wake;
        lock (_lock)
        {
            if (state != _state)
                _stateSinceMs = atMs;
            if (state == FeedState.Live)
                _heardAtMs = Math.Max(_heardAtMs, atMs);
            _state = state;
            _stateReason = reason;
            _stateAtMs = atMs;
            _writing.WasInterrupted |= state != FeedState.Live;
            wake = Note();
        }
        WakeIf(wake);
    }

    private void Conflate(in DepthChange change)
    {
        int place = _changed.PlaceOf(change.Side, change.Price, _writing.ChangeCount);
        if (place < _writing.ChangeCount)
            _writing.ChangeList[place] = change;
        else if (_writing.ChangeCount < _changeBound)
            Append(ref _writing.ChangeList, _writing.ChangeCount++, change, _changeBound);
        else
            StartAnew();
    }

    private void StartAnew()
    {
        _writing.HasSnapshot = true;
        _writing.ChangeCount = 0;
    }

    private void CopyBook(FeedBatch batch)
    {
        if (batch.BidLevels.Length == 0)
        {
            batch.BidLevels = new DepthLevel[_depthCapacity];
            batch.AskLevels = new DepthLevel[_depthCapacity];
        }
        batch.BidCount = _book.CopyTop(Side.Buy, batch.BidLevels);
        batch.AskCount = _book.CopyTop(Side.Sell, batch.AskLevels);
    }

    private bool Note()
    {
        _writing.IsEmpty = false;
        bool wake = !_signalled;
        _signalled = true;
        return wake;
    }

    private void WakeIf(bool wake)
    {
        if (!wake)
            return;
        try
        {
            _wake();
        }
        catch
        {
            // Nobody was woken, so the next arrival has to try again.
            lock (_lock)
                _signalled = false;
            throw;
        }
    }

    private static void Append<T>(ref T[] list, int place, in T item, int bound)
    {
        if (place == list.Length)
            Array.Resize(ref list, Math.Min(bound, place * 2));
        list[place] = item;
    }
}
