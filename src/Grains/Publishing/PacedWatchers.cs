using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Publishing;

/// <summary>The watchers of one pace, and what they have not been told yet.</summary>
internal sealed class PacedWatchers(StreamPace pace, TimeProvider time, Market market)
{
    private readonly List<TradeView> _trades = [];
    private DepthBatch _depth = new(0);

    public StreamPace Pace => pace;
    public Watchers<ISymbolObserver> Watchers { get; } = new(time);
    public IGrainTimer? Timer { get; set; }

    public void Start(long publishedId)
    {
        _depth = new DepthBatch(publishedId);
        _trades.Clear();
    }

    public void Note(TradeView trade) => _trades.Add(trade);

    public void Note(DepthLog log) => _depth.Note(log);

    /// <summary>Null where there is nothing to tell.</summary>
    public SymbolUpdate? Take(DepthLog log, long nowMs)
    {
        var depth = _depth.Take(log) is { } taken
            ? new DepthIncrement(taken.FirstId, taken.LastId, Views(taken.Bids), Views(taken.Asks))
            : null;
        if (depth is null && _trades.Count == 0)
            return null;
        var update = new SymbolUpdate(market.Symbol, pace, nowMs, depth, [.. _trades]);
        _trades.Clear();
        return update;
    }

    private PriceLevel[] Views(DepthLevel[] levels) =>
        Array.ConvertAll(levels, level => new PriceLevel(market.PriceOf(level.Price), market.QuantityOf(level.Lots)));
}
