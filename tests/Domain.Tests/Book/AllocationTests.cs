using Exchange.Domain.Book;
using Exchange.Domain.Matching;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.Book;

public sealed class AllocationTests
{
    /// <summary>Orders of all kinds at near and far prices, over and over: the second time round needs no memory.</summary>
    [Fact]
    public void The_fast_book_allocates_nothing_once_it_has_grown()
    {
        var book = new FastBook(new LadderOrderBook());
        var sink = new CountingSink();
        RunRound(book, ref sink);
        book.Clear();

        var before = GC.GetAllocatedBytesForCurrentThread();
        RunRound(book, ref sink);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.True(sink.Trades > 1000);
    }

    private static void RunRound(FastBook book, ref CountingSink sink)
    {
        var venue = default(NoVenue);
        for (var i = 1; i <= 20_000; i++)
        {
            var side = (Side)(i & 1);
            var away = i % 7 == 0 ? i * 1_000L : i % 400;
            var order = new Order
            {
                Id = (long)(i % 9) << 32 | (uint)i,
                Account = i % 9,
                Side = side,
                Price = 1_000_000_000 + (side == Side.Buy ? -away : away) * (i % 11 == 0 ? -1 : 1),
                Lots = 1 + i % 50,
                Display = i % 5 == 0 ? 1 + i % 10 : 0,
                Prevention = (SelfTradePrevention)(i % 5),
            };
            if (order.Display > order.Lots)
                continue;
            Matcher.Execute(book, order, ref venue, ref sink);
            book.Remove((long)(i / 2 % 9) << 32 | (uint)(i / 2));
            book.TryBest(side, out _, out _);
        }
    }

    private struct CountingSink : IMatchSink
    {
        public int Trades;

        public void Traded(long makerId, long makerAccount, long price, long lots, long makerRemaining) => Trades++;

        public readonly void TradedWithVenue(long price, long lots) { }

        public readonly void MakerExpired(long makerId, long makerAccount, long lots) { }

        public readonly void Decremented(long makerId, long makerAccount, long lots, long makerRemaining) { }
    }
}
