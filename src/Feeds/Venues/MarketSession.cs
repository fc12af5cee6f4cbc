using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;
using Exchange.Feeds.Connections;

namespace Exchange.Feeds.Venues;

/// <summary>How a venue tells its depth.</summary>
internal enum DepthStyle : byte
{
    /// <summary>Increments that continue a snapshot fetched separately.</summary>
    Diffs,

    /// <summary>The whole visible book every time.</summary>
    WholeBooks,
}

/// <summary>
/// One market at a venue: decides from sequence numbers what is new, keeps the mirror, and tells the listener. During a
/// planned reconnect two connections deliver; one leads, and the other may only add what follows on without a gap.
/// </summary>
internal sealed partial class MarketSession : ITopicUser
{
    private readonly Lock _lock = new();
    private readonly IFeedListener _listener;
    private readonly FeedCounters _counters;
    private readonly TimeProvider _time;
    private readonly Action<MarketSession> _wantsSnapshot;
    private readonly DepthStyle _style;
    private readonly DiffBook _diffs = new();
    private readonly DepthLevel[] _levels = new DepthLevel[2 * VenueDepth.DefaultCapacity];
    private readonly TradesAhead _ahead = new();
    private QuoteRange _quotedMeanwhile;
    private UnitScale _prices;
    private FeedState _state = FeedState.Down;
    private string _reason = "";
    private long _toldAtMs;
    private long _bookStamp;
    private long _bestStamp;
    private long _markStamp;
    private long _lastTradeId;
    private int _leading;
    private int _attempt;
    private bool _joined;
    private bool _ended;
    private int _fetching;

    public MarketSession(
        Market market,
        string symbol,
        decimal venueUnit,
        DepthStyle style,
        IFeedListener listener,
        TimeProvider time,
        FeedCounters counters,
        Action<MarketSession> wantsSnapshot)
    {
        Symbol = symbol;
        Ticks = _prices = new UnitScale(market.TickSize);
        Lots = new UnitScale(market.LotSize / venueUnit);
        (_style, _listener, _time, _counters, _wantsSnapshot) = (style, listener, time, counters, wantsSnapshot);
    }

    public string Symbol { get; }

    public UnitScale Ticks { get; }
    public UnitScale Lots { get; }

    /// <summary>The scale of depth prices: finer than ticks once the venue turned out to be finer.</summary>
    public UnitScale DepthPrices => Volatile.Read(ref _prices);

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Joining(int connection)
    {
        lock (_lock)
            Follow(connection);
    }

    public void Joined(int connection)
    {
        lock (_lock)
        {
            if (_leading != connection)
                Follow(connection);
            _joined = true;
            if (_style == DepthStyle.Diffs)
                _wantsSnapshot(this);
        }
    }

    public void Switched(int connection)
    {
        lock (_lock)
        {
            _leading = connection;
            while (_ahead.TryTake(out var id, out var trade))
                Take(id, trade);
        }
    }

    public void Silent(string reason)
    {
        lock (_lock)
        {
            if (_state == FeedState.Live)
                Tell(FeedState.Stale, reason, NowMs);
        }
    }

    public void Lost(string reason)
    {
        lock (_lock)
        {
            _leading = 0;
            _joined = false;
            _attempt++;
            _diffs.Restart();
            Tell(FeedState.Down, reason, NowMs);
        }
    }

    public void Refused(string reason) => Lost(reason);

    public void Alive(long heardAtMs)
    {
        lock (_lock)
        {
            // What was silent and speaks again on the same connection has missed nothing.
            if (_state is FeedState.Live or FeedState.Stale && heardAtMs > _toldAtMs)
                Tell(FeedState.Live, "", heardAtMs);
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            _attempt++;
        }
    }

    /// <summary>Whether a snapshot is needed, and for which attempt; a later attempt makes its answer worthless.</summary>
    public bool NeedsSnapshot(out int attempt)
    {
        lock (_lock)
        {
            attempt = _attempt;
            return !_ended && _joined && _style == DepthStyle.Diffs && !_diffs.IsSynchronised;
        }
    }

    /// <summary>One task at a time fetches this market's snapshots.</summary>
    public bool TryBeginFetching() => Interlocked.Exchange(ref _fetching, 1) == 0;

    public void EndFetching() => Volatile.Write(ref _fetching, 0);

    public void SnapshotFailed(int attempt, string reason)
    {
        _counters.Add(FeedEvent.SnapshotFailed);
        lock (_lock)
        {
            if (attempt == _attempt && !_ended)
                Tell(FeedState.Resynchronising, $"no snapshot: {reason}", NowMs);
        }
    }

    public void OnSnapshot(int attempt, long lastId, DepthScratch levels, UnitScale prices)
    {
        lock (_lock)
        {
            if (attempt != _attempt || _ended || !IsUsable(levels, prices))
                return;
            _counters.Add(FeedEvent.AbsurdValue, levels.Absurd);
            var outcome = _diffs.Begin(lastId, levels, NowMs);
            if (outcome == DiffOutcome.Applied)
                GoLive(lastId);
            else
                _counters.Add(outcome == DiffOutcome.TooOld ? FeedEvent.SnapshotTooOld : FeedEvent.SnapshotFailed);
        }
    }

    public void OnDiff(int connection, long first, long last, DepthScratch levels, UnitScale prices)
    {
        lock (_lock)
        {
            if (_ended || _leading == 0 || !IsUsable(levels, prices))
                return;
            if (connection != _leading && (!_diffs.IsSynchronised || first > _diffs.LastId + 1))
                return;
            _counters.Add(FeedEvent.AbsurdValue, levels.Absurd);
            var outcome = _diffs.Offer(first, last, levels.Changes, NowMs);
            Continue(outcome);
            if (outcome != DiffOutcome.Gap)
                return;
            bool countsAnew = last <= _diffs.LastId;
            if (countsAnew)
                CountTradesAnew();
            _diffs.Offer(first, last, levels.Changes, NowMs);
        }
    }

    public void OnBook(int connection, long stamp, DepthScratch levels)
    {
        lock (_lock)
        {
            if (_ended || _leading == 0)
                return;
            if (stamp <= _bookStamp)
            {
                _counters.Add(FeedEvent.Duplicate);
                return;
            }
            if (connection != _leading && _state is not (FeedState.Live or FeedState.Stale))
                return;
            _counters.Add(FeedEvent.AbsurdValue, levels.Absurd);
            if (_diffs.Book.ApplySnapshot(levels.Book(Side.Buy), levels.Book(Side.Sell), NowMs) != DepthRefusal.None)
            {
                _counters.Add(FeedEvent.CrossedBook);
                Tell(FeedState.Resynchronising, "the venue sent a book that cannot be", NowMs);
                return;
            }
            _bookStamp = stamp;
            if (_state is FeedState.Live or FeedState.Stale)
                TellBook();
            else
                GoLive(0);
            NoLongerStale();
        }
    }

    /// <summary>Trade ids grow; counted ones grow by one. A trade with the id 0 has none.</summary>
    public void OnTrade(int connection, long id, bool isCounted, in VenueTrade trade)
    {
        lock (_lock)
        {
            if (_ended || _leading == 0)
                return;
            if (connection == _leading || isCounted && id == _lastTradeId + 1)
                Take(id, trade);
            else if (id > _lastTradeId)
                _ahead.Add(id, trade);
        }
    }

    public void OnBest(long stamp, BestQuote best)
    {
        lock (_lock)
        {
            if (_ended || _leading == 0 || stamp <= _bestStamp)
                return;
            _bestStamp = stamp;
            best = Plausibility.WithoutEmptySides(best);
            if (!Plausibility.Holds(best, _diffs.Book))
                _counters.Add(FeedEvent.AbsurdValue);
            else if (_state == FeedState.Live)
                _listener.OnBest(best with { AtMs = NowMs });
            else
                _quotedMeanwhile.Add(best with { AtMs = NowMs });
        }
    }

    public void OnMark(long stamp, long price)
    {
        lock (_lock)
        {
            if (_ended || _leading == 0 || stamp < _markStamp)
                return;
            _markStamp = stamp;
            if (!IsPlausible(price))
                _counters.Add(FeedEvent.AbsurdValue);
            else
                _listener.OnMark(price, NowMs);
        }
    }

    /// <summary>A message of this market was unreadable: something may be missing.</summary>
    public void Distrust(string reason)
    {
        lock (_lock)
        {
            if (_style == DepthStyle.Diffs && _leading != 0 && _diffs.IsSynchronised)
                Resynchronise(reason);
        }
    }
}
