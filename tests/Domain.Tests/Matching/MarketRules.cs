using Exchange.Domain.Book;
using Exchange.Domain.Matching;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Matching;

/// <summary>What must be true of every order and its outcome, whichever book it met.</summary>
public static class MarketRules
{
    public static void Check(in Order order, in Outcome outcome, List<MatchEvent> events)
    {
        Int128 notional = 0;
        long filled = 0, prevented = 0;
        foreach (var happened in events)
        {
            if (happened.Kind is MatchEventKind.Trade or MatchEventKind.VenueTrade)
            {
                Assert.True(order.Price == 0 || IsWithin(order, happened.Price), "a trade is within the limit");
                Assert.True(
                    order.Prevention == SelfTradePrevention.None || happened.Account != order.Account,
                    "nobody trades with himself who asked not to");
                filled += happened.Lots;
                notional += (Int128)happened.Price * happened.Lots;
            }
            else
            {
                Assert.Equal(order.Account, happened.Account);
                prevented += happened.Kind == MatchEventKind.Decremented ? happened.Lots : 0;
            }
        }

        Assert.Equal(filled, outcome.Filled);
        Assert.Equal(prevented, outcome.Prevented);
        if (order.Lots > 0)
            Assert.Equal(order.Lots, outcome.Filled + outcome.Prevented + outcome.Remaining);
        if (order.Budget > 0)
            Assert.True(notional <= order.Budget, "a budget is not exceeded");
        if (order.TimeInForce == TimeInForce.FillOrKill)
            Assert.True(filled == 0 || filled == order.Lots, "fill or kill fills whole or not at all");
        if (outcome.Status == OrderStatus.Rejected || order.Type == OrderType.LimitMaker)
            Assert.Empty(events);
    }

    public static void CheckNotCrossed(IOrderBook book)
    {
        if (book.TryBest(Side.Buy, out var bid, out _) && book.TryBest(Side.Sell, out var ask, out _))
            Assert.True(bid < ask, $"the book is crossed: bid {bid}, ask {ask}");
    }

    private static bool IsWithin(in Order order, long price) =>
        order.Side == Side.Buy ? price <= order.Price : price >= order.Price;
}
