using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Tests.Portfolios;

namespace Exchange.Domain.Tests.Ledger;

/// <summary>Orders that wait for their price, and pairs of which one cancels the other.</summary>
internal sealed partial class PaperExchange
{
    private void PlaceConditional(Owner owner, RealMarket market)
    {
        var side = (Side)_random.Next(2);
        var type = OrderType.StopLoss + (byte)_random.Next(4);
        var order = Conditional(market, type, side, Quantity(market));
        if (type.Working() == OrderType.Market && _random.Next(3) == 0)
            order = order with { Quantity = 0, QuoteAmount = _random.Next(5, 5_000) + 0.12345678m };
        if (_random.Next(3) == 0)
            order = order with { ClientOrderId = $"r{_random.Next(1, _requests++ + 2)}" };
        var decision = owner.Portfolio.Place(order, market.Market, new MarketReference(market.Middle));
        if (decision.Placed is not { } placed)
            return;
        owner.Journal(placed);
        _unsent.Add((placed, null));
    }

    private void PlacePair(Owner owner, RealMarket market)
    {
        var side = (Side)_random.Next(2);
        var quantity = Quantity(market);
        var profit = _random.Next(2) == 0
            ? LimitMaker(market, side, quantity)
            : Conditional(market, OrderType.TakeProfit + (byte)_random.Next(2), side, quantity);
        var stop = Conditional(market, OrderType.StopLoss + (byte)_random.Next(2), side, quantity);
        var pair = new PairTerms($"l{_random.Next(1, _requests++ + 2)}", profit, stop);
        var decision = owner.Portfolio.PlacePair(pair, market.Market, new MarketReference(market.Middle));
        if (decision is not { Profit: { } first, Stop: { } second })
            return;
        owner.Journal(first);
        owner.Journal(second);
        _unsent.Add((first, second));
    }

    private void Send(OrderPlaced order, OrderPlaced? stop)
    {
        if (stop is null)
            MarketOf(order.Symbol).Submit(order);
        else
            ((RealMarket)MarketOf(order.Symbol)).Submit(order, stop);
    }

    private decimal Quantity(RealMarket market) => _random.Next(1, 60_000) * market.Market.LotSize;

    private OrderTerms LimitMaker(RealMarket market, Side side, decimal quantity) => new(
        "", market.Market.Symbol, side, OrderType.LimitMaker, TimeInForce.GoodTillCancelled,
        Away(market, side == Side.Sell, _random.Next(900, 4_000)), quantity, SelfTrade: (SelfTradePrevention)_random.Next(5));

    /// <summary>On its side of the market, mostly; sometimes it follows the market instead, or from there on.</summary>
    private OrderTerms Conditional(RealMarket market, OrderType type, Side side, decimal quantity)
    {
        var waitsAbove = type.IsStopLoss() == (side == Side.Buy);
        var stop = Away(market, waitsAbove, _random.Next(900, 20_000));
        var trailing = _random.Next(4) == 0 ? _random.Next(1, 200) : 0;
        var follows = trailing > 0 && _random.Next(2) == 0;
        var price = type.Working() == OrderType.Limit ? stop + _random.Next(-500, 500) * market.Market.TickSize : 0;
        return new OrderTerms(
            "", market.Market.Symbol, side, type, TimeInForce.GoodTillCancelled, price, quantity,
            SelfTrade: (SelfTradePrevention)_random.Next(5), StopPrice: follows ? 0 : stop, TrailingBps: trailing);
    }

    private static decimal Away(RealMarket market, bool above, int ticks)
    {
        var middle = (long)(market.Middle / market.Market.TickSize);
        return market.Market.PriceOf(Math.Max(1, above ? middle + ticks : middle - ticks));
    }
}
