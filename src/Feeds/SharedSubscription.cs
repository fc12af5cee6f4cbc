using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;
using Microsoft.Extensions.Logging;

namespace Exchange.Feeds;

/// <summary>
/// One subscription at a venue, told on to all local listeners. It keeps the book, so that a later listener starts
/// with what the others know, and one that failed gets the whole book again. An absurd snapshot is not told on: until
/// a good one comes the market counts as resynchronising, whatever the feed says.
/// </summary>
internal sealed class SharedSubscription(string venue, string symbol, ILogger logger) : IFeedListener, IDrainedListener
{
    private readonly Lock _lock = new();
    private readonly Lock _startLock = new();
    private readonly VenueDepth _book = new();
    private GuardedListener[] _listeners = [];
    private BestQuote _best;
    private long _mark;
    private long _markAtMs;
    private FeedState _state = FeedState.Down;
    private string _stateReason = "not heard yet";
    private long _stateAtMs;
    private long _stateSinceMs;
    private DepthRefusal _refused;
    private IAsyncDisposable? _atVenue;

    /// <summary>Guarded by the hub's lock.</summary>
    public int Holders { get; set; }

    public bool IsDrained
    {
        get
        {
            lock (_lock)
                return Array.TrueForAll(_listeners, listener => listener.IsDrained);
        }
    }

    public FeedStatus Status
    {
        get
        {
            lock (_lock)
            {
                var (state, reason) = Judged();
                long heardAtMs = Math.Max(Math.Max(_book.UpdatedAtMs, _best.AtMs), _state == FeedState.Live ? _stateAtMs : 0);
                return new FeedStatus(venue, symbol, state, reason, _stateSinceMs, heardAtMs);
            }
        }
    }

    public void EnsureStarted(Func<IFeedListener, IAsyncDisposable> subscribe)
    {
        lock (_startLock)
            _atVenue ??= subscribe(this);
    }

    public ValueTask EndAsync()
    {
        lock (_startLock)
            return _atVenue?.DisposeAsync() ?? default;
    }

    public void Add(IFeedListener listener)
    {
        lock (_lock)
        {
            var guarded = new GuardedListener(listener, symbol, logger);
            Introduce(guarded);
            _listeners = [.. _listeners, guarded];
        }
    }

    public void Remove(IFeedListener listener)
    {
        lock (_lock)
        {
            int index = Array.FindIndex(_listeners, guarded => ReferenceEquals(guarded.Inner, listener));
            if (index >= 0)
                _listeners = [.. _listeners[..index], .. _listeners[(index + 1)..]];
        }
    }

    public void OnDepthSnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs)
    {
        lock (_lock)
        {
            var before = _refused;
            _refused = _book.ApplySnapshot(bids, asks, atMs);
            if (_refused == DepthRefusal.None)
            {
                foreach (var listener in _listeners)
                    listener.OnDepthSnapshot(bids, asks, atMs);
            }
            if (_refused != before)
                TellState(atMs);
        }
    }

    public void OnDepthChanges(ReadOnlySpan<DepthChange> changes, long atMs)
    {
        lock (_lock)
        {
            _book.Apply(changes, atMs);
            foreach (var listener in _listeners)
            {
                if (listener.NeedsSnapshot)
                    TellBook(listener);
                else
                    listener.OnDepthChanges(changes, atMs);
            }
        }
    }

    public void OnTrade(in VenueTrade trade)
    {
        lock (_lock)
        {
            foreach (var listener in _listeners)
                listener.OnTrade(trade);
        }
    }

    public void OnBest(in BestQuote best)
    {
        lock (_lock)
        {
            _best = best;
            foreach (var listener in _listeners)
                listener.OnBest(best);
        }
    }

    public void OnMark(long price, long atMs)
    {
        lock (_lock)
        {
            (_mark, _markAtMs) = (price, atMs);
            foreach (var listener in _listeners)
                listener.OnMark(price, atMs);
        }
    }

    public void OnState(FeedState state, string reason, long atMs)
    {
        lock (_lock)
        {
            if (state != _state || _stateAtMs == 0)
                _stateSinceMs = atMs;
            (_state, _stateReason, _stateAtMs) = (state, reason, atMs);
            TellState(atMs);
        }
    }

    private void Introduce(GuardedListener listener)
    {
        if (_stateAtMs == 0)
            return;
        if (_book.UpdatedAtMs > 0)
            TellBook(listener);
        if (_best.AtMs > 0)
            listener.OnBest(_best);
        if (_markAtMs > 0)
            listener.OnMark(_mark, _markAtMs);
        TellState(listener, _stateAtMs);
    }

    private void TellState(long atMs)
    {
        foreach (var listener in _listeners)
            TellState(listener, atMs);
    }

    private void TellState(GuardedListener listener, long atMs)
    {
        var (state, reason) = Judged();
        listener.OnState(state, reason, atMs);
    }

    private (FeedState State, string Reason) Judged() => _state == FeedState.Live && _refused != DepthRefusal.None
        ? (FeedState.Resynchronising, $"a snapshot was refused: {_refused}")
        : (_state, _stateReason);

    private void TellBook(GuardedListener listener) =>
        listener.OnDepthSnapshot(Levels(Side.Buy), Levels(Side.Sell), _book.UpdatedAtMs);

    private DepthLevel[] Levels(Side side)
    {
        var levels = new DepthLevel[_book.Levels(side)];
        _book.CopyTop(side, levels);
        return levels;
    }
}
