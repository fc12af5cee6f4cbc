using Exchange.Domain.Orders;
using Exchange.Domain.Matching;
using Exchange.Domain.Tests.Matching;

namespace Exchange.Domain.Tests.Book;

public sealed class OrderStreamTests
{
    private const int Records = 50_000;
    private const int PublishedTrades = 7626;
    private const ulong PublishedHash = 0xfa5c571b31ad8015;
    private const ulong Prime = 0x100000001b3;

    /// <summary>The values that the published generator prints for this seed.</summary>
    [Fact]
    public void The_stream_is_the_published_one()
    {
        var stream = NewStream();
        for (var i = 0; i < Records; i++)
            stream.Next();

        Assert.Equal(PublishedTrades, stream.Trades);
        Assert.Equal(PublishedHash, stream.TradeHash);
    }

    [Fact]
    public void The_naive_book_makes_the_trades_of_the_stream() => MakesTheTradesOfTheStream(Market.Naive());

    [Fact]
    public void The_fast_book_makes_the_trades_of_the_stream() => MakesTheTradesOfTheStream(Market.Fast());

    private static OrderStream NewStream() => new(seed: 7, target: 500, spread: 200);

    private static void MakesTheTradesOfTheStream(Market market)
    {
        var stream = NewStream();
        var trades = 0;
        var hash = 0xcbf29ce484222325;
        for (var i = 0; i < Records; i++)
        {
            var record = stream.Next();
            if (record.Type == StreamRecordType.Cancel)
            {
                Assert.True(market.Book.Remove(record.Id));
                continue;
            }

            market.Execute(AsOrder(record));
            foreach (var trade in market.Events)
            {
                trades++;
                foreach (var value in (ReadOnlySpan<long>)[trade.Maker, record.Id, trade.Price, trade.Lots])
                    hash = unchecked((hash ^ (ulong)value) * Prime);
            }
        }

        Assert.Equal(PublishedTrades, trades);
        Assert.Equal(PublishedHash, hash);
        market.Book.Validate();
    }

    private static Order AsOrder(in StreamRecord record) => new()
    {
        Id = record.Id,
        Account = record.Id,
        Side = (Side)record.Side,
        Price = record.Price,
        Lots = record.Lots,
        TimeInForce = (TimeInForce)record.Type,
    };
}
