using Exchange.Domain.Orders;

namespace Exchange.Domain.Book;

/// <summary>
/// The resting orders of one market in strict price-time priority. Prices are ticks, quantities are lots.
/// The same calls in the same order give the same <see cref="StateHash"/> in every implementation.
/// </summary>
public interface IOrderBook
{
    int Count { get; }

    /// <summary>Puts the order behind all others at its price. It does not match: the caller has let it take first.</summary>
    void Add(in RestingOrder order);

    bool Remove(long id);

    /// <summary>Takes lots off an order, hidden ones first. It keeps its place; without lots left it is removed.</summary>
    bool Reduce(long id, long lots);

    /// <summary>
    /// A fill of the displayed slice by what another book's <see cref="Take"/> reported. A used-up slice of an iceberg
    /// is replaced from its hidden lots and goes to the back of its level, exactly as in matching.
    /// </summary>
    bool Fill(long id, long lots);

    bool TryGet(long id, out RestingOrder order);

    bool TryBest(Side side, out long price, out long lots);

    /// <summary>Fills the span with the best levels, best first, and answers how many there were.</summary>
    int Depth(Side side, Span<DepthLevel> levels);

    /// <summary>
    /// Bids, then asks, each in priority order: adding them in this order to an empty book restores this one.
    /// </summary>
    IEnumerable<RestingOrder> Orders();

    /// <summary>
    /// How many of the lots it wants the taker would get at the limit or better, hidden lots included. Own orders are
    /// no liquidity where self-trade prevention says so, and where meeting one would end the taker or cut it short,
    /// nothing from there on is: <paramref name="stoppedAt"/> is then that price, otherwise zero.
    /// </summary>
    long Available(in Taker taker, long limitPrice, out long stoppedAt);

    /// <summary>Trades the taker against the other side, at the makers' prices, up to its limit.</summary>
    void Take<TSink>(ref Taker taker, long limitPrice, ref TSink sink)
        where TSink : struct, IBookSink;

    void Clear();

    ulong StateHash();

    /// <summary>Throws when the inner structures contradict each other.</summary>
    void Validate();
}
