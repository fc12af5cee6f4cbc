using Exchange.Domain.Orders;

namespace Exchange.Domain.Candles;

/// <summary>A trade as the public sees it.</summary>
public readonly record struct PublicTrade(long TradeId, long TimeMs, long PriceTicks, long Lots, Side TakerSide);

/// <summary>The last trades of a market; a new one takes the place of the oldest.</summary>
public sealed class RecentTrades(int capacity)
{
    private readonly PublicTrade[] _ring = new PublicTrade[capacity];
    private long _added;

    public int Count => (int)Math.Min(_added, _ring.Length);

    public void Add(in PublicTrade trade) => _ring[_added++ % _ring.Length] = trade;

    /// <summary>Oldest first, and of them the newest <paramref name="limit"/>.</summary>
    public PublicTrade[] Last(int limit)
    {
        var trades = new PublicTrade[Math.Clamp(limit, 0, Count)];
        for (var i = 0; i < trades.Length; i++)
            trades[i] = _ring[(_added - trades.Length + i) % _ring.Length];
        return trades;
    }
}
