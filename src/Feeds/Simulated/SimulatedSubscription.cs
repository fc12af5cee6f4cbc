using Exchange.Domain.Venue;

namespace Exchange.Feeds.Simulated;

/// <summary>One listener's place in a simulated market's time.</summary>
internal sealed class SimulatedSubscription(SimulatedMarket market, IFeedListener listener, int levels)
{
    /// <summary>A clock that jumped further than a minute starts over instead of living through it all.</summary>
    private const int CatchUpMs = 60_000;

    private readonly VenueTrade[] _trades = new VenueTrade[SimulatedMarket.MaxTradesPerBeat];
    private readonly DepthChange[] _changes = new DepthChange[4 * levels];
    private SimulatedBook _book = new(levels);
    private SimulatedBook _previous = new(levels);
    private long _beat;
    private bool _brokenOff;
    private volatile bool _ended;

    public void Begin(long nowMs)
    {
        _beat = market.BeatAt(nowMs);
        market.DepthAt(_beat, _book);
        long at = market.StartOf(_beat);
        listener.OnDepthSnapshot(_book.Bids, _book.Asks, at);
        listener.OnBest(market.BestAt(_beat));
        listener.OnState(FeedState.Live, "", at);
    }

    public void Advance(long nowMs)
    {
        long target = market.BeatAt(nowMs);
        if (_brokenOff)
            Restart("the listener failed", nowMs);
        else if (Math.Abs(nowMs - market.StartOf(_beat)) > CatchUpMs)
            Restart("the clock jumped", nowMs);
        _brokenOff = true;
        while (_beat < target && !_ended)
            NextBeat();
        _brokenOff = false;
    }

    public void End() => _ended = true;

    private void Restart(string reason, long nowMs)
    {
        listener.OnState(FeedState.Resynchronising, reason, nowMs);
        Begin(nowMs);
    }

    private void NextBeat()
    {
        int trades = market.TradesIn(_beat, _trades);
        _beat++;
        for (int i = 0; i < trades && !_ended; i++)
            listener.OnTrade(_trades[i]);
        if (_ended)
            return;
        (_previous, _book) = (_book, _previous);
        market.DepthAt(_beat, _book);
        int changes = _book.ChangesSince(_previous, _changes);
        listener.OnDepthChanges(_changes.AsSpan(0, changes), market.StartOf(_beat));
        listener.OnBest(market.BestAt(_beat));
    }
}
