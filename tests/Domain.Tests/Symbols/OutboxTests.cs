using Exchange.Domain.Orders;
using Exchange.Domain.Settlement;
using Exchange.Domain.Symbols;

namespace Exchange.Domain.Tests.Symbols;

public sealed class OutboxTests
{
    [Fact]
    public void Nothing_leaves_before_its_record_is_durable()
    {
        var outbox = WithRecords(1, 2, 3);

        Assert.Equal([1, 2], outbox.Oldest(account: 1, durableSequence: 2, enough: 10, item => item).Select(item => item.Sequence));
        Assert.Empty(outbox.Oldest(account: 1, durableSequence: 0, enough: 10, item => item));
    }

    [Fact]
    public void The_entries_of_one_record_travel_together()
    {
        var outbox = WithRecords(1, 2, 2, 2, 3);

        Assert.Equal([1, 2, 2, 2], outbox.Oldest(account: 1, durableSequence: 9, enough: 2, item => item).Select(item => item.Sequence));
    }

    [Fact]
    public void What_was_confirmed_is_gone_and_the_rest_stays_in_order()
    {
        var outbox = WithRecords(1, 2, 2, 3);

        outbox.Acknowledge(account: 1, upTo: 2);

        Assert.Equal([3], outbox.Oldest(account: 1, durableSequence: 9, enough: 10, item => item).Select(item => item.Sequence));
        Assert.Equal(1, outbox.Count);
        outbox.Acknowledge(account: 1, upTo: 3);
        Assert.Empty(outbox.Accounts);
    }

    private static Outbox WithRecords(params long[] sequences)
    {
        var outbox = new Outbox();
        for (var i = 0; i < sequences.Length; i++)
            outbox.Add(account: 1, SettlementItem.Done(sequences[i], i, orderId: i, OrderStatus.Filled, Reason.None));
        return outbox;
    }
}
