namespace Exchange.Bench.Orders;

/// <summary>
/// Sells and buys in turn at one price. What rests is taken by the next of the other side, so that half of the orders
/// trade on arrival, all of them trade in the end, and the book never holds more than one order per connection.
/// </summary>
public sealed class CrossingOrders(OrderTemplate[] buys, OrderTemplate[] sells, QuotedPrice price, bool startsWithSell) : IOrderSource
{
    private long _sent;

    public byte[] Opening => buys[0].Opening;

    public ReadOnlySpan<byte> Next()
    {
        var turn = _sent++;
        var user = (int)(turn / 2 % buys.Length);
        var sellsNow = (turn % 2 == 0) == startsWithSell;
        var template = (sellsNow ? sells : buys)[user];
        template.SetPrice(price.Current);
        return template.WithId(turn);
    }
}
