using Exchange.Domain.Book;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Matching;

/// <summary>
/// Executes orders over a book and a venue: better price first, local orders first at the same price, time priority
/// within a level. It keeps nothing itself, so one call with the same book and venue always gives the same result.
/// </summary>
public static partial class Matcher
{
    public static Outcome Execute<TBook, TVenue, TSink>(TBook book, in Order order, ref TVenue venue, ref TSink sink)
        where TBook : IOrderBook
        where TVenue : IVenueLiquidity
        where TSink : struct, IMatchSink
    {
        var refusal = order.Refusal();
        if (refusal != Reason.None)
            return new Outcome(OrderStatus.Rejected, refusal, 0, order.Lots);
        if (order.Type == OrderType.LimitMaker && WouldTake(book, order, ref venue))
            return new Outcome(OrderStatus.Rejected, Reason.WouldTakeLiquidity, 0, order.Lots);

        var taker = TakerFor(order);
        if (order.TimeInForce == TimeInForce.FillOrKill && !CanFill(book, taker, order.Limit, ref venue))
            return new Outcome(OrderStatus.Expired, Reason.FillOrKillUnfilled, 0, order.Lots);

        Walk(book, ref taker, order.Limit, ref venue, ref sink);
        if (taker.Lots == 0 && taker.Stopped != Reason.SelfTrade)
            return new Outcome(OrderStatus.Filled, Reason.None, taker.Filled, 0, taker.Prevented);
        if (taker.Stopped == Reason.None && order.Type != OrderType.Market
            && order.TimeInForce == TimeInForce.GoodTillCancelled)
        {
            return Rest(book, order, taker);
        }

        return Expire(book, order, taker, ref venue);
    }

    private static Taker TakerFor(in Order order)
    {
        var lots = order.IsByBudgetAlone ? long.MaxValue : order.Lots;
        var taker = new Taker(order.Id, order.Account, order.Side, lots, order.Prevention);
        return order.Budget == 0 ? taker : taker.WithBudget(order.Budget);
    }

    private static void Walk<TBook, TVenue, TSink>(
        TBook book, ref Taker taker, long limit, ref TVenue venue, ref TSink sink)
        where TBook : IOrderBook
        where TVenue : IVenueLiquidity
        where TSink : struct, IMatchSink
    {
        while (taker.Walks)
        {
            var venueOffers = TryBestWithin(ref venue, taker.Side, limit, out var price, out var offered);
            book.Take(ref taker, venueOffers ? price : limit, ref sink);
            if (!venueOffers || !taker.Walks)
                return;
            var lots = taker.Want(price, offered);
            if (lots == 0)
                return;
            venue.Take(taker.Side, price, lots);
            taker.Fill(price, lots);
            sink.TradedWithVenue(price, lots);
        }
    }

    private static Outcome Rest<TBook>(TBook book, in Order order, in Taker taker)
        where TBook : IOrderBook
    {
        book.Add(new RestingOrder(order.Id, order.Account, order.Side, order.Price, taker.Lots, order.Display));
        var status = taker.Filled == 0 ? OrderStatus.New : OrderStatus.PartiallyFilled;
        return new Outcome(status, Reason.None, taker.Filled, taker.Lots, taker.Prevented);
    }

    private static Outcome Expire<TBook, TVenue>(TBook book, in Order order, in Taker taker, ref TVenue venue)
        where TBook : IOrderBook
        where TVenue : IVenueLiquidity
    {
        var remaining = order.IsByBudgetAlone ? 0 : taker.Lots;
        if (taker.Stopped == Reason.SelfTrade)
            return new Outcome(OrderStatus.ExpiredInMatch, Reason.SelfTrade, taker.Filled, remaining, taker.Prevented);
        if (taker.Stopped == Reason.BudgetSpent && order.IsByBudgetAlone && taker.Filled > 0)
            return new Outcome(OrderStatus.Filled, Reason.None, taker.Filled, 0, taker.Prevented);
        var reason = taker.Stopped != Reason.None ? taker.Stopped : ReasonForRemainder(book, order, ref venue);
        return new Outcome(OrderStatus.Expired, reason, taker.Filled, remaining, taker.Prevented);
    }

    /// <summary>A market order is left over because nobody offers any more, or only beyond its protection price.</summary>
    private static Reason ReasonForRemainder<TBook, TVenue>(TBook book, in Order order, ref TVenue venue)
        where TBook : IOrderBook
        where TVenue : IVenueLiquidity
    {
        if (order.Type != OrderType.Market)
            return Reason.RemainderExpired;
        var offered = book.TryBest(order.Side.Opposite(), out _, out _) || venue.TryBest(order.Side, out _, out _);
        return offered ? Reason.ProtectionPriceReached : Reason.NoLiquidity;
    }

    private static bool WouldTake<TBook, TVenue>(TBook book, in Order order, ref TVenue venue)
        where TBook : IOrderBook
        where TVenue : IVenueLiquidity
    {
        return (book.TryBest(order.Side.Opposite(), out var best, out _) && IsWithin(order.Side, best, order.Price))
            || TryBestWithin(ref venue, order.Side, order.Price, out _, out _);
    }

    /// <summary>
    /// The venue counts up to the limit, but where an own order would stop the taker only at better prices than that
    /// order's, because local orders come first at the same price.
    /// </summary>
    private static bool CanFill<TBook, TVenue>(TBook book, in Taker taker, long limit, ref TVenue venue)
        where TBook : IOrderBook
        where TVenue : IVenueLiquidity
    {
        var local = book.Available(taker, limit, out var stoppedAt);
        if (local == taker.Lots)
            return true;
        var venueLimit = stoppedAt == 0 ? limit : taker.Side == Side.Buy ? stoppedAt - 1 : stoppedAt + 1;
        return local + venue.Available(taker.Side, venueLimit, taker.Lots - local) >= taker.Lots;
    }

    private static bool TryBestWithin<TVenue>(ref TVenue venue, Side takerSide, long limit, out long price, out long lots)
        where TVenue : IVenueLiquidity =>
        venue.TryBest(takerSide, out price, out lots) && IsWithin(takerSide, price, limit);

    private static bool IsWithin(Side takerSide, long price, long limit) =>
        takerSide == Side.Buy ? price <= limit : price >= limit;
}
