using Exchange.Domain.Book;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Matching;

public static partial class Matcher
{
    /// <summary>
    /// The venue's depth has moved: resting bids at or above its best ask (asks at or below its best bid) fill as makers
    /// at their own price, in price-time priority, against the venue's levels from the best on, lot for lot, until the
    /// venue's next level no longer reaches the next order. Answers the lots filled.
    /// </summary>
    public static long FillFromVenue<TBook, TVenue, TSink>(TBook book, Side resting, ref TVenue venue, ref TSink sink)
        where TBook : IOrderBook
        where TVenue : IVenueLiquidity
        where TSink : struct, IBookSink
    {
        var filled = 0L;
        while (venue.TryBest(resting, out var price, out var lots))
        {
            var taken = FillMakers(book, resting, price, lots, ref sink);
            if (taken == 0)
                break;
            venue.Take(resting, price, taken);
            filled += taken;
        }

        return filled;
    }

    /// <summary>
    /// The venue has printed a trade: whoever sold there would have sold to a bid above that price first, whoever bought
    /// would have bought from an ask below it. Such orders fill as makers at their own price, up to the traded lots. At
    /// exactly the trade's price nothing fills, since the venue's own queue came first. Answers the lots filled.
    /// </summary>
    public static long FillFromVenueTrade<TBook, TSink>(TBook book, long price, long lots, ref TSink sink)
        where TBook : IOrderBook
        where TSink : struct, IBookSink
    {
        var bids = FillMakers(book, Side.Buy, price + 1, lots, ref sink);
        return bids == lots ? bids : bids + FillMakers(book, Side.Sell, price - 1, lots - bids, ref sink);
    }

    private static long FillMakers<TBook, TSink>(TBook book, Side resting, long limit, long lots, ref TSink sink)
        where TBook : IOrderBook
        where TSink : struct, IBookSink
    {
        var venue = new Taker(id: 0, account: 0, resting.Opposite(), lots);
        book.Take(ref venue, limit, ref sink);
        return venue.Filled;
    }
}
