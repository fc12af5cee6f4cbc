using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Replay;

/// <summary>
/// Passes on what it hears and writes it down. At the start of a file, and after lines were lost, it writes the whole
/// book first, so that what follows can be understood.
/// </summary>
internal sealed class RecordingListener(
    Market market, string venue, IFeedListener listener, FeedRecorder recorder, FeedCounters counters) : IFeedListener
{
    private readonly VenueDepth _book = new();
    private FeedState _state = FeedState.Down;
    private string _reason = "";
    private int _file;
    private bool _lost;

    public void OnDepthSnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs)
    {
        listener.OnDepthSnapshot(bids, asks, atMs);
        Write(RecordLine.Snapshot(market.Symbol, bids, asks, atMs, recorder.NowMs));
        _book.ApplySnapshot(bids, asks, atMs);
    }

    public void OnDepthChanges(ReadOnlySpan<DepthChange> changes, long atMs)
    {
        listener.OnDepthChanges(changes, atMs);
        Write(RecordLine.Changes(market.Symbol, changes, atMs, recorder.NowMs));
        _book.Apply(changes, atMs);
    }

    public void OnTrade(in VenueTrade trade)
    {
        listener.OnTrade(trade);
        Write(RecordLine.Trade(market.Symbol, trade, recorder.NowMs));
    }

    public void OnBest(in BestQuote best)
    {
        listener.OnBest(best);
        Write(RecordLine.Best(market.Symbol, best, recorder.NowMs));
    }

    public void OnMark(long price, long atMs)
    {
        listener.OnMark(price, atMs);
        Write(RecordLine.Mark(market.Symbol, price, atMs, recorder.NowMs));
    }

    public void OnState(FeedState state, string reason, long atMs)
    {
        listener.OnState(state, reason, atMs);
        Write(RecordLine.State(market.Symbol, state, reason, atMs, recorder.NowMs));
        (_state, _reason) = (state, reason);
    }

    private void Write(byte[] line)
    {
        bool isWritten = (_file == recorder.File && !_lost || TryIntroduce()) && recorder.TryWrite(line);
        _lost |= !isWritten;
        if (!isWritten)
            counters.Add(FeedEvent.RecordLost);
    }

    private bool TryIntroduce()
    {
        int file = recorder.File;
        long now = recorder.NowMs;
        if (!recorder.TryWrite(RecordLine.Market(market, venue, now)))
            return false;
        if (_book.UpdatedAtMs > 0 && !recorder.TryWrite(RecordLine.Book(
            market.Symbol, Levels(Side.Buy), Levels(Side.Sell), _state, _reason, _lost, _book.UpdatedAtMs, now)))
        {
            return false;
        }
        (_file, _lost) = (file, false);
        return true;
    }

    private DepthLevel[] Levels(Side side)
    {
        var levels = new DepthLevel[_book.Levels(side)];
        return levels[.._book.CopyTop(side, levels)];
    }
}
