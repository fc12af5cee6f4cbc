namespace Exchange.Domain.Portfolios;

/// <summary>The open orders of an account, by id, by client order id and counted by symbol.</summary>
internal sealed class OpenOrders
{
    private readonly Dictionary<long, OpenOrder> _byId = [];
    private readonly Dictionary<string, OpenOrder> _byClientId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _countBySymbol = new(StringComparer.Ordinal);

    public int Count => _byId.Count;
    public IReadOnlyCollection<OpenOrder> All => _byId.Values;

    public OpenOrder? Find(long orderId) => _byId.GetValueOrDefault(orderId);

    public OpenOrder? Find(string clientOrderId) => _byClientId.GetValueOrDefault(clientOrderId);

    public int CountOf(string symbol) => _countBySymbol.GetValueOrDefault(symbol);

    public void Add(OpenOrder order)
    {
        if (!_byId.TryAdd(order.OrderId, order) || !_byClientId.TryAdd(order.Terms.ClientOrderId, order))
            throw new InvalidOperationException($"Order {order.OrderId} ({order.Terms.ClientOrderId}) is already open.");
        _countBySymbol[order.Symbol] = CountOf(order.Symbol) + 1;
    }

    public void Remove(OpenOrder order)
    {
        _byId.Remove(order.OrderId);
        _byClientId.Remove(order.Terms.ClientOrderId);
        var left = CountOf(order.Symbol) - 1;
        if (left == 0)
            _countBySymbol.Remove(order.Symbol);
        else
            _countBySymbol[order.Symbol] = left;
    }

    public List<OpenOrder> ToSortedList()
    {
        var list = new List<OpenOrder>(_byId.Values);
        list.Sort((left, right) => left.OrderId.CompareTo(right.OrderId));
        return list;
    }
}
