using Exchange.Domain.Orders;
using Exchange.Domain.Venue;
using Exchange.Feeds.Simulated;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Exchange.Feeds.Tests;

public sealed class SimulatedFeedTests
{
    private readonly ManualClock _clock = new();
    private readonly RecordingListener _heard = new();

    [Fact]
    public async Task The_same_seed_and_clock_tell_the_same_story()
    {
        string first = await Story(seed: 7);
        string again = await Story(seed: 7);
        string other = await Story(seed: 8);

        Assert.True(first.Length > 10_000);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task The_story_does_not_depend_on_when_one_began_to_listen()
    {
        var feed = Feed();
        await using var early = feed.Subscribe(Markets.BtcUsdt, _heard);
        _clock.Advance(TimeSpan.FromSeconds(5));
        var late = new RecordingListener();
        await using var second = feed.Subscribe(Markets.BtcUsdt, late);
        int before = _heard.Lines.Count;
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(_heard.Lines.Skip(before), late.Lines.Skip(3));
    }

    [Fact]
    public void A_new_listener_gets_the_book_the_quote_and_the_state_at_once()
    {
        Feed().Subscribe(Markets.BtcUsdt, _heard);

        Assert.Equal([FeedState.Live], _heard.States);
        Assert.Equal(30, _heard.Book.Levels(Side.Buy));
        Assert.Equal(30, _heard.Book.Levels(Side.Sell));
        Assert.Equal(_heard.Book.BestPrice(Side.Buy), _heard.Bests[0].BidPrice);
        Assert.Equal(_heard.Book.BestPrice(Side.Sell), _heard.Bests[0].AskPrice);
    }

    [Fact]
    public void Changes_lead_to_the_book_that_a_new_snapshot_shows()
    {
        var feed = Feed();
        foreach (var market in Markets.All)
        {
            var heard = new RecordingListener();
            feed.Subscribe(market, heard);
            _clock.Advance(TimeSpan.FromSeconds(20));
            var fresh = new RecordingListener();
            feed.Subscribe(market, fresh);

            Assert.Equal(Books.Top(fresh.Book, Side.Buy), Books.Top(heard.Book, Side.Buy));
            Assert.Equal(Books.Top(fresh.Book, Side.Sell), Books.Top(heard.Book, Side.Sell));
            Assert.Empty(heard.Refusals);
        }
    }

    [Fact]
    public void A_beat_comes_every_interval_and_carries_its_own_time()
    {
        Feed().Subscribe(Markets.BtcUsdt, _heard);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Enumerable.Range(0, 11).Select(i => _clock.NowMs - 1000 + (100 * i)), _heard.Bests.Select(best => best.AtMs));
    }

    [Fact]
    public void Trades_meet_the_touch_of_the_book_before_them()
    {
        Feed(tradesPerSecond: 50).Subscribe(Markets.EthUsdt, _heard);
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.True(_heard.Trades.Count > 500);
        foreach (var trade in _heard.Trades)
        {
            var best = _heard.Bests.Last(quote => quote.AtMs <= trade.AtMs);
            Assert.Equal(trade.TakerSide == Side.Buy ? best.AskPrice : best.BidPrice, trade.Price);
            Assert.InRange(trade.Lots, 1, trade.TakerSide == Side.Buy ? best.AskLots : best.BidLots);
        }
    }

    [Fact]
    public async Task Candles_of_the_past_are_made_of_the_trades_that_were_streamed()
    {
        var feed = Feed();
        await using var subscription = feed.Subscribe(Markets.SolUsdt, _heard);
        _clock.Advance(TimeSpan.FromMinutes(5));

        var candles = await feed.GetCandlesAsync(Markets.SolUsdt, ManualClock.Start, _clock.GetUtcNow());

        var streamed = _heard.Trades.GroupBy(trade => trade.AtMs / 60_000).Select(minute => new VenueCandle(
            minute.Key * 60_000,
            minute.First().Price,
            minute.Max(trade => trade.Price),
            minute.Min(trade => trade.Price),
            minute.Last().Price,
            minute.Sum(trade => trade.Lots),
            minute.Sum(trade => trade.Price * trade.Lots),
            minute.Count()));
        Assert.Equal(5, candles.Count);
        Assert.Equal(streamed, candles);
    }

    [Fact]
    public async Task Only_finished_minutes_have_candles()
    {
        var start = ManualClock.Start;
        _clock.Advance(TimeSpan.FromSeconds(119));

        var candles = await Feed().GetCandlesAsync(Markets.BtcUsdt, start.AddMinutes(-2), start.AddHours(1));

        Assert.Equal([-2, -1, 0], candles.Select(candle => (candle.OpenTimeMs - start.ToUnixTimeMilliseconds()) / 60_000));
    }

    [Fact]
    public async Task A_long_history_is_told_in_bounded_pieces()
    {
        var start = ManualClock.Start.AddYears(-1);
        var candles = await Feed().GetCandlesAsync(Markets.BtcUsdt, start, ManualClock.Start);

        Assert.Equal(SimulatedFeed.MaxCandles, candles.Count);
        Assert.Equal(start.ToUnixTimeMilliseconds(), candles[0].OpenTimeMs);
        Assert.Equal(start.AddMinutes(SimulatedFeed.MaxCandles - 1).ToUnixTimeMilliseconds(), candles[^1].OpenTimeMs);
    }

    [Fact]
    public async Task A_market_that_nobody_priced_is_down_and_says_why()
    {
        var unknown = Markets.Of("TATA", "INR", 0.01m, 1m);
        Feed().Subscribe(unknown, _heard);

        Assert.Equal([FeedState.Down], _heard.States);
        Assert.Contains("TATA", _heard.Text);
        Assert.Equal(0, _clock.Timers);
        Assert.Empty(await Feed().GetCandlesAsync(unknown, ManualClock.Start.AddHours(-1), ManualClock.Start));
    }

    [Fact]
    public async Task One_timer_serves_all_and_stops_with_the_last_listener()
    {
        var feed = Feed();
        Assert.Equal(0, _clock.Timers);
        var subscriptions = Markets.All.Select(market => feed.Subscribe(market, new RecordingListener())).ToList();
        Assert.Equal(1, _clock.Timers);
        foreach (var subscription in subscriptions)
            await subscription.DisposeAsync();
        Assert.Equal(0, _clock.Timers);
        await using var again = feed.Subscribe(Markets.BtcUsdt, _heard);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(11, _heard.Bests.Count);
    }

    [Fact]
    public async Task After_the_end_of_a_subscription_nothing_is_heard()
    {
        var feed = Feed();
        await using var other = feed.Subscribe(Markets.BtcUsdt, new RecordingListener());
        await feed.Subscribe(Markets.BtcUsdt, _heard).DisposeAsync();
        int lines = _heard.Lines.Count;
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(lines, _heard.Lines.Count);
    }

    [Fact]
    public void A_late_timer_loses_no_quote()
    {
        Feed().Subscribe(Markets.BtcUsdt, _heard);
        var punctual = new ManualClock();
        var expected = new RecordingListener();
        Feed(clock: punctual).Subscribe(Markets.BtcUsdt, expected);

        punctual.Advance(TimeSpan.FromSeconds(30));
        _clock.Jump(TimeSpan.FromSeconds(30));

        Assert.Equal(expected.Text, _heard.Text);
    }

    [Fact]
    public void After_a_jump_of_the_clock_the_book_starts_anew()
    {
        Feed().Subscribe(Markets.BtcUsdt, _heard);
        _clock.Jump(TimeSpan.FromHours(8));

        Assert.Equal([FeedState.Live, FeedState.Resynchronising, FeedState.Live], _heard.States);
        Assert.Equal(2, _heard.Bests.Count);
        Assert.Equal(_clock.NowMs, _heard.Book.UpdatedAtMs);
    }

    [Fact]
    public void A_listener_that_fails_starts_anew_and_the_others_do_not_notice()
    {
        var feed = Feed();
        var stumbling = new StumblingListener();
        feed.Subscribe(Markets.BtcUsdt, stumbling);
        feed.Subscribe(Markets.BtcUsdt, _heard);
        stumbling.Stumbles = true;
        _clock.Advance(TimeSpan.FromSeconds(10));
        stumbling.Stumbles = false;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(111, _heard.Bests.Count);
        Assert.Equal(Books.Top(_heard.Book, Side.Buy), Books.Top(stumbling.Book, Side.Buy));
        Assert.Equal(FeedState.Live, stumbling.Book.State);
    }

    private SimulatedFeed Feed(ulong seed = 1, double tradesPerSecond = 4, TimeProvider? clock = null) => new(
        Options.Create(new SimulatedOptions { Seed = seed, TradesPerSecond = tradesPerSecond }),
        clock ?? _clock,
        NullLogger<SimulatedFeed>.Instance);

    private static async Task<string> Story(ulong seed)
    {
        var clock = new ManualClock();
        var heard = new RecordingListener();
        var feed = new SimulatedFeed(
            Options.Create(new SimulatedOptions { Seed = seed }), clock, NullLogger<SimulatedFeed>.Instance);
        await using var subscription = feed.Subscribe(Markets.BtcUsdt, heard);
        clock.Advance(TimeSpan.FromSeconds(10));
        return heard.Text;
    }
}
