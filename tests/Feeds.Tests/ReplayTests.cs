using System.IO.Compression;
using Exchange.Domain;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;
using Exchange.Feeds.Replay;
using Exchange.Testing;
using Exchange.VenueSimulator;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Exchange.Feeds.Tests;

public sealed class ReplayTests : IDisposable
{
    private static readonly Market Btc = Markets.Of("BTC", "USDT", 0.01m, 0.00001m, "scripted");
    /// <summary>The call after the last line ends it.</summary>
    private static void PlayAll(ReplayFeed replay)
    {
        Assert.True(replay.PlayUntil(long.MaxValue));
        Assert.False(replay.PlayUntil(long.MaxValue));
    }

    private static readonly Market Eth = Markets.Of("ETH", "USDT", 0.01m, 0.0001m, "scripted");

    private readonly string _folder = Directory.CreateTempSubdirectory("replay").FullName;
    private readonly SteppedClock _clock = new();
    private readonly ScriptedFeed _venue = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_recorded_stretch_and_its_replay_give_the_same_calls()
    {
        var (btc, eth) = (new RecordingListener(), new RecordingListener());
        await RecordAsync(new RecorderOptions(), feed =>
        {
            feed.Subscribe(Btc, btc);
            feed.Subscribe(Eth, eth);
            Play(500, seed: 3);
        });

        var (btcAgain, ethAgain) = (new RecordingListener(), new RecordingListener());
        using var replay = Replay(new ReplayOptions { Path = _folder, Speed = 0, IsDrivenByHand = true });
        replay.Subscribe(Btc, btcAgain);
        replay.Subscribe(Eth, ethAgain);
        PlayAll(replay);

        Assert.True(btc.Lines.Count > 200);
        Assert.Equal(btc.Lines, btcAgain.Lines[..^1]);
        Assert.Equal(eth.Lines, ethAgain.Lines[..^1]);
        Assert.EndsWith("Down the recording is over", btcAgain.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_rotate_the_oldest_go_and_each_can_be_read_by_itself()
    {
        var heard = new RecordingListener();
        await RecordAsync(new RecorderOptions { FileBytesMax = 4_000, FilesMax = 3 }, feed =>
        {
            feed.Subscribe(Btc, heard);
            feed.Subscribe(Eth, new RecordingListener());
            Play(500, seed: 4);
        });

        string[] files = [.. Directory.GetFiles(_folder).Order(StringComparer.Ordinal)];
        Assert.Equal(3, files.Length);
        var last = new RecordingListener();
        using var replay = Replay(new ReplayOptions { Path = _folder, Speed = 0, IsDrivenByHand = true });
        replay.Subscribe(Btc, last);
        PlayAll(replay);
        Assert.Equal(Books.Top(heard.Book, Side.Buy), Books.Top(last.Book, Side.Buy));
        Assert.Equal(Books.Top(heard.Book, Side.Sell), Books.Top(last.Book, Side.Sell));
        Assert.Equal(heard.Trades[^1], last.Trades[^1]);
    }

    [Fact]
    public async Task A_recorder_that_cannot_keep_up_leaves_a_marked_hole_and_a_right_book_after_it()
    {
        var heard = new RecordingListener();
        var counters = new FeedCounters("scripted");
        await RecordAsync(new RecorderOptions { QueueMax = 16 }, counters, feed =>
        {
            feed.Subscribe(Btc, heard);
            for (int i = 0; counters.Of(FeedEvent.RecordLost) == 0; i++)
                Play(200, seed: i, Btc);
            long lost;
            do
            {
                lost = counters.Of(FeedEvent.RecordLost);
                _venue.State("BTC_USDT", FeedState.Live, "", _clock.NowMs);
            }
            while (counters.Of(FeedEvent.RecordLost) > lost);
        });
        var again = new RecordingListener();
        using var replay = Replay(new ReplayOptions { Path = _folder, Speed = 0, IsDrivenByHand = true });
        replay.Subscribe(Btc, again);
        PlayAll(replay);
        Assert.True(again.Lines.Count < heard.Lines.Count);
        Assert.Contains("the recording has a hole", again.Text, StringComparison.Ordinal);
        Assert.Equal(Books.Top(heard.Book, Side.Buy), Books.Top(again.Book, Side.Buy));
    }

    [Fact]
    public async Task A_recording_that_was_cut_off_is_played_to_its_last_whole_line()
    {
        var heard = new RecordingListener();
        await RecordAsync(new RecorderOptions(), feed =>
        {
            feed.Subscribe(Btc, heard);
            Play(2_000, seed: 5, Btc);
        });
        string file = Directory.GetFiles(_folder).Single();
        byte[] bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, bytes[..(bytes.Length / 2)]);

        var again = new RecordingListener();
        using var replay = Replay(new ReplayOptions { Path = file, Speed = 0, IsDrivenByHand = true });
        replay.Subscribe(Btc, again);
        PlayAll(replay);
        Assert.InRange(again.Lines.Count, heard.Lines.Count / 5, heard.Lines.Count);
        Assert.Equal(heard.Lines[..(again.Lines.Count - 1)], again.Lines[..^1]);
    }

    [Fact]
    public async Task A_paced_replay_goes_as_much_faster_as_it_is_told_and_with_todays_times()
    {
        await RecordAsync(new RecorderOptions(), feed =>
        {
            feed.Subscribe(Btc, new RecordingListener());
            _venue.Open("BTC_USDT", [(100, 1)], [(102, 1)], _clock.NowMs);
            for (int i = 1; i <= 10; i++)
            {
                _clock.Advance(TimeSpan.FromSeconds(10));
                _venue.Trade("BTC_USDT", 100 + i, 1, Side.Buy, _clock.NowMs);
            }
        });

        _clock.Advance(TimeSpan.FromDays(30));
        long start = _clock.NowMs;
        var heard = new RecordingListener();
        using var replay = Replay(new ReplayOptions { Path = _folder, Speed = 10 });
        replay.Subscribe(Btc, heard);
        _clock.Advance(TimeSpan.FromSeconds(5.5));
        Assert.Equal([101, 102, 103, 104, 105], heard.Trades.Select(trade => trade.Price));
        Assert.Equal(start + 5_000, heard.Trades[^1].AtMs);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(10, heard.Trades.Count);
        Assert.Equal(FeedState.Down, heard.States[^1]);
    }

    [Fact]
    public async Task Who_comes_later_starts_with_the_book_as_it_stands()
    {
        var early = new RecordingListener();
        await RecordAsync(new RecorderOptions(), feed =>
        {
            feed.Subscribe(Btc, new RecordingListener());
            Play(100, seed: 6, Btc);
        });
        long middle = _clock.NowMs - 50;
        using var replay = Replay(new ReplayOptions { Path = _folder, Speed = 0, IsDrivenByHand = true });
        replay.Subscribe(Btc, early);
        Assert.True(replay.PlayUntil(middle));
        var late = new RecordingListener();
        replay.Subscribe(Btc, late);

        Assert.Equal(Books.Top(early.Book, Side.Buy), Books.Top(late.Book, Side.Buy));
        Assert.Equal(early.States[^1], late.States[^1]);
        PlayAll(replay);
        Assert.Equal(Books.Top(early.Book, Side.Sell), Books.Top(late.Book, Side.Sell));
    }

    [Fact]
    public async Task A_market_that_counts_differently_than_the_recording_is_told_so()
    {
        await RecordAsync(new RecorderOptions(), feed =>
        {
            feed.Subscribe(Btc, new RecordingListener());
            Play(10, seed: 7, Btc);
        });
        var heard = new RecordingListener();
        using var replay = Replay(new ReplayOptions { Path = _folder, Speed = 0, IsDrivenByHand = true });
        replay.Subscribe(Btc with { TickSize = 0.1m }, heard);
        PlayAll(replay);
        Assert.Contains("recorded in ticks of 0.01 and lots of 0.00001", heard.Lines[0], StringComparison.Ordinal);
        Assert.Equal(0, heard.Book.Levels(Side.Buy));
    }

    [Theory]
    [InlineData(".csv")]
    [InlineData(".csv.gz")]
    [InlineData(".zip")]
    public void Candles_become_four_ticks_each_the_low_first_where_the_price_rose(string kind)
    {
        WriteKlines($"BTCUSDT-1m-2024-05{kind}",
            "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n"
            + "1714521600000,100.00,103.00,99.00,102.00,0.00040,1714521659999,0,0,0,0,0\n"
            + "1714521660000000,102.00,102.50,98.00,99.00,0.00080,1714521719999000,0,0,0,0,0\n");
        var heard = new RecordingListener();
        using var replay = Replay(new ReplayOptions { Path = _folder, Speed = 0, IsDrivenByHand = true });
        replay.Subscribe(Btc, heard);
        PlayAll(replay);

        Assert.Equal(
            [
                new VenueTrade(10_000, 10, Side.Buy, 1_714_521_600_000),
                new VenueTrade(9_900, 10, Side.Sell, 1_714_521_614_999),
                new VenueTrade(10_300, 10, Side.Buy, 1_714_521_629_999),
                new VenueTrade(10_200, 10, Side.Sell, 1_714_521_659_999),
                new VenueTrade(10_200, 20, Side.Sell, 1_714_521_660_000),
                new VenueTrade(10_250, 20, Side.Buy, 1_714_521_674_999),
                new VenueTrade(9_800, 20, Side.Sell, 1_714_521_689_999),
                new VenueTrade(9_900, 20, Side.Buy, 1_714_521_719_999),
            ],
            heard.Trades);
        Assert.Equal((9_899, 9_900), (heard.Book.BestPrice(Side.Buy), heard.Book.BestPrice(Side.Sell)));
        Assert.Empty(heard.Refusals);
        Assert.Equal([FeedState.Live, FeedState.Down], heard.States);
    }

    [Fact]
    public void Several_kline_files_play_on_one_timeline()
    {
        WriteKlines("BTCUSDT-1m-2024-05-01.csv", "1000000,1.00,1.00,1.00,1.00,1,1059999,0\n");
        WriteKlines("ETHUSDT-1m-2024-05-01.csv", "1000500,2.00,2.00,2.00,2.00,1,1059998,0\n");
        var heard = new List<string>();
        using var replay = Replay(new ReplayOptions { Path = _folder, Speed = 0, IsDrivenByHand = true });
        replay.Subscribe(Btc, new OrderListener("B", heard));
        replay.Subscribe(Eth, new OrderListener("E", heard));
        PlayAll(replay);
        Assert.Equal("BEBEBEEB", string.Concat(heard));
    }

    [Fact]
    public void A_path_with_nothing_to_replay_is_a_feed_that_is_down_and_says_why()
    {
        var heard = new RecordingListener();
        using var replay = Replay(new ReplayOptions { Path = Path.Combine(_folder, "nothing.csv") });
        replay.Subscribe(Btc, heard);
        Assert.Equal([FeedState.Down], heard.States);
        Assert.Contains("nothing.csv", heard.Lines[0], StringComparison.Ordinal);
    }

    private ReplayFeed Replay(ReplayOptions options) => new(Options.Create(options), _clock, NullLogger<ReplayFeed>.Instance);

    private Task RecordAsync(RecorderOptions options, Action<IMarketFeed> play) => RecordAsync(options, new FeedCounters("scripted"), play);

    private async Task RecordAsync(RecorderOptions options, FeedCounters counters, Action<IMarketFeed> play)
    {
        options.Folder = _folder;
        await using var recorder = new FeedRecorder(Options.Create(options), _clock, NullLogger<FeedRecorder>.Instance);
        play(new RecordingFeed(_venue, recorder, counters));
    }

    /// <summary>A market's life at random: books, changes, trades, quotes, marks and troubles, a millisecond apart.</summary>
    private void Play(int calls, int seed, params Market[] markets)
    {
        markets = markets.Length == 0 ? [Btc, Eth] : markets;
        var random = new Random(seed);
        foreach (var market in markets)
            _venue.Open(market.Symbol, [(100, 5), (99, 6)], [(102, 7), (103, 8)], _clock.NowMs);
        for (int i = 0; i < calls; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Say(markets[random.Next(markets.Length)].Symbol, random);
        }
        foreach (var market in markets)
            _venue.State(market.Symbol, FeedState.Live, "", _clock.NowMs);
    }

    private void Say(string symbol, Random random)
    {
        long now = _clock.NowMs;
        switch (random.Next(10))
        {
            case 0:
                _venue.Snapshot(symbol, [(98, random.Next(1, 9))], [(105, random.Next(1, 9))], now);
                break;
            case 1:
                _venue.State(symbol, FeedState.Resynchronising, "a \"gap\"", now);
                break;
            case 2:
                _venue.Mark(symbol, random.Next(90, 110), now);
                break;
            case 3 or 4:
                _venue.Trade(symbol, random.Next(95, 105), random.Next(1, 100), (Side)random.Next(2), now - 7);
                break;
            case 5:
                _venue.Best(symbol, new BestQuote(100, random.Next(1, 9), 102, random.Next(1, 9), now));
                break;
            default:
                var bid = new DepthChange(Side.Buy, random.Next(90, 100), random.Next(10));
                var ask = new DepthChange(Side.Sell, random.Next(103, 110), random.Next(10));
                _venue.Changes(symbol, [bid, ask], now);
                break;
        }
    }

    private void WriteKlines(string name, string rows)
    {
        using var file = File.Create(Path.Combine(_folder, name));
        if (name.EndsWith(".zip", StringComparison.Ordinal))
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Create);
            using var entry = new StreamWriter(archive.CreateEntry("klines.csv").Open());
            entry.Write(rows);
            return;
        }
        using Stream packed = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        using var text = new StreamWriter(packed);
        text.Write(rows);
    }

    private sealed class OrderListener(string name, List<string> heard) : IFeedListener
    {
        public void OnDepthSnapshot(ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks, long atMs) { }

        public void OnDepthChanges(ReadOnlySpan<DepthChange> changes, long atMs) { }

        public void OnTrade(in VenueTrade trade) => heard.Add(name);

        public void OnBest(in BestQuote best) { }

        public void OnMark(long price, long atMs) { }

        public void OnState(FeedState state, string reason, long atMs) { }
    }
}
