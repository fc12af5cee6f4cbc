using Exchange.Domain.Orders;

namespace Exchange.Domain.Book;

/// <summary>
/// The ladder book as a value type. Generic code is compiled once for all classes but for each struct of its own, so
/// through this the matcher calls the ladder directly.
/// </summary>
public readonly struct FastBook(LadderOrderBook ladder) : IOrderBook
{
    public int Count => ladder.Count;

    public void Add(in RestingOrder order) => ladder.Add(order);

    public bool Remove(long id) => ladder.Remove(id);

    public bool Reduce(long id, long lots) => ladder.Reduce(id, lots);

    public bool Fill(long id, long lots) => ladder.Fill(id, lots);

    public bool TryGet(long id, out RestingOrder order) => ladder.TryGet(id, out order);

    public bool TryBest(Side side, out long price, out long lots) => ladder.TryBest(side, out price, out lots);

    public int Depth(Side side, Span<DepthLevel> levels) => ladder.Depth(side, levels);

    public IEnumerable<RestingOrder> Orders() => ladder.Orders();

    public long Available(in Taker taker, long limitPrice, out long stoppedAt) =>
        ladder.Available(taker, limitPrice, out stoppedAt);

    public void Take<TSink>(ref Taker taker, long limitPrice, ref TSink sink)
        where TSink : struct, IBookSink =>
        ladder.Take(ref taker, limitPrice, ref sink);

    public void Clear() => ladder.Clear();

    public ulong StateHash() => ladder.StateHash();

    public void Validate() => ladder.Validate();
}
