namespace Exchange.Domain.Candles;

/// <summary>
/// Builds the candles of one interval from trades. A closed candle never changes: a trade that comes late, with a time before
/// the open bucket, counts in the open one. Intervals without a trade have no candle.
/// </summary>
public sealed class CandleAggregator(CandleInterval interval)
{
    private Candle _open;
    private long _closesAtMs = long.MinValue;

    /// <summary>The unfinished candle; empty where nothing has traded in it.</summary>
    public Candle Open => _open;

    /// <summary>True where this trade is the first of a later interval and so closes the candle before.</summary>
    public bool Add(long timeMs, long priceTicks, long lots, decimal quote, out Candle closed) =>
        Add(Candle.OfTrade(timeMs, priceTicks, lots, quote), out closed);

    /// <summary>The same for several trades at once, of which only the sum is known.</summary>
    public bool Add(in Candle trades, out Candle closed)
    {
        var timeMs = trades.OpenTimeMs;
        var hasClosed = CloseUntil(timeMs, out closed);
        if (_open.IsEmpty)
        {
            _open = trades with { OpenTimeMs = interval.OpenTimeMs(timeMs) };
            _closesAtMs = interval.NextOpenTimeMs(timeMs);
            return hasClosed;
        }

        _open = _open.Then(trades);
        return hasClosed;
    }

    /// <summary>True where the open candle is over by this time.</summary>
    public bool CloseUntil(long nowMs, out Candle closed)
    {
        closed = default;
        if (_open.IsEmpty || nowMs < _closesAtMs)
            return false;
        closed = _open;
        _open = default;
        return true;
    }

    /// <summary>Goes on with an unfinished candle, as after a restart.</summary>
    public void Restore(in Candle open)
    {
        _open = open;
        _closesAtMs = interval.NextOpenTimeMs(open.OpenTimeMs);
    }
}
