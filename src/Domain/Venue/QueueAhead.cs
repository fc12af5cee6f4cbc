using Exchange.Domain.Orders;

namespace Exchange.Domain.Venue;

/// <summary>
/// Where users' resting orders would stand in the venue's queues. What the venue shows at a price when an order joins
/// stands before it. Trades at that price shorten this; what is cancelled is taken from behind the order, as long as
/// the venue still shows enough to have stood there. The docs explain it with an example (feeds.md).
/// </summary>
public sealed class QueueAhead(RestingFill mode = RestingFill.Queue)
{
    private readonly Dictionary<(Side Side, long Price), QueueLevel> _levels = [];
    private readonly Dictionary<long, (QueueLevel Level, long Place)> _orders = [];
    private readonly List<QueueLevel> _moved = [];
    private readonly List<QueueLevel> _waiting = [];
    private readonly List<QueueFill> _fills = [];

    public int Orders => _orders.Count;

    public bool IsOn => mode == RestingFill.Queue;

    /// <summary>Some orders came while nobody knew the venue's book.</summary>
    public bool HasWaiting => _waiting.Count > 0;

    public bool Contains(long orderId) => _orders.ContainsKey(orderId);

    /// <summary>What would stand before an order that begins to rest now, where the venue shows these lots at its price.</summary>
    public long AheadOfNew(Side side, long price, long venueLots) =>
        _levels.TryGetValue((side, price), out var level) ? level.AheadOfNew : venueLots;

    /// <summary>An order begins to rest behind so many lots of the venue; null if they are to be known only later.</summary>
    public void Join(long orderId, Side side, long price, long lots, long? ahead)
    {
        if (!IsOn)
            return;
        if (!_levels.TryGetValue((side, price), out var level))
            _levels.Add((side, price), level = new QueueLevel(side, price, ahead ?? 0));
        if (ahead is null && !level.HasWaiting)
            _waiting.Add(level);
        _orders.Add(orderId, (level, level.Join(orderId, lots, ahead)));
    }

    /// <summary>An order that waited for it learns how many of the venue's lots stand before it. Those before it at its price come first.</summary>
    public void Place(long orderId, long ahead)
    {
        if (_orders.TryGetValue(orderId, out var order) && order.Level.Ahead(order.Place) is null)
            order.Level.Place(order.Place, ahead);
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
            Show(level, lots);
    }

    /// <summary>The venue's book was replaced as a whole.</summary>
    public void Show(VenueDepth depth)
    {
        foreach (var level in _levels.Values)
            Show(level, depth.ShownAt(level.Side, level.Price));
    }

    /// <summary>
    /// The venue has traded at a price. Answers what of it reaches users' orders there, in their order of time;
    /// <see cref="Reduce"/> or <see cref="Leave"/> follow for each. The list is the caller's until the next call.
    /// </summary>
    /// <param name="give">The most that orders may get of the trade.</param>
    public List<QueueFill> Trade(Side takerSide, long price, long lots, long give)
    {
        _fills.Clear();
        if (_levels.Count > 0 && _levels.TryGetValue((takerSide.Opposite(), price), out var level))
        {
            var hadMoved = level.HasMoved;
            level.Trade(lots, give, _fills);
            NoteMove(level, hadMoved);
        }

        return _fills;
    }

    /// <summary>The orders that can be given their place now that the venue's book is known, each with what stands before it.</summary>
    public List<(long OrderId, long Ahead)> Placeable(VenueDepth depth)
    {
        var placeable = new List<(long, long)>();
        foreach (var level in _waiting)
        {
            if (level.IsEmpty)
                continue;
            if (level.Groups == 0)
                Show(level, depth.ShownAt(level.Side, level.Price));
            placeable.AddRange(level.Orders().Where(order => order.Ahead is null).Select(order => (order.OrderId, level.AheadOfNew)));
        }

        _waiting.Clear();
        return placeable;
    }

    /// <summary>How far each queue has moved since it was last asked, for the journal.</summary>
    public List<QueueMove> TakeMoves()
    {
        if (_moved.Count == 0)
            return [];
        var moves = new List<QueueMove>(_moved.Count);
        foreach (var level in _moved)
        {
            if (level.HasMoved && !level.IsEmpty)
                moves.Add(MoveOf(level));
        }

        _moved.Clear();
        return moves;
    }

    /// <summary>The same for one price.</summary>
    public QueueMove? TakeMove(Side side, long price) =>
        _levels.TryGetValue((side, price), out var level) && level.HasMoved ? MoveOf(level) : null;

    /// <summary>What <see cref="TakeMoves"/> once said, when replayed.</summary>
    public void Follow(in QueueMove move)
    {
        if (_levels.TryGetValue((move.Side, move.Price), out var level))
            level.Follow(move.Traded, move.LastAhead);
    }

    /// <summary>After a replay: the venue's next totals continue from there.</summary>
    public void Resume()
    {
        _moved.Clear();
        _waiting.Clear();
        foreach (var level in _levels.Values)
        {
            level.Resume();
            if (level.HasWaiting)
                _waiting.Add(level);
        }
    }

    /// <summary>How many lots of the venue still stand before the order; null where it waits to know.</summary>
    public long? Ahead(long orderId) => _orders.TryGetValue(orderId, out var order) ? order.Level.Ahead(order.Place) : 0;

    /// <summary>All orders, those of one price in their order of time.</summary>
    public IEnumerable<(long OrderId, long? Ahead)> Places() =>
        _levels.OrderBy(pair => pair.Key).SelectMany(pair => pair.Value.Orders());

    /// <summary>How many groups of equal position a price has, to see that what left is forgotten.</summary>
    public int Groups(Side side, long price) => _levels.TryGetValue((side, price), out var level) ? level.Groups : 0;

    private void Show(QueueLevel level, long lots)
    {
        var hadMoved = level.HasMoved;
        level.Show(lots);
        NoteMove(level, hadMoved);
    }

    private void NoteMove(QueueLevel level, bool hadMoved)
    {
        if (!hadMoved && level.HasMoved)
            _moved.Add(level);
    }

    private static QueueMove MoveOf(QueueLevel level)
    {
        var (traded, lastAhead) = level.TakeMove();
        return new QueueMove(level.Side, level.Price, traded, lastAhead);
    }
}
