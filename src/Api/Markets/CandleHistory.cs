using Exchange.Domain.Candles;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Storage.ReadModel;

namespace Exchange.Api.Markets;

/// <summary>
/// Candles from two sources: the symbol knows the last day up to this moment, the read model knows every finished minute.
/// Where both know a candle, the symbol's is the one that is up to date.
/// </summary>
internal sealed class CandleHistory(IGrainFactory grains, IReadModel history)
{
    public async Task<IReadOnlyList<Candle>> ReadAsync(
        Market market, CandleInterval interval, long? fromMs, long? toMs, int limit, CancellationToken cancellation)
    {
        var reply = await grains.GetGrain<ISymbolGrain>(market.Symbol).GetCandles(interval.Name, MarketEndpoints.MaxLimit);
        var recent = Array.ConvertAll(reply.Candles, MarketTranslation.ToCandle);
        var wanted = recent.Where(candle => candle.OpenTime >= (fromMs ?? 0) && candle.OpenTime <= (toMs ?? long.MaxValue)).ToArray();
        var memoryReachesFarEnough = fromMs is { } from ? recent.Length > 0 && recent[0].OpenTime <= from : wanted.Length >= limit;

        var older = memoryReachesFarEnough || interval == CandleInterval.OneSecond
            ? []
            : await history.CandlesAsync(market.Symbol, interval, fromMs, toMs, limit, cancellation);
        var memoryStartsAt = recent.Length > 0 ? recent[0].OpenTime : long.MaxValue;
        Candle[] all = [.. older.Where(row => row.OpenTimeMs < memoryStartsAt).Select(MarketTranslation.ToCandle), .. wanted];
        if (all.Length <= limit)
            return all;
        return fromMs is null ? all[^limit..] : all[..limit];
    }
}
