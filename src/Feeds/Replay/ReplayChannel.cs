using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Replay;

/// <summary>One market of a replay: who listens to it, and what is known so far, for those who come later.</summary>
internal sealed class ReplayChannel
{
    private readonly List<(Market Market, IFeedListener Listener, ReplayTrack Track)> _listeners = [];
    private readonly LatestListener _latest = new();
    private readonly ReplayTrack _own = new(static at => at);
    private ReplayLine? _definition;

    public int Listeners => _listeners.Count;

    public bool IsDrained => _listeners.TrueForAll(entry => entry.Listener is not IDrainedListener { IsDrained: false });

    public void Add(Market market, IFeedListener listener, ReplayTrack track)
    {
        _listeners.Add((market, listener, track));
        _definition?.Tell(track, market, listener);
        if (track.Refusal is null)
            _latest.Introduce(listener, track);
    }

    public void Remove(IFeedListener listener) => _listeners.RemoveAll(entry => ReferenceEquals(entry.Listener, listener));

    public void Tell(ReplayLine line)
    {
        if (line.IsDefinition)
            _definition = line;
        line.Tell(_own, null, _latest);
        foreach (var (market, listener, track) in _listeners)
            line.Tell(track, market, listener);
    }

    public void End(string reason, long atMs)
    {
        foreach (var (_, listener, _) in _listeners)
            listener.OnState(FeedState.Down, reason, atMs);
    }

    private sealed class LatestListener : IFeedListener
    {
        private readonly VenueDepth _book = new();
        private BestQuote _best;
        private long _mark;
        private long _markAtMs;
        private string _reason = "";
        private long _stateAtMs;

        public void Introduce(IFeedListener listener, ReplayTrack track)
        {
            if (_book.UpdatedAtMs > 0)
            {
                listener.OnDepthSnapshot(Levels(Side.Buy), Levels(Side.Sell), track.Shift(_book.UpdatedAtMs));
                track.HasBook = true;
            }
            if (_best.AtMs > 0)
                listener.OnBest(_best with { AtMs = track.Shift(_best.AtMs) });
            if (_markAtMs > 0)
                listener.OnMark(_mark, track.Shift(_markAtMs));
            if (_stateAtMs > 0)
                listener.OnState(_book.State, _reason, track.Shift(_stateAtMs));
        }

        public void OnDepthSnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs) =>
            _book.ApplySnapshot(bids, asks, atMs);

        public void OnDepthChanges(ReadOnlySpan<DepthChange> changes, long atMs) => _book.Apply(changes, atMs);

        public void OnTrade(in VenueTrade trade)
        {
        }

        public void OnBest(in BestQuote best) => _best = best;

        public void OnMark(long price, long atMs) => (_mark, _markAtMs) = (price, atMs);

        public void OnState(FeedState state, string reason, long atMs)
        {
            (_reason, _stateAtMs) = (reason, atMs);
            _book.SetState(state, atMs);
        }

        private DepthLevel[] Levels(Side side)
        {
            var levels = new DepthLevel[_book.Levels(side)];
            return levels[.._book.CopyTop(side, levels)];
        }
    }
}
