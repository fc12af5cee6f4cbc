using System.Text.Json;
using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Positions;
using Exchange.Grains.Closures;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Tests.Publishing;
using Exchange.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Grains.Tests;

public sealed class ClosureTests
{
    private const string Sol = "SOL_USDC";

    [Fact]
    public async Task The_owner_is_told_once_what_closed_the_position_and_why()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (positions, id) = await Open(exchange);

        Venue(exchange, 23_999, 24_000);

        await exchange.Passing(() => exchange.Closures.Told.Count == 1, "the owner is told");
        var told = Assert.Single(exchange.Closures.Told);
        Assert.Equal((1L, "POSITION_STOP_LOSS"), (told.Account, told.Kind));
        var body = JsonDocument.Parse(told.Body).RootElement;
        Assert.Equal(
            (id.ToString(System.Globalization.CultureInfo.InvariantCulture), "STOP_LOSS", "STOP_LOSS", "240", "240"),
            (Text(body, "positionId"), Text(body, "status"), Text(body, "cause"), Text(body, "level"), Text(body, "reachedPrice")));
        Assert.Contains("closed by its stop loss at 240 (level 240, reached at 240)", Text(body, "message"), StringComparison.Ordinal);
        Assert.Equal(
            (await positions.GetStatistics()).Statistics[0].NetProfit.ToString("0.########", System.Globalization.CultureInfo.InvariantCulture),
            Text(body, "netProfit"));
        await exchange.Passing(async () => (await exchange.Events(Streams.Portfolio(1))).OfType<Announced>().Any(), "it is journaled");
    }

    [Fact]
    public async Task A_part_is_told_on_the_stream_and_the_notification_of_the_end_counts_all_of_it()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (positions, id) = await Open(exchange);
        var owner = await Owner.Watch(exchange, 1);
        Venue(exchange, 23_495, 23_496);
        await exchange.Symbol(Sol).FeedChanged();

        var part = await positions.ClosePosition(new ClosePositionRequest(id, 10));
        var rest = await positions.ClosePosition(new ClosePositionRequest(id, 0));
        await exchange.Passing(() => exchange.Closures.Told.Count == 1, "the owner is told of the end");

        OwnPosition[] News() => [.. owner.Heard.SelectMany(update => update.Positions)];
        await Eventually.Holds(() => News().Length == 2, "both are on the stream");
        Assert.Equal([PositionNews.Reduced, PositionNews.Closed], News().Select(news => news.News));
        Assert.Equal([part.Exit!.Profit, rest.Exit!.Profit], News().Select(news => news.Exit!.Profit));
        var body = JsonDocument.Parse(Assert.Single(exchange.Closures.Told).Body).RootElement;
        Assert.Equal((rest.Exit.Quantity, rest.Exit.Profit), (Amount(body, "quantity"), Amount(body, "profit")));
        Assert.Equal(part.Exit.Profit + rest.Exit.Profit - part.Exit.Fee - rest.Exit.Fee, Amount(body, "netProfit"));
        GC.KeepAlive(owner);
    }

    [Fact]
    public async Task What_fails_is_tried_again_later_and_later()
    {
        await using var exchange = await ExchangeCluster.Start(Patient(attempts: 10));
        var failures = 3;
        exchange.Closures.Fault = _ =>
        {
            if (failures-- > 0)
                throw new IOException("no disk");
        };
        await Open(exchange);
        var from = exchange.NowMs;

        Venue(exchange, 23_999, 24_000);

        await exchange.Passing(() => exchange.Closures.Told.Count == 1, "the owner is told");
        Assert.Equal(4, exchange.Closures.Attempts);
        Assert.InRange(exchange.NowMs - from, 1_000 + 2_000 + 4_000, 30_000);
    }

    [Fact]
    public async Task After_three_failures_it_is_a_dead_letter_and_the_next_is_told()
    {
        await using var exchange = await ExchangeCluster.Start(Patient(attempts: 3));
        string? poison = null;
        exchange.Closures.Fault = closure =>
        {
            poison ??= closure.Key;
            if (closure.Key == poison)
                throw new IOException("no disk");
        };
        await Open(exchange);
        await Open(exchange, "two");

        Venue(exchange, 23_999, 24_000);

        await exchange.Passing(() => exchange.Closures.Told.Count == 1 && exchange.Closures.Buried.Count == 1, "one is told and one is buried");
        Assert.Equal((poison, "no disk"), (exchange.Closures.Buried[0].Closure.Key, exchange.Closures.Buried[0].Reason));
        await exchange.Passing(
            async () => (await exchange.Events(Streams.Portfolio(1))).OfType<Announced>().Sum(told => told.UpTo) >= 2, "both are done with");
    }

    [Fact]
    public async Task With_nowhere_to_put_it_it_waits_until_there_is()
    {
        await using var exchange = await ExchangeCluster.Start(Patient(attempts: 2));
        var isDown = true;
        exchange.Closures.CannotBury = true;
        exchange.Closures.Fault = _ =>
        {
            if (isDown)
                throw new IOException("no disk");
        };
        await Open(exchange);
        Venue(exchange, 23_999, 24_000);
        await exchange.Passing(() => exchange.Closures.Attempts >= 4, "it goes on trying");

        isDown = false;

        await exchange.Passing(() => exchange.Closures.Told.Count == 1, "the owner is told");
        Assert.Empty(exchange.Closures.Buried);
    }

    [Fact]
    public async Task A_crash_between_telling_and_noting_it_tells_nobody_twice()
    {
        await using var exchange = await ExchangeCluster.Start();
        var isCutOff = true;
        exchange.Closures.ReplyFault = _ =>
        {
            if (isCutOff)
                throw new IOException("nobody hears of it");
        };
        await Open(exchange);
        Venue(exchange, 23_999, 24_000);
        await exchange.Passing(() => exchange.Closures.Told.Count == 1, "the store has it");

        await exchange.Restart(gracefully: false);
        isCutOff = false;
        exchange.OpenWork.Accounts.Add(1);
        await exchange.Portfolio(1).WakeUp();

        await exchange.Passing(async () => (await exchange.Events(Streams.Portfolio(1))).OfType<Announced>().Any(), "it is noted");
        Assert.Single(exchange.Closures.Told);
    }

    [Fact]
    public async Task The_same_close_again_has_the_same_answer_before_and_after_a_restart()
    {
        await using var exchange = await ExchangeCluster.Start();
        var (positions, id) = await Open(exchange);

        var part = await positions.ClosePosition(new ClosePositionRequest(id, 10, "part"));
        var partAgain = await positions.ClosePosition(new ClosePositionRequest(id, 10, "part"));
        var all = await positions.ClosePosition(new ClosePositionRequest(id, 0, "all"));
        var allAgain = await positions.ClosePosition(new ClosePositionRequest(id, 0, "all"));
        var other = await positions.ClosePosition(new ClosePositionRequest(id, 5, "part"));
        await exchange.Restart();
        positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);
        var afterwards = await positions.ClosePosition(new ClosePositionRequest(id, 0, "all"));
        var fresh = await positions.ClosePosition(new ClosePositionRequest(id, 0, "late"));

        Assert.Equal((Reason.None, part.Exit), (partAgain.Reason, partAgain.Exit));
        Assert.Equal((Reason.None, all.Exit), (allAgain.Reason, allAgain.Exit));
        Assert.Equal(Reason.DuplicateRequest, other.Reason);
        Assert.Equal((Reason.None, all.Exit), (afterwards.Reason, afterwards.Exit));
        Assert.Equal(Reason.PositionAlreadyClosed, fresh.Reason);
        Assert.Equal(1, (await positions.GetStatistics()).Statistics[0].Count);
    }

    [Fact]
    public async Task Where_positions_are_watched_for_a_day_at_most_one_without_an_expiry_closes_after_a_day()
    {
        await using var exchange = await ExchangeCluster.Start(services => services.Configure<PositionOptions>(
            options => options.Default = CfdTerms.Default with { DefaultLifetimeMs = 86_400_000 }));
        var (positions, _) = await Open(exchange);
        var expiry = (await positions.GetPositions()).Positions[0].ExpiresAtMs;
        Assert.InRange(expiry, exchange.NowMs + 86_300_000, exchange.NowMs + 86_400_000);

        exchange.Clock.Advance(TimeSpan.FromHours(24));

        // A day that passes at once may have sent the market away, and keeps it busy for a while: a book heard only once would be
        // stale before it looks.
        await exchange.Symbol(Sol).WakeUp();
        await exchange.Passing(
            () =>
            {
                Venue(exchange, 23_595, 23_596);
                return exchange.Closures.Told.Count == 1;
            },
            "the owner is told");
        Assert.Equal("POSITION_EXPIRED", exchange.Closures.Told[0].Kind);
    }

    private static Action<IServiceCollection> Patient(int attempts) =>
        services => services.Configure<ClosureOptions>(options => options.Attempts = attempts);

    private static async Task<(IPortfolioPositions Positions, long Id)> Open(ExchangeCluster exchange, string clientId = "one")
    {
        if (clientId == "one")
        {
            await exchange.User(1, ("USDC", 6_000));
            await exchange.Symbol(Sol).WakeUp();
            await Eventually.Holds(() => exchange.Feed.ListenersOf(Sol) == 1, "the symbol listens");
            Venue(exchange, 23_595, 23_596);
        }

        var positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);
        var opened = await positions.OpenPosition(new OpenPositionRequest(
            clientId, Sol, PositionSide.Short, 1_000, 100, PositionLevelsRequest.None with { StopLoss = 240 }));
        Assert.Equal(Reason.None, opened.Reason);
        return (positions, opened.PositionId);
    }

    private static void Venue(ExchangeCluster exchange, long bid, long ask) =>
        exchange.OpenVenue(Sol, [(bid, 9_000_000)], [(ask, 9_000_000)]);

    private static decimal Amount(JsonElement body, string name) =>
        decimal.Parse(Text(body, name), System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;
}
