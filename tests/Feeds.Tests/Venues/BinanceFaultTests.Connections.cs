using Exchange.Domain.Venue;

namespace Exchange.Feeds.Tests.Venues;

/// <summary>Connections that fall silent, drop, or end as announced.</summary>
public sealed partial class BinanceFaultTests
{
    [Fact]
    public async Task A_silent_connection_counts_as_stale_and_is_replaced()
    {
        await using var binance = await BinanceFixture.StartAsync(Patience.None);
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.Faults.Silent = true;
        await Eventually.Holds(binance.Clock, () => mirror.State == FeedState.Stale, () => $"{mirror.State}");
        await Eventually.Holds(binance.Clock, () => mirror.State == FeedState.Down, () => $"{mirror.State}");
        for (int i = 0; i < 20; i++)
            binance.Venue.Step(Btc);
        binance.Venue.Faults.Silent = false;

        await binance.EqualInTimeAsync(Btc, mirror);
        Assert.Contains(mirror.States, told => told.State == FeedState.Stale && told.Reason.StartsWith("silent for", StringComparison.Ordinal));
        Assert.True(binance.Feed.Counters.Of(FeedEvent.ConnectionSilent) >= 1);
    }

    [Fact]
    public async Task A_connection_that_was_silent_for_a_while_and_speaks_again_is_live_again_without_a_snapshot()
    {
        await using var binance = await BinanceFixture.StartAsync(rules => rules with { SilenceMax = TimeSpan.FromHours(1) });
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.Faults.Silent = true;
        await Eventually.Holds(binance.Clock, () => mirror.State == FeedState.Stale, () => $"{mirror.State}");
        binance.Venue.Faults.Silent = false;
        binance.Venue.Step(Btc);

        await binance.EqualAsync(Btc, mirror);
        Assert.Equal(1, binance.Feed.Counters.Of(FeedEvent.SnapshotApplied));
    }

    [Fact]
    public async Task A_connection_that_only_sends_rubbish_is_given_up()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        for (int i = 0; i < 51; i++)
            binance.Venue.SendToAll("{");

        await Eventually.Holds(() => mirror.States.Contains((FeedState.Down, "too many malformed messages")), () => "still trusted");
        await binance.EqualInTimeAsync(Btc, mirror);
    }

    [Fact]
    public async Task The_venues_ping_is_answered_with_its_own_payload()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.PingAll("1772366400123");

        await Eventually.Holds(
            () => binance.Venue.Clients.Single().Socket.Pongs.Contains("1772366400123"), () => "no pong with the payload");
        binance.Venue.DropThoseWithoutPong("1772366400123");
        binance.Venue.Step(Btc);
        await binance.EqualAsync(Btc, mirror);
        Assert.Equal(1, binance.Venue.Connects);
    }

    [Fact]
    public async Task A_venue_that_got_no_pong_drops_the_connection_and_the_book_is_right_again()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.Faults.LosesPings = true;
        binance.Venue.PingAll("1772366400123");
        binance.Venue.DropThoseWithoutPong("1772366400123");
        await Eventually.Holds(() => mirror.State == FeedState.Down, () => "not noticed");
        binance.Venue.Faults.LosesPings = false;
        binance.Venue.Step(Btc);

        await binance.EqualInTimeAsync(Btc, mirror);
        Assert.Equal(2, binance.Venue.Connects);
    }

    [Fact]
    public async Task Before_a_day_is_over_a_new_connection_takes_over_without_a_gap()
    {
        await using var binance = await BinanceFixture.StartAsync(Unhurried);
        var mirror = await binance.OpenAsync(Btc);
        binance.Clock.Advance(TimeSpan.FromMinutes(20));
        await Eventually.Holds(() => binance.Venue.Clients.Count(client => client.TopicCount == 3) == 2, () => "no second connection");
        for (int i = 0; i < 100; i++)
        {
            binance.Venue.Step(Btc);
            binance.Venue.Trade(Btc, "60000.00000000", "1.00000000");
        }
        await binance.EqualAsync(Btc, mirror);
        binance.Clock.Advance(TimeSpan.FromMinutes(6));
        await Eventually.Holds(() => binance.Venue.Clients.Count == 1, () => "the old one stays");
        for (int i = 0; i < 100; i++)
        {
            binance.Venue.Step(Btc);
            binance.Venue.Trade(Btc, "60000.00000000", "1.00000000");
        }

        await binance.EqualAsync(Btc, mirror);
        await Eventually.Holds(() => mirror.Trades.Length == 200, () => $"{mirror.Trades.Length} trades");
        Assert.Equal((1, 1, 0), (
            binance.Feed.Counters.Of(FeedEvent.ConnectionReplaced),
            binance.Feed.Counters.Of(FeedEvent.SnapshotApplied),
            binance.Feed.Counters.Of(FeedEvent.Gap)));
        Assert.DoesNotContain(mirror.States, told => told.State == FeedState.Stale);
    }

    [Fact]
    public async Task A_venue_that_announces_its_shutdown_is_left_in_time()
    {
        await using var binance = await BinanceFixture.StartAsync();
        var mirror = await binance.OpenAsync(Btc);
        binance.Venue.SendToAll("{\"e\":\"serverShutdown\",\"E\":1772366400000}");

        await Eventually.Holds(binance.Clock, () => binance.Feed.Counters.Of(FeedEvent.ConnectionReplaced) == 1, () => "not replaced");
        binance.Venue.Step(Btc);
        await binance.EqualAsync(Btc, mirror);
        Assert.Equal(1, binance.Feed.Counters.Of(FeedEvent.SnapshotApplied));
    }
}
