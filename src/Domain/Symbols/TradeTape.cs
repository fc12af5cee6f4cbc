using Exchange.Domain.Orders;

namespace Exchange.Domain.Symbols;

public readonly record struct TapeTrade(long TradeId, long PriceTicks, long Lots, Side TakerSide, long AtMs);

/// <summary>The last trades of a symbol, users' and venue's, and the numbers they get.</summary>
public sealed class TradeTape(int capacity)
{
    // Twelve bits of room within a millisecond keep ids in the order of time, unique across restarts, and below 2^53.
    private const int BitsWithinMillisecond = 12;

    private readonly TapeTrade[] _trades = new TapeTrade[capacity];
    private long _count;

    public long LastTradeId { get; private set; }
    public long LastPriceTicks { get; private set; }

    public long NextTradeId(long nowMs) => Math.Max(LastTradeId + 1, nowMs << BitsWithinMillisecond);

    public void Add(in TapeTrade trade)
    {
        _trades[_count++ % _trades.Length] = trade;
        LastTradeId = Math.Max(LastTradeId, trade.TradeId);
        LastPriceTicks = trade.PriceTicks;
    }

    public void Resume(long lastTradeId, long lastPriceTicks)
    {
        LastTradeId = lastTradeId;
        LastPriceTicks = lastPriceTicks;
    }

    /// <summary>Oldest first.</summary>
    public TapeTrade[] Latest(int limit)
    {
        var count = (int)Math.Min(Math.Min(limit, _count), _trades.Length);
        var latest = new TapeTrade[count];
        for (var i = 0; i < count; i++)
            latest[i] = _trades[(_count - count + i) % _trades.Length];
        return latest;
    }
}
