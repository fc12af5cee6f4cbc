using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Feeds.Tests;

public sealed class FeedMailboxTests
{
    private int _wakeUps;
    private readonly FeedMailbox _mailbox;

    public FeedMailboxTests() => _mailbox = new FeedMailbox(() => _wakeUps++, changeBound: 8, tradeBound: 4);

    [Fact]
    public void However_much_arrives_there_is_one_wake_up_per_drain()
    {
        Assert.True(_mailbox.Drain().IsEmpty);
        _mailbox.OnTrade(Trade(100));
        _mailbox.OnTrade(Trade(101));
        _mailbox.OnBest(new BestQuote(99, 1, 101, 1, 1));
        Assert.Equal(1, _wakeUps);
        Assert.False(_mailbox.Drain().IsEmpty);
        Assert.Equal(1, _wakeUps);
        _mailbox.OnState(FeedState.Stale, "silent", 2);
        Assert.Equal(2, _wakeUps);
    }

    [Fact]
    public void A_wake_up_that_failed_is_tried_again_with_the_next_arrival()
    {
        int attempts = 0;
        var mailbox = new FeedMailbox(() =>
        {
            if (++attempts == 1)
                throw new InvalidOperationException("the grain's scheduler is gone");
        });
        Assert.Throws<InvalidOperationException>(() => mailbox.OnTrade(Trade(100)));
        mailbox.OnTrade(Trade(101));
        mailbox.OnTrade(Trade(102));
        Assert.Equal(2, attempts);
        Assert.Equal(3, mailbox.Drain().Trades.Length);
    }

    [Fact]
    public void Each_level_keeps_its_last_value()
    {
        _mailbox.OnDepthChanges([new(Side.Buy, 100, 5), new(Side.Sell, 101, 6)], 1);
        _mailbox.OnDepthChanges([new(Side.Buy, 100, 7), new(Side.Buy, 99, 1)], 2);
        _mailbox.OnDepthChanges([new(Side.Sell, 101, 0)], 3);

        var batch = _mailbox.Drain();

        Assert.False(batch.HasSnapshot);
        Assert.Equal(
            [new(Side.Buy, 100, 7), new(Side.Sell, 101, 0), new(Side.Buy, 99, 1)], batch.Changes.ToArray());
        Assert.Equal(3, batch.DepthAtMs);
        Assert.Equal(0, _mailbox.Drain().Changes.Length);
    }

    [Fact]
    public void A_snapshot_and_what_follows_it_are_one_snapshot()
    {
        _mailbox.OnDepthChanges([new(Side.Buy, 90, 5)], 1);
        _mailbox.OnDepthSnapshot(Books.Levels((100, 1), (99, 2)), Books.Levels((101, 3)), 2);
        _mailbox.OnDepthChanges([new(Side.Buy, 100, 0), new(Side.Sell, 102, 4)], 3);

        var batch = _mailbox.Drain();

        Assert.True(batch.HasSnapshot);
        Assert.Equal(Books.Levels((99, 2)), batch.Bids.ToArray());
        Assert.Equal(Books.Levels((101, 3), (102, 4)), batch.Asks.ToArray());
        Assert.True(batch.Changes.IsEmpty);
        Assert.False(_mailbox.Drain().HasSnapshot);
    }

    [Fact]
    public void More_changes_than_the_bound_become_a_snapshot_that_loses_no_level()
    {
        _mailbox.OnDepthSnapshot(Books.Levels((100, 1), (50, 2)), Books.Levels((200, 3)), 1);
        _mailbox.Drain();
        for (int i = 0; i < 9; i++)
            _mailbox.OnDepthChanges([new(Side.Buy, 101 + i, 1 + i)], 2);

        var batch = _mailbox.Drain();

        Assert.True(batch.HasSnapshot);
        Assert.Equal(
            Books.Levels((109, 9), (108, 8), (107, 7), (106, 6), (105, 5), (104, 4), (103, 3), (102, 2), (101, 1), (100, 1), (50, 2)),
            batch.Bids.ToArray());
        Assert.Equal(Books.Levels((200, 3)), batch.Asks.ToArray());
    }

    [Fact]
    public void The_first_trades_are_kept_and_the_rest_summed_up()
    {
        long[] prices = [100, 103, 99, 101, 98, 107, 102];
        foreach (long price in prices)
            _mailbox.OnTrade(new VenueTrade(price, 2, Side.Buy, price * 10));

        var batch = _mailbox.Drain();

        Assert.Equal([100, 103, 99, 101], batch.Trades.ToArray().Select(trade => trade.Price));
        Assert.Equal((3, 6, 98, 98, 107, 102), (
            batch.Following.Count, batch.Following.Lots, batch.Following.First,
            batch.Following.Low, batch.Following.High, batch.Following.Last));
        Assert.Equal((98 + 107 + 102) * 2, batch.Following.TickLots);
        Assert.Equal(1020, batch.Following.LastAtMs);
        Assert.Equal((98, 107, 102), (batch.Last.Low, batch.Last.High, batch.Last.Last));
        Assert.Equal(0, _mailbox.Drain().Following.Count);
    }

    [Fact]
    public void The_extremes_of_the_quote_survive_until_the_drain()
    {
        _mailbox.OnBest(new BestQuote(100, 1, 101, 1, 1));
        _mailbox.OnBest(new BestQuote(90, 1, 91, 1, 2));
        _mailbox.OnBest(new BestQuote(110, 1, 112, 1, 3));
        _mailbox.OnBest(new BestQuote(104, 1, 105, 1, 4));

        var batch = _mailbox.Drain();

        Assert.Equal((90, 110, 104), (batch.Bid.Low, batch.Bid.High, batch.Bid.Last));
        Assert.Equal((91, 112, 105), (batch.Ask.Low, batch.Ask.High, batch.Ask.Last));
        Assert.Equal(new BestQuote(104, 1, 105, 1, 4), batch.Best);
        Assert.True(_mailbox.Drain().Bid.IsEmpty);
    }

    [Fact]
    public void An_empty_side_of_the_quote_is_not_a_price()
    {
        _mailbox.OnBest(new BestQuote(0, 0, 101, 1, 1));
        var batch = _mailbox.Drain();
        Assert.True(batch.Bid.IsEmpty);
        Assert.Equal(101, batch.Ask.Low);
    }

    [Fact]
    public void The_state_is_told_with_every_batch_and_an_interruption_is_not_hidden_by_its_end()
    {
        Assert.Equal(FeedState.Down, _mailbox.Drain().State);
        _mailbox.OnState(FeedState.Live, "", 1);
        var batch = _mailbox.Drain();
        Assert.Equal((FeedState.Live, false), (batch.State, batch.WasInterrupted));
        _mailbox.OnState(FeedState.Resynchronising, "a gap", 2);
        _mailbox.OnState(FeedState.Live, "", 3);
        batch = _mailbox.Drain();
        Assert.Equal((FeedState.Live, true, 3), (batch.State, batch.WasInterrupted, batch.StateAtMs));
        batch = _mailbox.Drain();
        Assert.Equal((FeedState.Live, false), (batch.State, batch.WasInterrupted));
    }

    [Fact]
    public void The_mark_keeps_its_extremes_and_its_last_value_outlives_the_batch()
    {
        _mailbox.OnMark(100, 1);
        _mailbox.OnMark(90, 2);
        _mailbox.OnMark(95, 3);
        var batch = _mailbox.Drain();
        Assert.Equal((90, 100, 95, 95), (batch.Mark.Low, batch.Mark.High, batch.Mark.Last, batch.MarkPrice));

        _mailbox.OnTrade(Trade(101));
        batch = _mailbox.Drain();
        Assert.True(batch.Mark.IsEmpty);
        Assert.Equal((95, 101), (batch.MarkPrice, batch.LastTrade.Price));
        Assert.Equal(101, _mailbox.Drain().LastTrade.Price);
    }

    [Fact]
    public void The_age_counts_from_the_last_sign_of_life_and_the_state_from_its_change()
    {
        _mailbox.OnState(FeedState.Live, "", 10);
        _mailbox.OnBest(new BestQuote(99, 1, 101, 1, 20));
        _mailbox.OnState(FeedState.Live, "", 30);
        var batch = _mailbox.Drain();
        Assert.Equal((10, 30, 30), (batch.StateSinceMs, batch.StateAtMs, batch.HeardAtMs));

        _mailbox.OnState(FeedState.Stale, "silent", 40);
        batch = _mailbox.Drain();
        Assert.Equal((40, 30), (batch.StateSinceMs, batch.HeardAtMs));
    }

    [Fact]
    public void Absurd_depth_does_not_get_through()
    {
        _mailbox.OnDepthSnapshot(Books.Levels((100, 1)), Books.Levels((100, 1)), 1);
        Assert.True(_mailbox.Drain().IsEmpty);
        _mailbox.OnDepthChanges([new(Side.Buy, -1, 5), new(Side.Buy, 100, 5), new(Side.Buy, 99, -5)], 1);
        Assert.Equal([new(Side.Buy, 100, 5)], _mailbox.Drain().Changes.ToArray());
        Assert.Equal(3, _mailbox.Refused);
    }

    [Fact]
    public void A_drain_allocates_nothing_once_the_buffers_have_grown()
    {
        DepthChange[] changes = [new(Side.Buy, 100, 5), new(Side.Sell, 101, 6)];
        for (int i = 0; i < 3; i++)
            WriteAndDrain(changes);

        long before = GC.GetAllocatedBytesForCurrentThread();
        WriteAndDrain(changes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Writer_and_reader_on_different_threads_agree_in_the_end()
    {
        const int updates = 50_000;
        var mailbox = new FeedMailbox(() => { }, changeBound: 64, tradeBound: 16);
        var written = new VenueDepth();
        var read = new VenueDepth();
        long lots = 0, low = long.MaxValue, high = 0;
        var writer = Task.Run(() =>
        {
            var random = new Random(1);
            for (int i = 0; i < updates; i++)
            {
                bool buys = random.Next(2) == 0;
                var change = new DepthChange(
                    buys ? Side.Buy : Side.Sell, buys ? 1000 - random.Next(200) : 1001 + random.Next(200), random.Next(5));
                written.Apply([change], 1);
                mailbox.OnDepthChanges([change], 1);
                mailbox.OnTrade(new VenueTrade(1000 + random.Next(-100, 100), 1, Side.Buy, i));
            }
            mailbox.OnTrade(new VenueTrade(5, 1, Side.Buy, updates));
            mailbox.OnTrade(new VenueTrade(5000, 1, Side.Buy, updates));
        });
        bool last;
        do
        {
            last = writer.IsCompleted;
            var batch = mailbox.Drain();
            if (batch.HasSnapshot)
                read.ApplySnapshot(batch.Bids, batch.Asks, 1);
            read.Apply(batch.Changes, 1);
            lots += batch.Trades.Length + batch.Following.Lots;
            low = batch.Last.IsEmpty ? low : Math.Min(low, batch.Last.Low);
            high = Math.Max(high, batch.Last.High);
        }
        while (!last);
        await writer;

        Assert.Equal(updates + 2, lots);
        Assert.Equal((5, 5000), (low, high));
        Assert.Equal(Books.Top(written, Side.Buy), Books.Top(read, Side.Buy));
        Assert.Equal(Books.Top(written, Side.Sell), Books.Top(read, Side.Sell));
    }

    private void WriteAndDrain(DepthChange[] changes)
    {
        _mailbox.OnDepthChanges(changes, 1);
        for (int i = 0; i < 10; i++)
            _mailbox.OnTrade(Trade(100 + i));
        _mailbox.OnBest(new BestQuote(100, 1, 101, 1, 1));
        _mailbox.OnState(FeedState.Live, "", 1);
        _mailbox.Drain();
    }

    private static VenueTrade Trade(long price) => new(price, 1, Side.Buy, 1);
}
