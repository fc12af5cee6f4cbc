using Exchange.Api.Streams;
using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Api.Tests.Streams;

public sealed class SendQueueTests
{
    private const int BytesMax = 8_000;

    [Fact]
    public void Messages_of_one_lane_keep_their_order_and_lanes_take_turns()
    {
        var queue = new SendQueue(BytesMax);
        Lane left = new(queue, Overflow.Cut), right = new(queue, Overflow.Cut);
        left.Add([1]);
        left.Add([2]);
        right.Add([9]);

        Assert.Equal([1, 9, 2], TakeAll(queue).Select(message => message[0]));
        Assert.Equal(0, queue.Bytes);
    }

    [Fact]
    public void What_comes_before_a_lane_is_opened_is_sent_after()
    {
        var woken = 0;
        var queue = new SendQueue(BytesMax) { Wake = () => woken++ };
        Lane replies = new(queue, Overflow.Cut), stream = new(queue, Overflow.Cut) { IsPaused = true };

        stream.Add([2]);
        Assert.Equal(0, woken);
        replies.Add([1]);
        stream.Open();

        Assert.Equal([1, 2], TakeAll(queue).Select(message => message[0]));
        Assert.Equal(1, woken);
    }

    [Fact]
    public void A_sender_is_woken_once_until_it_rests()
    {
        var woken = 0;
        var queue = new SendQueue(BytesMax) { Wake = () => woken++ };
        var lane = new Lane(queue, Overflow.Cut);

        lane.Add([1]);
        lane.Add([2]);
        Assert.Equal(1, woken);
        Assert.False(queue.TryRest());
        TakeAll(queue);
        lane.Add([3]);
        Assert.Equal(1, woken);
        TakeAll(queue);
        Assert.True(queue.TryRest());
        lane.Add([4]);
        Assert.Equal(2, woken);
    }

    [Fact]
    public void A_reader_that_does_not_keep_up_with_trades_is_cut_and_others_lose_nothing()
    {
        var topic = new Topic("trade@X", Overflow.Cut);
        SendQueue slow = new(BytesMax), quick = new(BytesMax);
        topic.Join(new Lane(slow, Overflow.Cut));
        topic.Join(new Lane(quick, Overflow.Cut));
        var received = 0;

        for (var i = 0; i < 1_000; i++)
        {
            topic.Publish(new byte[100]);
            received += TakeAll(quick).Count;
            Assert.InRange(slow.Bytes, 0, BytesMax);
        }

        Assert.True(slow.IsCut);
        Assert.True(slow.WhenCut.IsCompleted);
        Assert.Equal(0, slow.Bytes);
        Assert.False(quick.IsCut);
        Assert.Equal(1_000, received);
    }

    [Fact]
    public void A_ticker_keeps_a_slow_reader_at_the_newest_values()
    {
        var queue = new SendQueue(BytesMax);
        var topic = new LatestTopic("ticker@X");
        topic.Join(new Lane(queue, Overflow.KeepLatest));

        for (var i = 0; i < 10_000; i++)
            topic.PublishLatest(BitConverter.GetBytes(i));

        Assert.InRange(queue.Bytes, 4, 16);
        Assert.Equal(9_999, BitConverter.ToInt32(TakeAll(queue)[^1]));
        Assert.False(queue.IsCut);
    }

    [Fact]
    public void A_book_that_a_slow_reader_missed_is_sent_anew_and_goes_on_from_there()
    {
        var topic = new DepthTopic("depth@X", "X");
        var queue = new SendQueue(BytesMax);
        topic.Rebase(new DepthView("X", 0, [], [], 0, 0, 1), 0);
        topic.Join(new Lane(queue, Overflow.Resnapshot) { Resnapshot = topic.Resnapshot });
        for (var id = 2; id <= 500; id++)
        {
            Assert.True(topic.Update(Increment(id)));
            Assert.InRange(queue.Bytes, 0, BytesMax);
        }

        var one = Assert.Single(TakeAll(queue));
        Assert.Contains("\"depthSnapshot\"", Text(one));
        Assert.Contains("\"u\":500", Text(one));
        topic.Update(Increment(501));
        Assert.Contains("\"U\":501,\"u\":501", Text(Assert.Single(TakeAll(queue))));
    }

    [Fact]
    public void A_missing_increment_is_noticed_and_a_new_base_makes_the_book_whole()
    {
        var topic = new DepthTopic("depth@X", "X");
        var queue = new SendQueue(BytesMax);
        topic.Rebase(new DepthView("X", 0, [], [], 0, 0, 1), 0);
        topic.Join(new Lane(queue, Overflow.Resnapshot) { Resnapshot = topic.Resnapshot });
        TakeAll(queue);

        Assert.False(topic.Update(Increment(3)));
        topic.Update(Increment(5));
        topic.Rebase(new DepthView("X", 0, [new PriceLevel(1, 1)], [], 0, 0, 4), 0);

        var sent = TakeAll(queue).Select(Text).ToArray();
        Assert.Equal(2, sent.Length);
        Assert.Contains("\"depthSnapshot\",\"s\":\"X\",\"u\":4", sent[0]);
        Assert.Contains("\"U\":5,\"u\":5", sent[1]);
    }

    private static SymbolUpdate Increment(long id) =>
        new("X", StreamPace.Normal, 0, new DepthIncrement(id, id, [new PriceLevel(id % 10 + 1, id)], []), []);

    private static string Text(byte[] message) => System.Text.Encoding.UTF8.GetString(message);

    private static List<byte[]> TakeAll(SendQueue queue)
    {
        var all = new List<byte[]>();
        while (queue.TryTake(out var message))
            all.Add(message);
        return all;
    }
}
