using Exchange.Domain.Candles;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Symbols;
using Exchange.Feeds;

namespace Exchange.Grains.Symbols;

internal static class VenuePast
{
    private const long MinuteMs = 60_000;
    private const long DayMs = 24 * 60 * MinuteMs;

    /// <summary>What the venue traded since the last batch, for tape and candles.</summary>
    public static void Note(FeedBatch batch, SymbolState state)
    {
        var market = state.Market;
        foreach (ref readonly var trade in batch.Trades)
        {
            var quote = market.NotionalOf(trade.Price, trade.Lots);
            state.History.AddVenue(trade.Price, trade.Lots, trade.TakerSide, trade.AtMs, quote);
        }

        ref readonly var rest = ref batch.Following;
        if (rest.Count == 0)
            return;
        var restQuote = (decimal)rest.TickLots * market.TickSize * market.LotSize;
        state.History.AddSum(new Candle(rest.LastAtMs, rest.First, rest.High, rest.Low, rest.Last, rest.Lots, restQuote, rest.Count));
    }

    /// <summary>The venue's finished minutes since the last one known, a day at most.</summary>
    public static async Task<List<CandleClosed>> Missed(
        FeedHub feeds, Market market, long lastMinuteOpenMs, long nowMs, CancellationToken cancellationToken)
    {
        var fromMs = Math.Max(lastMinuteOpenMs + MinuteMs, nowMs - DayMs);
        var toMs = nowMs - nowMs % MinuteMs;
        if (fromMs >= toMs)
            return [];
        var candles = await feeds.GetCandlesAsync(
            market, DateTimeOffset.FromUnixTimeMilliseconds(fromMs), DateTimeOffset.FromUnixTimeMilliseconds(toMs), cancellationToken);
        var unit = market.TickSize * market.LotSize;
        return
        [
            .. candles
                .Where(candle => candle.OpenTimeMs > lastMinuteOpenMs)
                .Select(candle => new CandleClosed(
                    candle.OpenTimeMs,
                    candle.Open,
                    candle.High,
                    candle.Low,
                    candle.Close,
                    candle.Lots,
                    (decimal)candle.TickLots * unit,
                    candle.Trades)),
        ];
    }
}
