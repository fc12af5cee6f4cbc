using Exchange.Domain.Candles;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Symbols;
using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Publishing;

/// <summary>What a symbol's watchers get to see. While nobody watches it remembers nothing and costs nothing.</summary>
internal sealed class SymbolStreams(Market market, TimeProvider time, long firstId)
{
    private readonly PacedWatchers[] _paces =
        [new(StreamPace.Normal, time, market), new(StreamPace.Fast, time, market)];

    private bool _depthMayDiffer = true;

    public DepthLog Log { get; } = new(firstId);

    public bool IsWatched => _paces[0].Watchers.Count + _paces[1].Watchers.Count > 0;

    public PacedWatchers Of(StreamPace pace) => _paces[(int)pace];

    public void Note(long atMs, List<DomainEvent> events)
    {
        _depthMayDiffer = true;
        if (!IsWatched)
            return;
        foreach (var happened in events)
        {
            if (happened is Traded trade)
                Note(new PublicTrade(trade.TradeId, atMs, trade.PriceTicks, trade.Lots, trade.TakerSide));
        }
    }

    /// <summary>The venue's newest trades are the newest on the tape.</summary>
    public void NoteVenue(MarketHistory history, int trades)
    {
        _depthMayDiffer = true;
        if (!IsWatched || trades == 0)
            return;
        foreach (var trade in history.Tape(trades))
            Note(trade);
    }

    /// <summary>Brings the log up to date; the book is only asked for where it may have changed.</summary>
    public void Observe(MarketView view, Domain.Venue.VenueDepth? venue, int levels)
    {
        if (!_depthMayDiffer)
            return;
        _depthMayDiffer = false;
        var (bids, asks) = view.Depth(venue, levels);
        if (!Log.Observe(bids, asks))
            return;
        foreach (var paced in _paces)
        {
            if (paced.Watchers.Count > 0)
                paced.Note(Log);
        }
    }

    public void ObserveAnew(MarketView view, Domain.Venue.VenueDepth? venue, int levels)
    {
        Log.Restart();
        _depthMayDiffer = true;
        Observe(view, venue, levels);
    }

    private void Note(in PublicTrade trade)
    {
        var seen = new TradeView(
            trade.TradeId, market.PriceOf(trade.PriceTicks), market.QuantityOf(trade.Lots), trade.TakerSide, trade.TimeMs);
        foreach (var paced in _paces)
        {
            if (paced.Watchers.Count > 0)
                paced.Note(seen);
        }
    }
}
