using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Simulation.Tests.World;

namespace Exchange.Simulation.Tests.Traffic;

/// <summary>Clients whose orders wait for a price, alone or in pairs.</summary>
public sealed partial class Users
{
    private readonly List<PlacePair> _pairs = [];

    private async Task PlacePair(SimSilo silo, long account)
    {
        var pair = _pairs.Count > 0 && chance.OneIn(6) ? chance.Of(_pairs) : DrawPair();
        _pairs.Add(pair);
        var reply = await Patiently(() => silo.Pairs(account).PlacePair(pair));
        if (reply is null)
            return;
        promises.Note(account, reply);
        foreach (var order in reply.Orders)
            _known.Add((account, order.OrderId));
    }

    private PlaceOrder DrawConditional()
    {
        var (market, side, quantity) = DrawTerms();
        var order = Conditional(market, side, quantity, OrderType.StopLoss + (byte)chance.Next(4)) with { ClientOrderId = $"c{++_lastId}" };
        return order.Type.Working() == OrderType.Market && chance.OneIn(4)
            ? order with { Quantity = 0, QuoteAmount = 50 + chance.Next(1_000) }
            : order;
    }

    private PlacePair DrawPair()
    {
        var (market, side, quantity) = DrawTerms();
        var profit = chance.OneIn(2)
            ? Conditional(market, side, quantity, OrderType.TakeProfit + (byte)chance.Next(2))
            : new PlaceOrder(
                "", market.Symbol, side, OrderType.LimitMaker, TimeInForce.GoodTillCancelled, Away(market, side == Side.Sell), quantity, 0, 0,
                (SelfTradePrevention)chance.Next(5));
        return new PlacePair($"l{++_lastId}", profit, Conditional(market, side, quantity, OrderType.StopLoss + (byte)chance.Next(2)));
    }

    private (Market Market, Side Side, decimal Quantity) DrawTerms()
    {
        var market = chance.OneIn(2) ? SimMarkets.Local : SimMarkets.Venue;
        var lots = market == SimMarkets.Local ? chance.Next(1, 20) : chance.Next(100, 40_000);
        return (market, chance.OneIn(2) ? Side.Buy : Side.Sell, market.QuantityOf(lots));
    }

    private PlaceOrder Conditional(Market market, Side side, decimal quantity, OrderType type)
    {
        var stop = Away(market, type.IsStopLoss() == (side == Side.Buy));
        var price = type.Working() == OrderType.Limit ? stop : 0;
        var trailing = chance.OneIn(4) ? chance.Next(1, 30) : 0;
        var follows = trailing > 0 && chance.OneIn(2);
        return new PlaceOrder(
            "", market.Symbol, side, type, TimeInForce.GoodTillCancelled, price, quantity, 0, 0,
            (SelfTradePrevention)chance.Next(5), follows ? 0 : stop, trailing);
    }

    private decimal Away(Market market, bool above)
    {
        var isLocal = market == SimMarkets.Local;
        var distance = isLocal ? chance.Next(1, 6) : 100 * chance.Next(1, 9);
        return market.PriceOf((isLocal ? 2_000 : 1_000_000) + (above ? distance : -distance));
    }
}
