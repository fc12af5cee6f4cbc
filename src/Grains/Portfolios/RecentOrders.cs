using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Grains.Portfolios;

/// <summary>The last finished orders, until the read model has surely caught up with them.</summary>
internal sealed class RecentOrders(int capacity)
{
    private readonly OrderView?[] _orders = new OrderView?[capacity];
    private int _next;

    public void Add(OrderView order)
    {
        _orders[_next] = order;
        _next = (_next + 1) % _orders.Length;
    }

    public OrderView? Find(long orderId, string? clientOrderId)
    {
        for (var back = 1; back <= _orders.Length; back++)
        {
            var order = _orders[(_next - back + _orders.Length) % _orders.Length];
            if (order is null)
                return null;
            if (orderId != 0 ? order.OrderId == orderId : order.ClientOrderId == clientOrderId)
                return order;
        }

        return null;
    }
}
