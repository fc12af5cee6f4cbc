using Exchange.Bench.Orders;

namespace Exchange.Bench.Restart;

/// <summary>Bids below and asks above a price, spread over a fixed number of levels, so that nothing trades and everything rests.</summary>
public sealed class RestingOrders(OrderTemplate[] bids, OrderTemplate[] asks, decimal middle, int ordersPerUser) : IOrderSource
{
    public const int LevelsPerSide = 100;

    private const decimal Step = 0.05m;

    private long _sent;

    public byte[] Opening => bids[0].Opening;

    public ReadOnlySpan<byte> Next()
    {
        var turn = _sent++;
        var user = (int)(turn / ordersPerUser % bids.Length);
        var distance = Step * (1 + turn / 2 % LevelsPerSide);
        var bidsNow = turn % 2 == 0;
        var template = (bidsNow ? bids : asks)[user];
        template.SetPrice(bidsNow ? middle - distance : middle + distance);
        return template.WithId(turn);
    }
}
