using Exchange.Domain.Candles;
using Exchange.Domain.Encoding;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Symbols;

/// <summary>
/// The recent past of a market: its tape, its candles and its rolling day. Users' trades come from the journal; the
/// venue's are not journaled one by one but are part of the minute that is, so a finished minute counts once, as a whole.
/// </summary>
public sealed class MarketHistory
{
    public const int TapeLength = 1_000;
    public const int MinutesKept = Ticker24h.Minutes;
    public const int SecondsKept = 600;

    // Twelve bits of room within a millisecond keep ids in the order of time, unique across restarts, and below 2^53.
    private const int BitsWithinMillisecond = 12;

    private readonly RecentTrades _tape = new(TapeLength);
    private readonly Queue<Candle> _seconds = new();
    private readonly Queue<Candle> _minutes = new();
    private readonly Queue<Candle> _finished = new();
    private readonly Ticker24h _day = new();
    private readonly SteadyPrice _steady = new();
    private readonly RecentAverage _recent = new();
    private readonly CandleAggregator _second = new(CandleInterval.OneSecond);
    private CandleAggregator _minute = new(CandleInterval.OneMinute);
    private long _lastTradeId;

    public long LastPriceTicks { get; private set; }

    /// <summary>Where the market has traded lately, which no single trade moves; zero before there was one.</summary>
    public long SteadyPriceTicks => _steady.Ticks;

    /// <summary>When the newest finished minute opened, 0 before there is one.</summary>
    public long LastMinuteOpenMs { get; private set; }

    public long NextTradeId(long nowMs) => Math.Max(_lastTradeId + 1, nowMs << BitsWithinMillisecond);

    public void Add(in PublicTrade trade, decimal quote)
    {
        _tape.Add(trade);
        _steady.Add(trade);
        _lastTradeId = Math.Max(_lastTradeId, trade.TradeId);
        AddSum(Candle.OfTrade(trade.TimeMs, trade.PriceTicks, trade.Lots, quote));
    }

    /// <summary>Venue trades that came too fast to be told one by one: they count, but are not on the tape.</summary>
    public void AddSum(in Candle trades)
    {
        LastPriceTicks = trades.CloseTicks;
        if (_second.Add(trades, out var second))
            Keep(_seconds, second, SecondsKept);
        if (_minute.Add(trades, out var minute))
            _finished.Enqueue(minute);
    }

    public void AddVenue(long priceTicks, long lots, Side takerSide, long atMs, decimal quote) =>
        Add(new PublicTrade(NextTradeId(atMs), atMs, priceTicks, lots, takerSide), quote);

    /// <summary>A minute that is over and waits to be journaled, the oldest first.</summary>
    public bool TryFinishMinute(long nowMs, out Candle finished)
    {
        if (_finished.TryDequeue(out finished))
            return true;
        return _minute.CloseUntil(nowMs, out finished);
    }

    /// <summary>A journaled minute. It stands for every trade in it, so what was gathered of it from single trades goes.</summary>
    public void Close(CandleClosed closed)
    {
        var candle = Candle.Of(closed);
        if (!_minute.Open.IsEmpty && _minute.Open.OpenTimeMs <= candle.OpenTimeMs)
            _minute = new CandleAggregator(CandleInterval.OneMinute);
        Keep(_minutes, candle, MinutesKept);
        _day.Add(candle);
        _recent.Add(candle);
        LastMinuteOpenMs = Math.Max(LastMinuteOpenMs, candle.OpenTimeMs);
        LastPriceTicks = candle.CloseTicks;
    }

    /// <summary>Weighted by volume over five minutes; the last price where nothing was traded in them, 0 where nothing ever was.</summary>
    public decimal AveragePrice(Market market, long nowMs)
    {
        var (lots, quote) = _recent.Traded(_minute.Open, nowMs);
        return lots > 0 ? quote / market.QuantityOf(lots) : market.PriceOf(LastPriceTicks);
    }

    /// <summary>Oldest first.</summary>
    public PublicTrade[] Tape(int limit) => _tape.Last(limit);

    /// <summary>Oldest first, the open one last; only whole buckets, as far back as memory reaches.</summary>
    public List<Candle> Candles(CandleInterval interval, int limit)
    {
        var source = interval == CandleInterval.OneSecond
            ? _seconds.Append(_second.Open)
            : _minutes.Append(_minute.Open);
        var known = source.Where(candle => !candle.IsEmpty).ToList();
        var candles = CandleRollup.RollUp(known, interval).ToList();
        if (candles.Count > 0 && candles[0].OpenTimeMs < known[0].OpenTimeMs)
            candles.RemoveAt(0);
        return candles.Count <= limit ? candles : candles[^limit..];
    }

    public Ticker Ticker(long nowMs)
    {
        var day = _day.Read(nowMs);
        var open = _minute.Open;
        if (open.IsEmpty)
            return day;
        return day with
        {
            OpenTicks = day.Trades == 0 ? open.OpenTicks : day.OpenTicks,
            HighTicks = day.Trades == 0 ? open.HighTicks : Math.Max(day.HighTicks, open.HighTicks),
            LowTicks = day.Trades == 0 ? open.LowTicks : Math.Min(day.LowTicks, open.LowTicks),
            LastTicks = open.CloseTicks,
            Lots = day.Lots + open.Lots,
            QuoteVolume = day.QuoteVolume + open.QuoteVolume,
            Trades = day.Trades + open.Trades,
        };
    }

    internal void Write(ByteWriter writer)
    {
        writer.WriteSigned(_lastTradeId);
        writer.WriteSigned(LastPriceTicks);
        Write(writer, _minute.Open);
        writer.WriteUnsigned((ulong)_minutes.Count);
        foreach (var candle in _minutes)
            Write(writer, candle);
        var trades = _tape.Last(TapeLength);
        writer.WriteUnsigned((ulong)trades.Length);
        foreach (var trade in trades)
            Write(writer, trade);
    }

    internal void Read(ref ByteReader reader)
    {
        var lastTradeId = reader.ReadSigned();
        var lastPriceTicks = reader.ReadSigned();
        var open = ReadCandle(ref reader);
        for (var minutes = reader.ReadUnsigned(); minutes > 0; minutes--)
            Close(ReadCandle(ref reader).ToEvent());
        for (var trades = reader.ReadUnsigned(); trades > 0; trades--)
        {
            var trade = ReadTrade(ref reader);
            _tape.Add(trade);
            _steady.Add(trade);
        }

        if (!open.IsEmpty)
            _minute.Restore(open);
        _lastTradeId = lastTradeId;
        LastPriceTicks = lastPriceTicks;
    }

    private static void Keep(Queue<Candle> candles, in Candle candle, int count)
    {
        candles.Enqueue(candle);
        if (candles.Count > count)
            candles.Dequeue();
    }

    private static void Write(ByteWriter writer, in Candle candle)
    {
        writer.WriteSigned(candle.OpenTimeMs);
        writer.WriteSigned(candle.OpenTicks);
        writer.WriteSigned(candle.HighTicks);
        writer.WriteSigned(candle.LowTicks);
        writer.WriteSigned(candle.CloseTicks);
        writer.WriteSigned(candle.Lots);
        writer.WriteDecimal(candle.QuoteVolume);
        writer.WriteSigned(candle.Trades);
    }

    private static Candle ReadCandle(ref ByteReader reader) => new(
        reader.ReadSigned(),
        reader.ReadSigned(),
        reader.ReadSigned(),
        reader.ReadSigned(),
        reader.ReadSigned(),
        reader.ReadSigned(),
        reader.ReadDecimal(),
        reader.ReadInt32());

    private static void Write(ByteWriter writer, in PublicTrade trade)
    {
        writer.WriteSigned(trade.TradeId);
        writer.WriteSigned(trade.TimeMs);
        writer.WriteSigned(trade.PriceTicks);
        writer.WriteSigned(trade.Lots);
        writer.WriteByte((byte)trade.TakerSide);
    }

    private static PublicTrade ReadTrade(ref ByteReader reader) => new(
        reader.ReadSigned(),
        reader.ReadSigned(),
        reader.ReadSigned(),
        reader.ReadSigned(),
        (Side)reader.ReadByte());
}
