using Exchange.Api.Markets;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Streams;

/// <summary>Tickers and candles as streams: the answers of the REST routes, compared with the ones before.</summary>
internal sealed class MarketPolls(IGrainFactory grains, CandleHistory candles, StreamOptions options, TimeProvider clock)
{
    private const int Lookback = 2;

    public PolledTopic Open(StreamName name) => name.Kind == StreamKind.Ticker ? Ticker(name) : Kline(name);

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private PolledTopic Ticker(StreamName name)
    {
        TickerView? last = null;
        return new PolledTopic(name.Text, options.TickerPeriod, clock, async topic =>
        {
            var ticker = await grains.GetGrain<ISymbolGrain>(name.Market!.Symbol).GetTicker();
            var seen = ticker with { OpenTimeMs = 0, CloseTimeMs = 0 };
            if (seen == last)
                return;
            last = seen;
            topic.PublishLatest(StreamMessages.Ticker(name.Text, ticker.ToTicker(), NowMs));
        });
    }

    private PolledTopic Kline(StreamName name)
    {
        Candle? told = null;
        var isToldClosed = false;
        return new PolledTopic(name.Text, options.KlinePeriod, clock, async topic =>
        {
            var found = await candles.ReadAsync(name.Market!, name.Interval, null, null, Lookback, CancellationToken.None);
            var now = NowMs;
            foreach (var candle in told is null ? found.TakeLast(1) : found)
            {
                var isClosed = candle.CloseTime < now;
                var isOld = told is not null && (candle.OpenTime < told.OpenTime
                    || candle.OpenTime == told.OpenTime && (isToldClosed || candle == told && !isClosed));
                if (isOld)
                    continue;
                topic.PublishLatest(StreamMessages.Kline(name, candle, isClosed, now));
                (told, isToldClosed) = (candle, isClosed);
            }
        });
    }
}
