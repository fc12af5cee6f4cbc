using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;
using Exchange.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Feeds.Tests;

public sealed class FeedHubTests
{
    private static readonly Market Btc = Markets.Of("BTC", "USDT", 0.01m, 0.00001m, venue: "scripted");
    private static readonly Market Eth = Markets.Of("ETH", "USDT", 0.01m, 0.0001m, venue: "Scripted");

    private readonly ScriptedFeed _feed = new();
    private readonly FeedHub _hub;
    private readonly RecordingListener _one = new();
    private readonly RecordingListener _two = new();

    public FeedHubTests() => _hub = new FeedHub([_feed], NullLogger<FeedHub>.Instance);

    [Fact]
    public async Task Listeners_of_a_market_share_one_subscription_until_the_last_leaves()
    {
        var first = _hub.Subscribe(Btc, _one);
        var second = _hub.Subscribe(Btc, _two);
        Assert.Equal((1, 1), (_feed.ListenersOf("BTC_USDT"), _hub.Subscriptions));

        await first.DisposeAsync();
        await first.DisposeAsync();
        Assert.Equal((1, 1), (_feed.ListenersOf("BTC_USDT"), _hub.Subscriptions));

        await second.DisposeAsync();
        Assert.Equal((0, 0), (_feed.ListenersOf("BTC_USDT"), _hub.Subscriptions));

        await using var again = _hub.Subscribe(Btc, _one);
        Assert.Equal((1, 2), (_feed.ListenersOf("BTC_USDT"), _feed.Subscribed));
    }

    [Fact]
    public void Everyone_hears_the_same()
    {
        _hub.Subscribe(Btc, _one);
        _hub.Subscribe(Btc, _two);
        _feed.Open("BTC_USDT", [(100, 1)], [(101, 2)], atMs: 1);
        _feed.Level("BTC_USDT", Side.Buy, 99, 5, atMs: 2);
        _feed.Trade("BTC_USDT", 101, 1, Side.Buy, atMs: 3);
        _feed.State("BTC_USDT", FeedState.Stale, "silent", atMs: 4);

        Assert.Equal(6, _one.Lines.Count);
        Assert.Equal(_one.Text, _two.Text);
    }

    [Fact]
    public void A_later_listener_starts_with_what_the_others_know()
    {
        _hub.Subscribe(Btc, _one);
        _feed.Open("BTC_USDT", [(100, 1)], [(101, 2)], atMs: 1);
        _feed.Level("BTC_USDT", Side.Buy, 99, 5, atMs: 2);
        _feed.State("BTC_USDT", FeedState.Resynchronising, "a gap", atMs: 3);
        _hub.Subscribe(Btc, _two);

        Assert.Equal(Books.Levels((100, 1), (99, 5)), Books.Top(_two.Book, Side.Buy));
        Assert.Equal(Books.Levels((101, 2)), Books.Top(_two.Book, Side.Sell));
        Assert.Equal([new BestQuote(100, 1, 101, 2, 1)], _two.Bests);
        Assert.Equal([FeedState.Resynchronising], _two.States);
    }

    [Fact]
    public void The_state_of_every_subscribed_market_can_be_seen()
    {
        _hub.Subscribe(Btc, _one);
        _feed.Open("BTC_USDT", [(100, 1)], [(101, 2)], atMs: 5);
        _feed.State("BTC_USDT", FeedState.Stale, "silent", atMs: 9);
        Assert.Equal([new FeedStatus("scripted", "BTC_USDT", FeedState.Stale, "silent", 9, 5)], _hub.Statuses);
    }

    [Fact]
    public void The_mark_price_reaches_everyone_and_later_ones_too()
    {
        _hub.Subscribe(Btc, _one);
        _feed.Open("BTC_USDT", [(100, 1)], [(101, 2)], atMs: 1);
        _feed.Mark("BTC_USDT", 100, atMs: 2);
        _hub.Subscribe(Btc, _two);
        Assert.Equal([100], _one.Marks);
        Assert.Equal([100], _two.Marks);
    }

    [Fact]
    public async Task Who_left_hears_nothing_more()
    {
        _hub.Subscribe(Btc, _one);
        await _hub.Subscribe(Btc, _two).DisposeAsync();
        _feed.Trade("BTC_USDT", 101, 1, Side.Buy, atMs: 1);
        Assert.Single(_one.Trades);
        Assert.Empty(_two.Trades);
    }

    [Fact]
    public void Markets_do_not_hear_each_other_and_the_venues_name_has_no_case()
    {
        _hub.Subscribe(Btc, _one);
        _hub.Subscribe(Eth, _two);
        _feed.Trade("ETH_USDT", 300, 1, Side.Buy, atMs: 1);
        Assert.Empty(_one.Trades);
        Assert.Single(_two.Trades);
    }

    [Fact]
    public void Markets_that_count_in_other_ticks_do_not_share()
    {
        _hub.Subscribe(Btc, _one);
        _hub.Subscribe(Btc with { TickSize = 0.1m }, _two);
        Assert.Equal(2, _feed.ListenersOf("BTC_USDT"));
    }

    [Fact]
    public void A_throwing_listener_disturbs_nobody()
    {
        _hub.Subscribe(Btc, new ThrowingListener());
        _hub.Subscribe(Btc, _two);
        _feed.Open("BTC_USDT", [(100, 1)], [(101, 2)], atMs: 1);
        _feed.Level("BTC_USDT", Side.Buy, 99, 5, atMs: 2);
        _feed.Trade("BTC_USDT", 101, 1, Side.Buy, atMs: 3);
        Assert.Equal(5, _two.Lines.Count);
        Assert.Equal(1, _feed.ListenersOf("BTC_USDT"));
    }

    [Fact]
    public void A_listener_that_missed_a_level_gets_the_whole_book_again()
    {
        var stumbling = new StumblingListener();
        _hub.Subscribe(Btc, stumbling);
        _feed.Open("BTC_USDT", [(100, 1)], [(101, 2)], atMs: 1);
        stumbling.Stumbles = true;
        _feed.Level("BTC_USDT", Side.Buy, 99, 5, atMs: 2);
        stumbling.Stumbles = false;
        _feed.Level("BTC_USDT", Side.Buy, 98, 6, atMs: 3);
        Assert.Equal(Books.Levels((100, 1), (99, 5), (98, 6)), Books.Top(stumbling.Book, Side.Buy));
    }

    [Fact]
    public void After_an_absurd_snapshot_the_market_is_not_live_until_a_good_one()
    {
        _hub.Subscribe(Btc, _one);
        _feed.Open("BTC_USDT", [(100, 1)], [(101, 2)], atMs: 1);
        _feed.Snapshot("BTC_USDT", [(105, 1)], [(104, 2)], atMs: 2);
        _feed.State("BTC_USDT", FeedState.Live, "", atMs: 3);
        _hub.Subscribe(Btc, _two);
        Assert.Equal([FeedState.Live, FeedState.Resynchronising, FeedState.Resynchronising], _one.States);
        Assert.Contains("refused: Crossed", _one.Text);
        Assert.Equal([FeedState.Resynchronising], _two.States);

        _feed.Snapshot("BTC_USDT", [(104, 1)], [(105, 2)], atMs: 4);
        Assert.Equal(FeedState.Live, _one.States[^1]);
        Assert.Equal(FeedState.Live, _two.States[^1]);
        Assert.Equal(104, _one.Book.BestPrice(Side.Buy));
        Assert.Empty(_one.Refusals);
    }

    [Fact]
    public void A_grain_that_does_not_come_to_drain_disturbs_nobody_and_catches_up_at_once()
    {
        int wakeUps = 0;
        var busy = new FeedMailbox(() => wakeUps++);
        _hub.Subscribe(Btc, busy);
        _hub.Subscribe(Btc, _two);
        _feed.Open("BTC_USDT", [(1, 1)], [(1_000_000, 2)], atMs: 1);
        for (int i = 2; i < 5_000; i++)
        {
            _feed.Level("BTC_USDT", Side.Buy, i, i, atMs: i);
            _feed.Trade("BTC_USDT", i, 1, Side.Buy, atMs: i);
        }

        Assert.Equal(4_998, _two.Trades.Count);
        Assert.Equal(1, wakeUps);
        var batch = busy.Drain();
        Assert.Equal(Books.Top(_two.Book, Side.Buy), batch.Bids.ToArray());
        Assert.Equal((2, 4_999), (batch.Last.Low, batch.Last.High));
        Assert.Equal(4_998, batch.Trades.Length + batch.Following.Count);
    }

    [Fact]
    public async Task A_venue_without_a_feed_is_an_error_that_names_it()
    {
        var elsewhere = Btc with { Venue = "nowhere" };
        Assert.False(_hub.Serves("nowhere"));
        Assert.True(_hub.Serves("SCRIPTED"));
        Assert.Contains("nowhere", Assert.Throws<InvalidOperationException>(() => _hub.Subscribe(elsewhere, _one)).Message);
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await _hub.GetCandlesAsync(elsewhere, default, default));
    }

    [Fact]
    public void A_feed_that_refuses_leaves_nothing_behind()
    {
        var hub = new FeedHub([new RefusingFeed()], NullLogger<FeedHub>.Instance);
        Assert.Throws<NotSupportedException>(() => hub.Subscribe(Btc with { Venue = "refusing" }, _one));
        Assert.Equal(0, hub.Subscriptions);
    }

    [Fact]
    public async Task Coming_and_going_on_many_threads_ends_with_nobody_subscribed()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 500; i++)
            {
                var subscription = _hub.Subscribe(Btc, new FeedMailbox(() => { }, depthCapacity: 10, changeBound: 4));
                _feed.Level("BTC_USDT", Side.Buy, 100, i % 5, atMs: i + 1);
                await subscription.DisposeAsync();
            }
        })));
        Assert.Equal((0, 0), (_feed.ListenersOf("BTC_USDT"), _hub.Subscriptions));
    }

    [Fact]
    public async Task Candles_come_from_the_markets_venue()
    {
        var candle = new VenueCandle(60_000, 1, 2, 1, 2, 5, 8, 2);
        _feed.Candles.Add(candle);
        Assert.Equal([candle], await _hub.GetCandlesAsync(
            Btc, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(2)));
    }

    private sealed class RefusingFeed : IMarketFeed
    {
        public string Venue => "refusing";

        public IAsyncDisposable Subscribe(Market market, IFeedListener listener) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<VenueCandle>> GetCandlesAsync(
            Market market, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
