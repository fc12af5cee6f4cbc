using Exchange.Domain.Candles;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Storage.Sql;

namespace Exchange.Storage.ReadModel;

/// <summary>Adds each finished minute to the candle of every interval that it falls into.</summary>
internal sealed class CandleTable(StatementCache session)
{
    /// <summary>The journal has minutes; what is shorter is not kept.</summary>
    private static readonly CandleInterval[] Intervals = [.. CandleInterval.All.Where(interval => interval != CandleInterval.OneSecond)];

    private readonly Dictionary<(int Market, string Period, long OpenMs), CandleState> _changed = [];

    private readonly ISqlStatement _find = session[
        "SELECT open, high, low, close, volume, quote_volume, trades FROM candles WHERE market = $1 AND period = $2 AND open_ms = $3"];

    private readonly ISqlStatement _write = session[
        """
        INSERT INTO candles (market, period, open_ms, open, high, low, close, volume, quote_volume, trades)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (market, period, open_ms) DO UPDATE SET high = excluded.high, low = excluded.low, close = excluded.close,
            volume = excluded.volume, quote_volume = excluded.quote_volume, trades = excluded.trades
        """];

    public void Add(Market market, CandleClosed minute)
    {
        foreach (CandleInterval interval in Intervals)
        {
            var key = (market.Number, interval.Name, interval.OpenTimeMs(minute.OpenTimeMs));
            if (!_changed.TryGetValue(key, out CandleState? candle))
            {
                candle = Load(key) ?? new CandleState(
                    market.PriceOf(minute.OpenTicks), market.PriceOf(minute.HighTicks), market.PriceOf(minute.LowTicks));
                _changed.Add(key, candle);
            }

            candle.High = Math.Max(candle.High, market.PriceOf(minute.HighTicks));
            candle.Low = Math.Min(candle.Low, market.PriceOf(minute.LowTicks));
            candle.Close = market.PriceOf(minute.CloseTicks);
            candle.Volume += market.QuantityOf(minute.Lots);
            candle.QuoteVolume += minute.QuoteVolume;
            candle.Trades += minute.Trades;
        }
    }

    public void Write()
    {
        foreach (((int market, string period, long openMs), CandleState candle) in _changed)
        {
            _write.Bind(1, market).Bind(2, period).Bind(3, openMs).Bind(4, candle.Open).Bind(5, candle.High).Bind(6, candle.Low)
                .Bind(7, candle.Close).Bind(8, candle.Volume).Bind(9, candle.QuoteVolume).Bind(10, candle.Trades).Add();
        }

        _changed.Clear();
    }

    private CandleState? Load((int Market, string Period, long OpenMs) key)
    {
        if (!_find.Bind(1, key.Market).Bind(2, key.Period).Bind(3, key.OpenMs).Read())
        {
            return null;
        }

        var candle = new CandleState(_find.Decimal(0), _find.Decimal(1), _find.Decimal(2))
        {
            Close = _find.Decimal(3),
            Volume = _find.Decimal(4),
            QuoteVolume = _find.Decimal(5),
            Trades = _find.Int64(6),
        };
        _find.Reset();
        return candle;
    }

    private sealed class CandleState(decimal open, decimal high, decimal low)
    {
        public decimal Open { get; } = open;
        public decimal High { get; set; } = high;
        public decimal Low { get; set; } = low;
        public decimal Close { get; set; }
        public decimal Volume { get; set; }
        public decimal QuoteVolume { get; set; }
        public long Trades { get; set; }
    }
}
