using Exchange.Domain.Orders;
using Exchange.Feeds.Venues;

namespace Exchange.Feeds.Tests.Venues;

/// <summary>Two connections tell the same trades; one leads, and the other is to become the leading one.</summary>
public sealed class TradesAheadTests
{
    private const int Leading = 1;
    private const int Next = 2;

    private readonly RecordingListener _listener = new();
    private readonly FeedCounters _counters = new("binance");
    private readonly MarketSession _session;

    public TradesAheadTests()
    {
        _session = new MarketSession(
            Markets.BtcUsdt, "BTCUSDT", 1m, DepthStyle.WholeBooks, _listener, new ManualClock(), _counters, _ => { });
        _session.Joining(Leading);
        var book = new DepthScratch();
        book.TryAdd(Side.Buy, "60000"u8, "1"u8, _session.DepthPrices, _session.Lots);
        book.TryAdd(Side.Sell, "60001"u8, "1"u8, _session.DepthPrices, _session.Lots);
        _session.OnBook(Leading, 1, book);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_the_old_connection_had_not_delivered_is_told_when_the_new_one_leads(bool isCounted)
    {
        Trade(Leading, 5, isCounted);
        Trade(Next, 7, isCounted);
        Trade(Next, 8, isCounted);
        Trade(Next, 9, isCounted);
        Trade(Leading, 6, isCounted);
        Trade(Leading, 7, isCounted);
        Assert.Equal([5, 6, 7], Told());

        _session.Switched(Next);
        Trade(Next, 10, isCounted);

        Assert.Equal([5, 6, 7, 8, 9, 10], Told());
        Assert.Equal(0, _counters.Of(FeedEvent.Duplicate));
    }

    [Fact]
    public void Of_more_than_is_kept_the_latest_are_told()
    {
        Trade(Leading, 1, isCounted: false);
        for (var id = 2; id <= 10_001; id++)
            Trade(Next, id, isCounted: false);

        _session.Switched(Next);

        Assert.Equal(1 + 4096, _listener.Trades.Count);
        Assert.Equal(10_001, Told()[^1]);
    }

    [Fact]
    public void A_connection_that_begins_anew_is_not_told_of_what_another_one_heard()
    {
        Trade(Leading, 5, isCounted: true);
        Trade(Next, 9, isCounted: true);
        _session.Lost("gone");
        _session.Joining(Next);
        _session.Switched(Next);

        Assert.Equal([5], Told());
    }

    /// <summary>A trade's lots are its id here, so that each can be told from the others.</summary>
    private void Trade(int connection, int id, bool isCounted) =>
        _session.OnTrade(connection, id, isCounted, new VenueTrade(6_000_000, id, Side.Buy, 1));

    private int[] Told() => [.. _listener.Trades.Select(trade => (int)trade.Lots)];
}
