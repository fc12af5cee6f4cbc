using Exchange.Domain.Orders;
using Exchange.Domain.Venue;
using Exchange.Feeds.Venues;

namespace Exchange.Feeds.Tests.Venues;

public sealed class DiffBookTests
{
    private readonly DiffBook _book = new();

    [Fact]
    public void What_the_snapshot_contains_is_dropped_and_what_follows_it_is_applied()
    {
        Assert.Equal(DiffOutcome.Buffered, Offer(1, 5, Bid(100, 1)));
        Assert.Equal(DiffOutcome.Buffered, Offer(6, 9, Bid(100, 2)));
        Assert.Equal(DiffOutcome.Buffered, Offer(10, 12, Bid(99, 3)));
        Assert.Equal(DiffOutcome.Applied, Begin(9, (100, 7), (101, 7)));
        Assert.Equal(Books.Levels((100, 7), (99, 3)), Books.Top(_book.Book, Side.Buy));
        Assert.Equal(12, _book.LastId);
    }

    [Fact]
    public void An_update_that_overlaps_the_snapshot_is_applied_as_a_whole()
    {
        Offer(5, 12, Bid(98, 4));
        Assert.Equal(DiffOutcome.Applied, Begin(9, (100, 7), (101, 7)));
        Assert.Equal((98, 12), (Books.Top(_book.Book, Side.Buy)[1].Price, _book.LastId));
    }

    [Fact]
    public void A_snapshot_from_before_the_first_buffered_update_will_not_do()
    {
        Offer(10, 12, Bid(100, 1));
        Assert.Equal(DiffOutcome.TooOld, Begin(8, (100, 7), (101, 7)));
        Assert.False(_book.IsSynchronised);
        Assert.Equal(DiffOutcome.Applied, Begin(9, (100, 7), (101, 7)));
    }

    [Fact]
    public void A_gap_among_the_buffered_updates_starts_over()
    {
        Offer(10, 12, Bid(100, 1));
        Offer(14, 15, Bid(100, 2));
        Assert.Equal(DiffOutcome.Gap, Begin(11, (100, 7), (101, 7)));
        Assert.False(_book.IsSynchronised);
        Assert.Equal(DiffOutcome.Applied, Begin(20, (100, 7), (101, 7)));
    }

    [Fact]
    public void Once_synchronised_each_update_must_continue_the_last()
    {
        Begin(9, (100, 7), (101, 7));
        Assert.Equal(DiffOutcome.Applied, Offer(10, 12, Bid(100, 1)));
        Assert.Equal(DiffOutcome.Duplicate, Offer(10, 12, Bid(100, 2)));
        Assert.Equal(DiffOutcome.Applied, Offer(12, 13, Bid(100, 3)));
        Assert.Equal(DiffOutcome.Gap, Offer(15, 16, Bid(100, 4)));
        Assert.Equal(3, _book.Book.BestLots(Side.Buy));
    }

    [Fact]
    public void A_venue_that_counts_anew_is_noticed_once_nothing_new_came_for_long()
    {
        Begin(900, (100, 7), (101, 7));
        for (int i = 1; i <= 30; i++)
            Assert.Equal(DiffOutcome.Duplicate, _book.Offer(i, i, [Bid(100, i)], 1 + DiffBook.DuplicatesMaxMs));
        Assert.Equal(DiffOutcome.Gap, _book.Offer(31, 31, [Bid(100, 1)], 2 + DiffBook.DuplicatesMaxMs));
    }

    [Fact]
    public void The_touch_may_move_through_the_old_one_within_an_update()
    {
        Begin(9, (100, 7), (101, 7));
        Assert.Equal(DiffOutcome.Applied, Offer(10, 11, Bid(101, 2), Bid(100, 0), Ask(101, 0), Ask(102, 5)));
        Assert.Equal((101, 102), (_book.Book.BestPrice(Side.Buy), _book.Book.BestPrice(Side.Sell)));
        Assert.Equal([Bid(100, 0), Ask(101, 0), Bid(101, 2), Ask(102, 5)], _book.Applied.ToArray());
        Assert.Equal(DiffOutcome.Crossed, Offer(12, 12, Bid(102, 1)));
    }

    [Fact]
    public void The_buffer_is_bounded_and_keeps_the_newest()
    {
        for (int i = 1; i <= DiffBuffer.DiffsMax; i++)
            Assert.Equal(DiffOutcome.Buffered, Offer(i, i, Bid(100, i)));
        Assert.Equal(DiffOutcome.Overflowed, Offer(5_000, 5_000, Bid(100, 5)));
        Assert.Equal(DiffOutcome.TooOld, Begin(4_000, (100, 7), (101, 7)));
        Assert.Equal(DiffOutcome.Applied, Begin(4_999, (100, 7), (101, 7)));
    }

    private DiffOutcome Offer(long first, long last, params DepthChange[] changes) => _book.Offer(first, last, changes, 1);

    private DiffOutcome Begin(long lastId, (long Price, long Lots) bid, (long Price, long Lots) ask)
    {
        var one = new UnitScale(1);
        var levels = new DepthScratch();
        levels.TryAdd(Side.Buy, Text(bid.Price), Text(bid.Lots), one, one);
        levels.TryAdd(Side.Sell, Text(ask.Price), Text(ask.Lots), one, one);
        return _book.Begin(lastId, levels, 1);
    }

    private static byte[] Text(long number) => System.Text.Encoding.ASCII.GetBytes(
        number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static DepthChange Bid(long price, long lots) => new(Side.Buy, price, lots);

    private static DepthChange Ask(long price, long lots) => new(Side.Sell, price, lots);
}
