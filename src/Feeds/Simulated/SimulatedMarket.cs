using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

namespace Exchange.Feeds.Simulated;

/// <summary>
/// Everything that ever happens in one simulated market, as a pure function of settings and time. Time runs in beats
/// of the configured interval: each beat has its book, and the trades that met the touch of that book.
/// </summary>
internal sealed class SimulatedMarket
{
    public const int MaxTradesPerBeat = 32;
    private const long MinuteMs = 60_000;

    private enum Draw { Spread = 1, BidLots, AskLots, LevelPlace, LevelPace, LevelLots, Activity, TradeCount, Trade, TradeSide }

    private readonly SimulatedOptions _options;
    private readonly PricePath _base;
    private readonly PricePath _quote;
    private readonly ulong _key;
    private readonly double _tickSize;
    private readonly long _maxPrice;
    private readonly long _spacing;
    private readonly double _touchLots;
    private readonly double _tradeLots;

    private SimulatedMarket(SimulatedOptions options, Market market, SimulatedAsset baseAsset, SimulatedAsset quoteAsset)
    {
        _options = options;
        _base = new PricePath(options.Seed, market.Base, baseAsset.UsdPrice, baseAsset.Volatility);
        _quote = new PricePath(options.Seed, market.Quote, quoteAsset.UsdPrice, quoteAsset.Volatility);
        _key = Noise.Key(options.Seed, FeedSymbol.Of(market));
        _tickSize = (double)market.TickSize;
        _maxPrice = market.MaxPriceTicks;
        double baseTicks = baseAsset.UsdPrice / quoteAsset.UsdPrice / _tickSize;
        _spacing = Math.Max(1, (long)(baseTicks * options.LevelSpacingBps / 10_000));
        double lotValue = baseAsset.UsdPrice * (double)market.LotSize;
        _touchLots = options.TouchValue / lotValue;
        _tradeLots = options.TradeValue / lotValue;
    }

    /// <summary>Null where the settings do not price one of the market's assets.</summary>
    public static SimulatedMarket? Of(SimulatedOptions options, Market market) =>
        options.Assets.TryGetValue(market.Base, out var baseAsset) && options.Assets.TryGetValue(market.Quote, out var quoteAsset)
            ? new SimulatedMarket(options, market, baseAsset, quoteAsset)
            : null;

    public long BeatAt(long timeMs) => timeMs / _options.IntervalMs;

    public long StartOf(long beat) => beat * _options.IntervalMs;

    /// <summary>The middle of the market in ticks, before spread and rounding.</summary>
    public double MiddleAt(long timeMs) => _base.PriceAt(timeMs) / _quote.PriceAt(timeMs) / _tickSize;

    public BestQuote BestAt(long beat)
    {
        long time = StartOf(beat);
        long spread = 1 + (long)(Hash(Draw.Spread, beat) % (ulong)_options.MaxSpreadTicks);
        double bid = Math.Floor(MiddleAt(time) - (spread - 1) / 2.0);
        long bidPrice = (long)Math.Clamp(bid, 1, Math.Max(1, _maxPrice - spread));
        return new BestQuote(
            bidPrice,
            Lots(_touchLots, 1.0, Hash(Draw.BidLots, beat)),
            bidPrice + spread,
            Lots(_touchLots, 1.0, Hash(Draw.AskLots, beat)),
            time);
    }

    public void DepthAt(long beat, SimulatedBook book)
    {
        var best = BestAt(beat);
        book.Clear();
        book.Add(Side.Buy, best.BidPrice, best.BidLots);
        book.Add(Side.Sell, best.AskPrice, best.AskLots);
        for (long cell = best.BidPrice / _spacing, distance = 1; cell >= 0 && !book.IsFull(Side.Buy); cell--)
        {
            long price = LevelPrice(cell);
            if (price < best.BidPrice && price > 0)
                book.Add(Side.Buy, price, LevelLots(beat, cell, distance++));
        }
        for (long cell = best.AskPrice / _spacing, distance = 1; !book.IsFull(Side.Sell); cell++)
        {
            long price = LevelPrice(cell);
            if (price > _maxPrice)
                break;
            if (price > best.AskPrice)
                book.Add(Side.Sell, price, LevelLots(beat, cell, distance++));
        }
    }

    /// <summary>The trades of one beat, oldest first. Their time is within the beat, so they are known when it ends.</summary>
    public int TradesIn(long beat, Span<VenueTrade> into)
    {
        int count = TradeCount(beat);
        if (count == 0)
            return 0;
        var best = BestAt(beat);
        long bidLots = best.BidLots;
        long askLots = best.AskLots;
        double buyShare = MiddleAt(StartOf(beat + 1)) > MiddleAt(StartOf(beat)) ? 0.7 : 0.3;
        int made = 0;
        for (int i = 0; i < count; i++)
        {
            ulong hash = Noise.Hash(_key + (ulong)Draw.Trade, beat, i);
            bool buys = Noise.Uniform(Noise.Hash(_key + (ulong)Draw.TradeSide, beat, i)) < buyShare;
            ref long standing = ref buys ? ref askLots : ref bidLots;
            long lots = Math.Min(standing, Lots(_tradeLots, 1.2, hash));
            if (lots == 0)
                continue;
            standing -= lots;
            long within = (i * _options.IntervalMs + (long)(hash % (ulong)_options.IntervalMs)) / count;
            into[made++] = new VenueTrade(
                buys ? best.AskPrice : best.BidPrice, lots, buys ? Side.Buy : Side.Sell, best.AtMs + within);
        }
        return made;
    }

    /// <summary>The candle of the minute that opens at this time; null if nothing traded in it.</summary>
    public VenueCandle? CandleAt(long openTimeMs)
    {
        Span<VenueTrade> trades = stackalloc VenueTrade[MaxTradesPerBeat];
        var summary = new TradeSummary();
        long end = BeatAt(openTimeMs + MinuteMs);
        for (long beat = BeatAt(openTimeMs); beat < end; beat++)
        {
            int count = TradesIn(beat, trades);
            for (int i = 0; i < count; i++)
                summary.Add(trades[i]);
        }
        if (summary.Count == 0)
            return null;
        return new VenueCandle(
            openTimeMs, summary.First, summary.High, summary.Low, summary.Last, summary.Lots, summary.TickLots, summary.Count);
    }

    /// <summary>Orders behind the touch stand at fixed prices, one in each cell of the price axis, and the market moves through them.</summary>
    private long LevelPrice(long cell) => cell * _spacing + (long)(Hash(Draw.LevelPlace, cell) % (ulong)_spacing);

    /// <summary>Each level changes its lots at a pace of its own, every 16 to 48 beats.</summary>
    private long LevelLots(long beat, long cell, long distance)
    {
        long pace = 16 + (long)(Hash(Draw.LevelPace, cell) & 31);
        ulong hash = Noise.Hash(_key + (ulong)Draw.LevelLots, cell, (beat + cell) / pace);
        return Lots(_touchLots * Growth(distance), 0.8, hash);
    }

    /// <summary>
    /// Depth grows with a power of the distance (0.75), in steps: a level that the touch moves towards keeps its lots
    /// for a while instead of changing with every beat.
    /// </summary>
    private static double Growth(long distance)
    {
        double step = 1L << System.Numerics.BitOperations.Log2((ulong)distance);
        double root = Math.Sqrt(step);
        return 0.6 * root * Math.Sqrt(root);
    }

    private int TradeCount(long beat)
    {
        double activity = 0.25 + 1.5 * Noise.Uniform(Hash(Draw.Activity, StartOf(beat) / 20_000));
        double mean = _options.TradesPerSecond * _options.IntervalMs / 1000 * activity;
        double draw = Noise.Uniform(Hash(Draw.TradeCount, beat));
        double probability = Noise.Exp(-mean);
        int count = 0;
        while (draw >= probability && count < MaxTradesPerBeat)
        {
            draw -= probability;
            count++;
            probability *= mean / count;
        }
        return count;
    }

    private static long Lots(double typical, double deviation, ulong hash) =>
        Math.Max(1, (long)(typical * Noise.Exp(deviation * Noise.Normal(hash))));

    private ulong Hash(Draw draw, long place) => Noise.Hash(_key + (ulong)draw, place);
}
