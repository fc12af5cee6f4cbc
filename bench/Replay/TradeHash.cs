using Exchange.Domain.Matching;

namespace Exchange.Bench.Replay;

/// <summary>Counts trades and folds each into an FNV-1a hash over maker, taker, price and quantity.</summary>
public struct TradeHash() : IMatchSink
{
    private const ulong Prime = 0x100000001b3;

    public uint Taker;
    public long Trades;
    public long Quantity;
    public long Notional;
    public ulong Hash = 0xcbf29ce484222325;

    public void Traded(long makerId, long makerAccount, long price, long lots, long makerRemaining)
    {
        Trades++;
        Quantity += lots;
        Notional += price * lots;
        var hash = (Hash ^ (uint)makerId) * Prime;
        hash = (hash ^ Taker) * Prime;
        hash = (hash ^ (ulong)price) * Prime;
        Hash = (hash ^ (ulong)lots) * Prime;
    }

    public readonly void TradedWithVenue(long price, long lots) => throw new NotSupportedException();

    public readonly void MakerExpired(long makerId, long makerAccount, long lots) => throw new NotSupportedException();

    public readonly void Decremented(long makerId, long makerAccount, long lots, long makerRemaining) =>
        throw new NotSupportedException();
}
