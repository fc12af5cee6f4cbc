namespace Exchange.Domain.Portfolios;

/// <summary>The open orders of an account, by id, by client order id and counted by symbol.</summary>
internal sealed class OpenOrders
{
    private readonly Dictionary<long, OpenOrder> _byId = [];
    private readonly Dictionary<string, OpenOrder> _byClientId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OpenOrder> _byListId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _countBySymbol = new(StringComparer.Ordinal);

    public int Count => _byId.Count;
    public IReadOnlyCollection<OpenOrder> All => _byId.Values;

    public OpenOrder? Find(long orderId) => _byId.GetValueOrDefault(orderId);

    public OpenOrder? Find(string clientOrderId) => _byClientId.GetValueOrDefault(clientOrderId);

    /// <summary>An order of this list that is open; while both are, the first.</summary>
    public OpenOrder? FindInList(string clientListId) => _byListId.GetValueOrDefault(clientListId);

    /// <summary>The other of a pair, while both are open.</summary>
    public OpenOrder? PairOf(OpenOrder order) => order.Terms.IsPaired ? Find(order.Terms.PairId) : null;

    public int ArmedCountOf(string symbol)
    {
        var count = 0;
        foreach (var order in _byId.Values)
            count += order.IsArmed && order.Symbol == symbol ? 1 : 0;
        return count;
    }

    public int CountOf(string symbol) => _countBySymbol.GetValueOrDefault(symbol);

    public void Add(OpenOrder order)
    {
        if (!_byId.TryAdd(order.OrderId, order) || !_byClientId.TryAdd(order.Terms.ClientOrderId, order))
            throw new InvalidOperationException($"Order {order.OrderId} ({order.Terms.ClientOrderId}) is already open.");
        if (order.Terms.IsPaired)
            _byListId.TryAdd(order.Terms.ClientListId, order);
        _countBySymbol[order.Symbol] = CountOf(order.Symbol) + 1;
    }

    public void Remove(OpenOrder order)
    {
        _byId.Remove(order.OrderId);
        _byClientId.Remove(order.Terms.ClientOrderId);
        RemoveFromList(order);
        var left = CountOf(order.Symbol) - 1;
        if (left == 0)
            _countBySymbol.Remove(order.Symbol);
        else
            _countBySymbol[order.Symbol] = left;
    }

    private void RemoveFromList(OpenOrder order)
    {
        if (!order.Terms.IsPaired || FindInList(order.Terms.ClientListId) != order)
            return;
        _byListId.Remove(order.Terms.ClientListId);
        if (PairOf(order) is { } pair)
            _byListId.Add(pair.Terms.ClientListId, pair);
    }

    public List<OpenOrder> ToSortedList()
    {
        var list = new List<OpenOrder>(_byId.Values);
        list.Sort((left, right) => left.OrderId.CompareTo(right.OrderId));
        return list;
    }
}
