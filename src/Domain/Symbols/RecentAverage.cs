using Exchange.Domain.Candles;

namespace Exchange.Domain.Symbols;

/// <summary>What was traded in the last five minutes: the minutes that are closed, and the one that is open.</summary>
internal sealed class RecentAverage
{
    private const int Minutes = 5;
    private const long MinuteMs = 60_000;

    private readonly Candle[] _minutes = new Candle[Minutes];

    public void Add(in Candle minute) => _minutes[minute.OpenTimeMs / MinuteMs % Minutes] = minute;

    public (long Lots, decimal Quote) Traded(in Candle open, long nowMs)
    {
        var sinceMs = nowMs - Minutes * MinuteMs;
        var (lots, quote) = open.IsEmpty ? (0, 0) : (open.Lots, open.QuoteVolume);
        foreach (ref readonly var minute in _minutes.AsSpan())
        {
            if (minute.IsEmpty || minute.OpenTimeMs < sinceMs)
                continue;
            lots += minute.Lots;
            quote += minute.QuoteVolume;
        }

        return (lots, quote);
    }
}
