using Exchange.Domain.Orders;

namespace Exchange.Domain.Venue;

/// <summary>When a resting order on a venue-backed market may fill.</summary>
public enum RestingFill : byte
{
    /// <summary>When the venue's trades have used up what stood before it at its price, or the venue has gone through it.</summary>
    Queue = 0,

    /// <summary>Only when the venue's opposite best price reaches it.</summary>
    Touch = 1,
}

/// <summary>
/// Where users' resting orders would stand in the venue's queues. What the venue shows at a price when an order joins
/// stands before it. Trades at that price shorten this; what is cancelled is taken from behind the order, as long as
/// the venue still shows enough to have stood there. The docs explain it with an example (feeds.md).
/// </summary>
public sealed class QueueAhead(RestingFill mode = RestingFill.Queue)
{
    private readonly Dictionary<(Side Side, long Price), QueueLevel> _levels = [];
    private readonly Dictionary<long, (QueueLevel Level, long Place)> _orders = [];

    public int Orders => _orders.Count;

    /// <summary>
    /// An order begins to rest, behind the lots that the venue shows at its price on its side. Where others rest already,
    /// this is known from <see cref="Show(Side, long, long)"/>.
    /// </summary>
    public void Join(long orderId, Side side, long price, long lots, long venueLots)
    {
        if (mode == RestingFill.Touch)
            return;
        if (!_levels.TryGetValue((side, price), out var level))
            _levels.Add((side, price), level = new QueueLevel(side, price, venueLots));
        _orders.Add(orderId, (level, level.Join(lots)));
    }

    /// <summary>An order filled in part, or was decremented; without lots left it is gone.</summary>
    public void Reduce(long orderId, long lots)
    {
        if (_orders.TryGetValue(orderId, out var order) && !order.Level.Reduce(order.Place, lots))
            Leave(orderId);
    }

    public void Leave(long orderId)
    {
        if (!_orders.Remove(orderId, out var order))
            return;
        order.Level.Leave(order.Place);
        if (order.Level.IsEmpty)
            _levels.Remove((order.Level.Side, order.Level.Price));
    }

    /// <summary>The venue shows a new total at a price, zero if the level has gone.</summary>
    public void Show(Side side, long price, long lots)
    {
        if (_levels.Count > 0 && _levels.TryGetValue((side, price), out var level))
            level.Show(lots);
    }

    /// <summary>The venue's book was replaced as a whole.</summary>
    public void Show(VenueDepth depth)
    {
        foreach (var level in _levels.Values)
            level.Show(depth.LotsAt(level.Side, level.Price));
    }

    /// <summary>
    /// The venue has traded at a price. Answers how many lots of it reach users' orders there, which then fill in their
    /// order of time; <see cref="Reduce"/> or <see cref="Leave"/> follow for each.
    /// </summary>
    public long Trade(Side takerSide, long price, long lots) =>
        _levels.Count > 0 && _levels.TryGetValue((takerSide.Opposite(), price), out var level) ? level.Trade(lots) : 0;

    /// <summary>How many lots of the venue still stand before the order.</summary>
    public long Ahead(long orderId) => _orders.TryGetValue(orderId, out var order) ? order.Level.Ahead(order.Place) : 0;

    /// <summary>How many groups of equal position a price has, to see that what left is forgotten.</summary>
    public int Groups(Side side, long price) => _levels.TryGetValue((side, price), out var level) ? level.Groups : 0;

    public void Clear()
    {
        _levels.Clear();
        _orders.Clear();
    }
}
