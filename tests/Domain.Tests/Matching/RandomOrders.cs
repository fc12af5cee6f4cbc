using Exchange.Domain.Matching;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Matching;

/// <summary>Draws orders of every kind around a market that moves as its regime says.</summary>
public sealed class RandomOrders(Regime regime, Random random)
{
    private const int Accounts = 6;

    private long _market = 100_000;
    private long _counter;

    public void MoveMarket() => _market = regime.Move(random, _market);

    public Order Next()
    {
        var account = 1 + random.Next(Accounts);
        var side = (Side)random.Next(2);
        var order = new Order
        {
            Id = (long)account << 32 | ++_counter,
            Account = account,
            Side = side,
            Price = Price(side, waits: random.Next(100) < 95),
            Lots = Lots(),
            Prevention = random.Next(3) == 0 ? SelfTradePrevention.None : (SelfTradePrevention)random.Next(5),
        };
        return random.Next(100) switch
        {
            < 5 => Taking(order) with { TimeInForce = TimeInForce.ImmediateOrCancel },
            < 9 => Taking(order) with { TimeInForce = TimeInForce.FillOrKill },
            < 11 => Market(order),
            < 13 => Market(order) with { TimeInForce = TimeInForce.FillOrKill },
            < 15 => Market(order) with { Lots = 0, Budget = Budget() },
            < 16 => Market(order) with { Budget = Budget() },
            < 24 => order with { Type = OrderType.LimitMaker },
            < 38 => order with { Display = 1 + random.NextInt64(order.Lots) / random.Next(1, 8) },
            < 39 => order with { Price = -random.Next(2), Lots = random.Next(-1, 2), Display = random.Next(3) },
            _ => order,
        };
    }

    public DepthLevel[] VenueSide(Side side)
    {
        var levels = new DepthLevel[random.Next(5)];
        var price = regime.Price(random, _market);
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = new DepthLevel(price, Lots());
            price += side == Side.Buy ? -random.Next(1, 4) : random.Next(1, 4);
            if (price < 1)
                return levels[..(i + 1)];
        }

        return levels;
    }

    public (long Price, long Lots) VenueTrade() => (regime.Price(random, _market), Lots());

    /// <summary>Prices on the side of the market where an order waits, or on the side where it takes.</summary>
    private long Price(Side side, bool waits)
    {
        var below = (side == Side.Buy) == waits;
        var price = regime.Price(random, _market);
        for (var attempt = 0; attempt < 8 && (price < _market) != below; attempt++)
            price = regime.Price(random, _market);
        return price;
    }

    private Order Taking(in Order order) => order with { Price = Price(order.Side, waits: random.Next(3) == 0) };

    private Order Market(in Order order) => order with
    {
        Type = OrderType.Market,
        TimeInForce = TimeInForce.ImmediateOrCancel,
        Price = random.Next(2) == 0 ? 0 : Price(order.Side, waits: false),
    };

    private Int128 Budget() => (Int128)_market * random.Next(1, 300) + random.Next(1000);

    private long Lots() => random.Next(40) == 0 ? 1 + random.Next(2000) : 1 + random.Next(60);
}
