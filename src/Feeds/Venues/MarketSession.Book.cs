using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Venues;

/// <summary>Which state the market is in, and what makes it live, stale or begin anew.</summary>
internal sealed partial class MarketSession
{
    private void Continue(DiffOutcome outcome)
    {
        switch (outcome)
        {
            case DiffOutcome.Applied:
                _toldAtMs = NowMs;
                _listener.OnDepthChanges(_diffs.Applied, _toldAtMs);
                NoLongerStale();
                break;
            case DiffOutcome.Duplicate:
                _counters.Add(FeedEvent.Duplicate);
                break;
            case DiffOutcome.Overflowed:
                _counters.Add(FeedEvent.BufferOverflow);
                break;
            case DiffOutcome.Gap:
                _counters.Add(FeedEvent.Gap);
                Resynchronise("an update is missing");
                break;
            case DiffOutcome.Crossed:
                _counters.Add(FeedEvent.CrossedBook);
                Resynchronise("the venue's bid met its ask");
                break;
        }
    }

    private void Take(long id, in VenueTrade trade)
    {
        if (id != 0 && id <= _lastTradeId)
            _counters.Add(FeedEvent.Duplicate);
        else if (!IsPlausible(trade.Price) || trade.Lots > VenueDepth.MaxValue)
            _counters.Add(FeedEvent.AbsurdValue);
        else if (trade.Lots > 0)
            _listener.OnTrade(trade);
        _lastTradeId = Math.Max(_lastTradeId, id);
        _ahead.Forget(_lastTradeId);
    }

    private void CountTradesAnew()
    {
        _bestStamp = _lastTradeId = 0;
        _ahead.Clear();
    }

    private void Follow(int connection)
    {
        _leading = connection;
        _joined = false;
        _bookStamp = _markStamp = 0;
        CountTradesAnew();
        StartOver("subscribing");
    }

    private void NoLongerStale()
    {
        if (_state == FeedState.Stale)
            Tell(FeedState.Live, "", NowMs);
    }

    private void Resynchronise(string reason)
    {
        StartOver(reason);
        if (_joined)
            _wantsSnapshot(this);
    }

    private void StartOver(string reason)
    {
        _attempt++;
        _diffs.Restart();
        Tell(FeedState.Resynchronising, reason, NowMs);
    }

    private void GoLive(long bestStamp)
    {
        _counters.Add(FeedEvent.SnapshotApplied);
        TellBook();
        _quotedMeanwhile.TellTo(_listener);
        var book = _diffs.Book;
        if (bestStamp >= _bestStamp || _state != FeedState.Live)
        {
            _bestStamp = Math.Max(_bestStamp, bestStamp);
            _listener.OnBest(new BestQuote(
                book.BestPrice(Side.Buy), book.BestLots(Side.Buy), book.BestPrice(Side.Sell), book.BestLots(Side.Sell), NowMs));
        }
        Tell(FeedState.Live, "", NowMs);
    }

    private void TellBook()
    {
        int bids = _diffs.Book.CopyTop(Side.Buy, _levels.AsSpan(0, VenueDepth.DefaultCapacity));
        int asks = _diffs.Book.CopyTop(Side.Sell, _levels.AsSpan(bids));
        _toldAtMs = NowMs;
        _listener.OnDepthSnapshot(_levels.AsSpan(0, bids), _levels.AsSpan(bids, asks), _toldAtMs);
    }

    private void Tell(FeedState state, string reason, long atMs)
    {
        if (_ended || state == _state && reason == _reason && state != FeedState.Live)
            return;
        (_state, _reason, _toldAtMs) = (state, reason, atMs);
        if (state == FeedState.Live)
            _quotedMeanwhile.TellTo(_listener);
        _listener.OnState(state, reason, atMs);
    }

    /// <summary>
    /// Levels that were read with another scale than is needed are worthless. A venue that turns out to have finer
    /// prices than the market has ticks is read again, finer.
    /// </summary>
    private bool IsUsable(DepthScratch levels, UnitScale prices)
    {
        if (!ReferenceEquals(prices, _prices))
            return false;
        if (_diffs.Buckets is null && levels.SawFraction)
        {
            _diffs.Buckets = new TickBuckets();
            Volatile.Write(ref _prices, TickBuckets.FineScale(Ticks.Step));
            Resynchronise("the venue's prices are finer than our ticks");
            return false;
        }
        if (_diffs.Buckets is { IsFull: true })
        {
            _counters.Add(FeedEvent.BufferOverflow);
            Resynchronise("too many price levels");
            return false;
        }
        return true;
    }

    private bool IsPlausible(long price) => Plausibility.Holds(price, _diffs.Book);
}
