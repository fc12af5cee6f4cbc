using Exchange.Domain.Venue;
using Exchange.Feeds.Connections;
using Exchange.VenueSimulator;

namespace Exchange.Feeds.Tests.Venues;

public sealed partial class BinanceFaultTests
{
    private const string Btc = "BTCUSDT";

    [Fact]
    public async Task A_dropped_connection_is_made_again_and_the_book_is_right_again()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.DropConnections();
        await Eventually.Holds(() => mirror.State == FeedState.Down, () => "not noticed");
        for (int i = 0; i < 50; i++)
            binance.Venue.Step(Btc);

        await binance.EqualInTimeAsync(Btc, mirror);
        Assert.Equal(1, binance.Feed.Counters.Of(FeedEvent.ConnectionLost));
        Assert.Equal(2, binance.Venue.Connects);
    }

    [Fact]
    public async Task A_venue_that_refuses_connections_is_tried_ever_less_often()
    {
        await using var binance = await BinanceFixture.StartAsync(rules => Patience.Added(rules) with { BackoffFirst = TimeSpan.FromSeconds(1) });
        binance.Venue.Add(Btc, 60_000);
        binance.Venue.Faults.RefuseConnections(6);
        long start = binance.Clock.NowMs;
        var mirror = new MirrorListener();
        binance.Feed.Subscribe(BinanceFixture.MarketOf(Btc), mirror);

        await binance.EqualInTimeAsync(Btc, mirror);
        Assert.Equal(7, binance.Venue.Connects);
        Assert.Equal(6, binance.Feed.Counters.Of(FeedEvent.ConnectFailed));
        // Six waits of 1, 2, 4, 8, 16 and 30 seconds, each cut by a half at most.
        Assert.True(binance.Clock.NowMs - start >= 30_500, $"only {binance.Clock.NowMs - start} ms");
    }

    [Fact]
    public async Task A_missing_update_starts_the_book_over()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.Step(Btc);
        binance.Venue.Faults.SkipDiffs(1);
        binance.Venue.Step(Btc);
        binance.Venue.Step(Btc);

        await Eventually.Holds(() => binance.Feed.Counters.Of(FeedEvent.Gap) == 1, () => "the gap was not noticed");
        await binance.EqualInTimeAsync(Btc, mirror);
        Assert.Contains((FeedState.Resynchronising, "an update is missing"), mirror.States);
    }

    [Fact]
    public async Task Updates_that_come_twice_change_nothing()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.Faults.DuplicateDiffs(100);
        for (int i = 0; i < 100; i++)
            binance.Venue.Step(Btc);

        await binance.EqualAsync(Btc, mirror);
        await Eventually.Holds(() => binance.Feed.Counters.Of(FeedEvent.Duplicate) == 100, () => "duplicates were applied");
        Assert.Equal(0, binance.Feed.Counters.Of(FeedEvent.Gap));
    }

    [Fact]
    public async Task Updates_in_the_wrong_order_are_never_applied_in_it()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        for (int i = 0; i < 10; i++)
        {
            binance.Venue.StepReordered(Btc);
            await binance.EqualInTimeAsync(Btc, mirror);
        }
        Assert.True(binance.Feed.Counters.Of(FeedEvent.Gap) > 0);
    }

    [Fact]
    public async Task A_snapshot_older_than_the_buffered_updates_is_taken_again()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.Faults.SkipDiffs(2);
        binance.Venue.Step(Btc);
        binance.Venue.Step(Btc);
        binance.Venue.Faults.OldSnapshots(2);
        binance.Venue.Faults.FailRequests(1);
        binance.Venue.Step(Btc);
        await Eventually.Holds(() => binance.Venue.DepthRequests >= 2, () => "no resynchronisation");
        binance.Venue.Step(Btc);

        await binance.EqualInTimeAsync(Btc, mirror);
        Assert.True(binance.Feed.Counters.Of(FeedEvent.SnapshotTooOld) >= 1);
        Assert.Contains(mirror.States, told => told.Reason.StartsWith("no snapshot: 503", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_crossed_book_is_not_passed_on_and_heals_with_a_snapshot()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.SendLie(Btc, new VenueBook.Change(IsBid: true, 60_000.05m, 1m));

        await Eventually.Holds(() => binance.Feed.Counters.Of(FeedEvent.CrossedBook) == 1, () => "not noticed");
        await binance.EqualInTimeAsync(Btc, mirror);
        Assert.Equal(0, mirror.Displaced);
        Assert.Contains((FeedState.Resynchronising, "the venue's bid met its ask"), mirror.States);
    }

    [Fact]
    public async Task Zero_and_absurd_prices_are_left_out_and_counted()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.SendLie(Btc, new VenueBook.Change(true, 0m, 1m), new VenueBook.Change(false, 79_000_000_000_000_000m, 1m));
        binance.Venue.Trade(Btc, "0.00000000", "1.00000000");
        binance.Venue.Trade(Btc, "600000.00000000", "1.00000000");
        binance.Venue.Trade(Btc, "0.01000000", "1.00000000");
        binance.Venue.Best(Btc, 6_000, "60000.00000000", "59000.00000000");
        binance.Venue.Best(Btc, 6_001, "1.00000000", "900000000.00000000");
        binance.Venue.Trade(Btc, "60000.00000000", "1.00000000");

        await Eventually.Holds(() => mirror.Trades.Length == 1, () => $"{mirror.Trades.Length} trades");
        Assert.Equal(7, binance.Feed.Counters.Of(FeedEvent.AbsurdValue));
        Assert.Equal(6_000_000, mirror.Trades[0].Price);
        Assert.Single(mirror.Bests);
        await binance.EqualAsync(Btc, mirror);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1,2]")]
    [InlineData("{\"e\":\"depthUpdate\",\"s\":\"BTCUSDT\",\"U\":1,\"u\":\"x\",\"b\":[],\"a\":[]}")]
    [InlineData("{\"e\":\"depthUpdate\",\"s\":\"BTCUSDT\",\"U\":1001,\"u\":1001,\"b\":[[\"1\"]],\"a\":[]}")]
    [InlineData("{\"e\":\"depthUpdate\",\"s\":\"BTCUSDT\",\"U\":1001,\"u\":1001,\"b\":[[{},{}]],\"a\":[]}")]
    [InlineData("{\"e\":\"aggTrade\",\"s\":\"BTCUSDT\",\"a\":1,\"p\":\"NaN\",\"q\":\"1\"}")]
    [InlineData("{\"e\":\"aggTrade\",\"s\":\"BTCUSDT\",\"a\":1,\"p\":\"-5\",\"q\":\"1\"}")]
    [InlineData("{\"u\":5,\"s\":\"BTCUSDT\",\"b\":null,\"B\":\"1\",\"a\":\"2\",\"A\":\"1\"}")]
    public async Task A_malformed_message_is_counted_and_does_no_harm(string message)
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.SendToAll(message);
        binance.Venue.Step(Btc);

        await Eventually.Holds(() => binance.Feed.Counters.Of(FeedEvent.MessageMalformed) == 1, () => "not counted");
        await binance.EqualInTimeAsync(Btc, mirror);
        Assert.Empty(mirror.Trades);
        Assert.Equal(1, binance.Venue.Connects);
    }

    [Fact]
    public async Task Half_a_message_is_made_up_for_even_if_nothing_follows()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.StepHalf(Btc);

        await Eventually.Holds(() => binance.Feed.Counters.Of(FeedEvent.MessageMalformed) == 1, () => "not counted");
        await binance.EqualInTimeAsync(Btc, mirror);
    }

    [Fact]
    public async Task A_message_in_several_frames_is_one_message()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.StepInPieces(Btc);

        await binance.EqualAsync(Btc, mirror);
        Assert.Equal(0, binance.Feed.Counters.Of(FeedEvent.MessageMalformed));
    }

    [Fact]
    public async Task A_venue_that_counts_its_updates_anew_is_followed_once_nothing_new_came_for_five_seconds()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.Book(Btc).LastId = 10;
        binance.Clock.Advance(TimeSpan.FromSeconds(6));
        for (int i = 0; i < 30; i++)
            binance.Venue.Step(Btc);

        await Eventually.Holds(() => binance.Feed.Counters.Of(FeedEvent.Gap) == 1, () => "the old numbers are waited for");
        await binance.EqualInTimeAsync(Btc, mirror);
        int quotes = mirror.Bests.Length;
        binance.Venue.Step(Btc);
        binance.Venue.Best(Btc);
        await Eventually.Holds(() => mirror.Bests.Length == quotes + 1, () => "quotes are waited for");
        await binance.EqualAsync(Btc, mirror);
    }

    [Fact]
    public async Task A_price_reached_while_the_book_is_made_anew_is_told_with_the_new_book()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.Faults.FailRequests(1);
        binance.Venue.Faults.SkipDiffs(1);
        binance.Venue.Step(Btc);
        binance.Venue.Step(Btc);
        await Eventually.Holds(() => binance.Venue.DepthRequests == 2, () => "no resynchronisation");
        int told = mirror.Bests.Length;
        long heard = binance.Feed.Counters.Of(FeedEvent.MessageReceived);
        binance.Venue.Best(Btc, 7_000, "59000.00000000", "59000.01000000");
        binance.Venue.Best(Btc, 7_001, "60000.00000000", "60000.01000000");
        await Eventually.Holds(() => binance.Feed.Counters.Of(FeedEvent.MessageReceived) == heard + 2, () => "not heard");
        Assert.Equal(told, mirror.Bests.Length);

        await binance.EqualInTimeAsync(Btc, mirror);
        var since = mirror.Bests[told..];
        Assert.Equal((5_900_000, 6_000_000), (since.Min(best => best.BidPrice), since[^2].BidPrice));
        Assert.Equal(mirror.Bids[0].Price, since[^1].BidPrice);
    }

    [Fact]
    public async Task A_symbol_that_the_venue_does_not_have_says_so_and_disturbs_nobody()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        var unknown = new MirrorListener();
        binance.Feed.Subscribe(BinanceFixture.MarketOf("NOPEUSDT"), unknown);

        await Eventually.Holds(
            () => unknown.States.Any(told => told.Reason.Contains("Invalid symbol", StringComparison.Ordinal)),
            () => string.Join(", ", unknown.States));
        binance.Venue.Step(Btc);
        await binance.EqualAsync(Btc, mirror);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_mix_of_faults_comes_the_book_is_right_when_it_is_over(int seed)
    {
        await using var binance = await BinanceFixture.StartAsync();
        string[] symbols = ["AAAUSDT", "BBBUSDT", "CCCUSDT"];
        var mirrors = new Dictionary<string, MirrorListener>();
        foreach (string symbol in symbols)
            mirrors[symbol] = await binance.OpenAsync(symbol, middle: 100);
        var random = new Random(seed);
        for (int i = 0; i < 300; i++)
        {
            string symbol = symbols[random.Next(symbols.Length)];
            Misbehave(binance.Venue, symbol, random);
            binance.Venue.Step(symbol, random.Next(1, 8));
            if (i % 10 == 0)
                binance.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(300)));
        }

        binance.Venue.Faults.Clear();
        foreach (string symbol in symbols)
        {
            // Only a next update shows that one before it is missing.
            binance.Venue.Step(symbol);
            await binance.EqualInTimeAsync(symbol, mirrors[symbol]);
        }
        Assert.All(mirrors.Values, mirror => Assert.Equal((0L, DepthRefusal.None), (mirror.Displaced, mirror.Refusal)));
    }

    private static void Misbehave(BinanceSimulator venue, string symbol, Random random)
    {
        switch (random.Next(40))
        {
            case 0:
                venue.DropConnections();
                break;
            case 1:
                venue.Faults.SkipDiffs(1);
                break;
            case 2:
                venue.Faults.DuplicateDiffs(2);
                break;
            case 3:
                venue.StepReordered(symbol);
                break;
            case 4:
                venue.StepHalf(symbol);
                break;
            case 5:
                venue.StepInPieces(symbol);
                break;
            case 6:
                venue.Faults.OldSnapshots(1);
                break;
            case 7:
                venue.Faults.FailRequests(1);
                break;
            case 8:
                venue.SendLie(symbol, new VenueBook.Change(true, 150m, 1m));
                break;
        }
    }

    /// <summary>A day that lasts twenty minutes, and patience with a connection that is made while the clock leaps.</summary>
    private static ConnectionRules Unhurried(ConnectionRules rules) => rules with
    {
        ReplaceAfter = TimeSpan.FromMinutes(20),
        Overlap = TimeSpan.FromMinutes(5),
        ConnectWithin = TimeSpan.FromDays(2),
        AnswerWithin = TimeSpan.FromDays(2),
        ProbeAfter = TimeSpan.FromDays(2),
        StaleAfter = TimeSpan.FromDays(2),
        SilenceMax = TimeSpan.FromDays(2),
    };
}
