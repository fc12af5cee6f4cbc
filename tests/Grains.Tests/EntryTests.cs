using System.Text.Json;
using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Portfolios;
using Exchange.Grains.Tests.Publishing;
using Exchange.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Grains.Tests;

/// <summary>Positions that open at a price, through an account and its symbol. The venue's bid is 235.95, its ask 235.96.</summary>
public sealed class EntryTests
{
    private const string Sol = "SOL_USDC";

    private static readonly OpenPositionRequest Breakout = new(
        "mine", Sol, PositionSide.Long, 1_000, 100, PositionLevelsRequest.None with { StopLoss = 235 }, 240);

    [Fact]
    public async Task It_waits_with_its_margin_held_opens_once_and_its_owner_is_told()
    {
        await using var exchange = await ExchangeCluster.Start();
        var positions = await Trader(exchange);
        var owner = await Owner.Watch(exchange, 1);

        var asked = await positions.OpenPosition(Breakout);
        var again = await positions.OpenPosition(Breakout);
        var other = await positions.OpenPosition(Breakout with { TriggerPrice = 241 });

        Assert.Equal((Reason.None, 240m, TriggerDirection.Rising), (asked.Reason, asked.Waiting!.TriggerPrice, asked.Waiting.Direction));
        Assert.Null(asked.Position);
        Assert.Equal((asked.PositionId, asked.Waiting), (again.PositionId, again.Waiting));
        Assert.Equal(Reason.DuplicateRequest, other.Reason);
        Assert.Equal([new BalanceView("USDC", 5_000, 1_000)], await Balances(exchange));
        Assert.Equal(asked.Waiting, Assert.Single((await positions.GetPositions()).Waiting));

        Venue(exchange, 24_000, 24_001);

        await exchange.Passing(async () => (await positions.GetPositions()).Positions.Length == 1, "it has opened");
        var opened = (await positions.GetPositions()).Positions[0];
        Assert.Equal((asked.PositionId, 240.01m, 235m, "mine"), (opened.PositionId, opened.EntryPrice, opened.StopLoss, opened.ClientPositionId));
        await exchange.Passing(() => exchange.Closures.Told.Count == 1, "the owner is told");
        Assert.Equal("POSITION_OPENED", exchange.Closures.Told[0].Kind);
        Assert.Equal([new BalanceView("USDC", 5_000, 0)], await Balances(exchange));
        Assert.Equal((asked.PositionId, opened.PositionId), ((await positions.OpenPosition(Breakout)).PositionId, opened.PositionId));
        await exchange.Passing(() => News(owner).Count == 2, "both are streamed");
        Assert.Equal([PositionNews.Requested, PositionNews.Opened], News(owner).Select(news => news.News));
        Assert.Equal((240m, 240.01m), (News(owner)[1].Entry!.TriggerPrice, News(owner)[1].Entry!.ReachedPrice));
        await AssertFiredOnce(exchange);
        GC.KeepAlive(owner);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_waited_opens_after_a_restart_though_the_price_gapped_meanwhile(bool gracefully)
    {
        await using var exchange = await ExchangeCluster.Start();
        var positions = await Trader(exchange);
        var asked = await positions.OpenPosition(Breakout with { Levels = PositionLevelsRequest.None });

        await exchange.Restart(gracefully);
        positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);
        await exchange.Symbol(Sol).WakeUp();
        Assert.Equal(asked.PositionId, Assert.Single((await positions.GetPositions()).Waiting).PositionId);
        Venue(exchange, 26_000, 26_001);
        await exchange.Passing(async () => (await positions.GetPositions()).Positions.Length == 1, "it has opened");

        Assert.Equal(260.01m, (await positions.GetPositions()).Positions[0].EntryPrice);
        await exchange.Restart(gracefully);
        positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);
        Assert.Equal(asked.PositionId, Assert.Single((await positions.GetPositions()).Positions).PositionId);
        await AssertFiredOnce(exchange);
    }

    [Fact]
    public async Task A_gap_that_makes_its_stop_loss_wrong_refuses_it_and_says_so()
    {
        await using var exchange = await ExchangeCluster.Start();
        var positions = await Trader(exchange);
        var owner = await Owner.Watch(exchange, 1);
        var asked = await positions.OpenPosition(Breakout);

        Venue(exchange, 29_000, 29_001);

        await exchange.Passing(() => exchange.Closures.Told.Count == 1, "the owner is told");
        var told = exchange.Closures.Told[0];
        var body = JsonDocument.Parse(told.Body).RootElement;
        Assert.Equal(("POSITION_NOT_OPENED", "STOP_LOSS_BEYOND_LIQUIDATION", "290.01"), (
            told.Kind, body.GetProperty("reason").GetString(), body.GetProperty("reachedPrice").GetString()));
        Assert.Equal([new BalanceView("USDC", 6_000, 0)], await Balances(exchange));
        Assert.Equal(Reason.StopLossBeyondLiquidation, (await positions.OpenPosition(Breakout)).Reason);
        Assert.Equal(Reason.EntryAlreadyDone, (await positions.CancelPosition(new CancelPositionRequest(asked.PositionId))).Reason);
        await exchange.Passing(() => News(owner).Count == 2, "both are streamed");
        Assert.Equal((PositionNews.Ended, Reason.StopLossBeyondLiquidation), (News(owner)[1].News, News(owner)[1].Entry!.Reason));
        await AssertFiredOnce(exchange);
        GC.KeepAlive(owner);
    }

    [Fact]
    public async Task Taken_back_it_gives_its_hold_back_once_and_never_fires()
    {
        await using var exchange = await ExchangeCluster.Start();
        var positions = await Trader(exchange);
        await exchange.User(2, ("USDC", 100));
        var asked = await positions.OpenPosition(Breakout);

        var foreign = await exchange.Grains.GetGrain<IPortfolioPositions>(2).CancelPosition(new CancelPositionRequest(asked.PositionId));
        var cancelled = await positions.CancelPosition(new CancelPositionRequest(0, "mine"));
        var twice = await positions.CancelPosition(new CancelPositionRequest(asked.PositionId));

        Assert.Equal((Reason.UnknownPosition, Reason.None, Reason.EntryAlreadyDone), (foreign.Reason, cancelled.Reason, twice.Reason));
        Assert.Equal(asked.PositionId, cancelled.PositionId);
        Assert.Equal([new BalanceView("USDC", 6_000, 0)], await Balances(exchange));
        Assert.Equal(Reason.CancelledByUser, (await positions.OpenPosition(Breakout)).Reason);
        Assert.Equal(Reason.UnknownPosition, (await positions.CancelPosition(new CancelPositionRequest(77))).Reason);
        Venue(exchange, 24_000, 24_001);
        await exchange.Symbol(Sol).FeedChanged();
        Assert.DoesNotContain(await exchange.Events(Streams.Symbol(Sol)), happened => happened is EntryFired or PositionOpened);
        Assert.Empty(exchange.Closures.Told);
    }

    [Fact]
    public async Task A_cancel_that_comes_after_it_fired_says_that_it_is_open()
    {
        await using var exchange = await ExchangeCluster.Start();
        var positions = await Trader(exchange);
        var asked = await positions.OpenPosition(Breakout);
        exchange.Messages.FailAll(MessageFault.Lost, "Settle");
        Venue(exchange, 24_000, 24_001);
        await exchange.Passing(async () => (await exchange.Events(Streams.Symbol(Sol))).OfType<PositionOpened>().Any(), "it has opened");

        exchange.Messages.Heal();
        var late = await exchange.Passing(positions.CancelPosition(new CancelPositionRequest(asked.PositionId)));

        Assert.Equal((Reason.PositionAlreadyOpen, asked.PositionId), (late.Reason, late.PositionId));
        Assert.Equal([new BalanceView("USDC", 5_000, 0)], await Balances(exchange));
    }

    [Fact]
    public async Task Nothing_else_can_be_done_with_it_while_it_waits()
    {
        await using var exchange = await ExchangeCluster.Start();
        var positions = await Trader(exchange);
        var id = (await positions.OpenPosition(Breakout)).PositionId;

        Assert.Equal(Reason.PositionWaiting, (await positions.ClosePosition(new ClosePositionRequest(id, 0))).Reason);
        Assert.Equal(Reason.PositionWaiting, (await positions.ChangePosition(new ChangePositionRequest(id, PositionLevelsRequest.None))).Reason);
        Assert.Equal(Reason.PositionWaiting, (await positions.AddMargin(new AddMarginRequest("more", id, 10))).Reason);
        Assert.Equal([new BalanceView("USDC", 5_000, 1_000)], await Balances(exchange));
    }

    [Fact]
    public async Task What_is_wrong_with_it_is_told_at_once_and_holds_nothing()
    {
        await using var exchange = await ExchangeCluster.Start();
        var positions = await Trader(exchange);

        Assert.Equal(Reason.WouldTriggerImmediately, await Refusal(Breakout with { TriggerPrice = 235.96m }));
        Assert.Equal(Reason.WouldTriggerImmediately, await Refusal(Breakout with { TriggerPrice = 230, TriggerDirection = TriggerDirection.Rising }));
        Assert.Equal(Reason.StopLossWrongSide, await Refusal(Breakout with { TriggerPrice = 230 }));
        Assert.Equal(Reason.FilterPrice, await Refusal(Breakout with { TriggerPrice = 240.001m }));
        Assert.Equal(Reason.InsufficientBalance, await Refusal(Breakout with { Margin = 6_001 }));
        Assert.Equal(Reason.InvalidLeverage, await Refusal(Breakout with { Leverage = 1_001 }));
        Assert.Equal([new BalanceView("USDC", 6_000, 0)], await Balances(exchange));
        Assert.Empty(exchange.Closures.Told);

        async Task<Reason> Refusal(OpenPositionRequest request) => (await positions.OpenPosition(request with { ClientPositionId = "" })).Reason;
    }

    [Fact]
    public async Task A_halted_market_opens_nothing_until_it_trades_again()
    {
        await using var exchange = await ExchangeCluster.Start();
        var positions = await Trader(exchange);
        await positions.OpenPosition(Breakout);
        var markets = exchange.Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key);
        await markets.StopTrading(StopKind.Emergency, "ann@example.org", "fire");

        Venue(exchange, 24_100, 24_101);
        await exchange.Symbol(Sol).FeedChanged();
        Assert.Single((await positions.GetPositions()).Waiting);

        await markets.ResumeTrading(StopKind.Emergency, "ann@example.org");
        Venue(exchange, 24_000, 24_001);
        await exchange.Passing(async () => (await positions.GetPositions()).Positions.Length == 1, "it has opened");
        await AssertFiredOnce(exchange);
    }

    [Fact]
    public async Task A_symbol_where_a_position_waits_stays_and_opens_it_in_the_end()
    {
        await using var exchange = await ExchangeCluster.Start();
        var positions = await Trader(exchange);
        await exchange.Passing(positions.OpenPosition(Breakout));

        for (var minute = 0; minute < 30; minute++)
        {
            exchange.Clock.Advance(TimeSpan.FromMinutes(1));
            await exchange.Symbol(Sol).GetStatus();
        }

        Assert.Equal(1, exchange.Feed.ListenersOf(Sol));
        Venue(exchange, 24_000, 24_001);
        await exchange.Passing(async () => (await positions.GetPositions()).Positions.Length == 1, "it has opened");
    }

    [Fact]
    public async Task It_waits_no_longer_than_its_expiry()
    {
        await using var exchange = await ExchangeCluster.Start();
        var positions = await Trader(exchange);
        var levels = PositionLevelsRequest.None with { ExpiresAtMs = exchange.NowMs + 2_000 };
        await positions.OpenPosition(Breakout with { Levels = levels });

        await exchange.Passing(() => exchange.Closures.Told.Count == 1, "the owner is told");

        Assert.Equal("POSITION_ENTRY_EXPIRED", exchange.Closures.Told[0].Kind);
        Assert.Equal([new BalanceView("USDC", 6_000, 0)], await Balances(exchange));
        Assert.Empty((await positions.GetPositions()).Waiting);
    }

    [Theory]
    [InlineData(MessageFault.Lost)]
    [InlineData(MessageFault.ReplyLost)]
    public async Task A_message_that_was_lost_is_sent_again_and_arms_it_once(MessageFault fault)
    {
        await using var exchange = await ExchangeCluster.Start();
        var positions = await Trader(exchange);
        exchange.Messages.Fault = (method, target) =>
            exchange.Messages.CountOf("OpenPosition") == 1 && method == "OpenPosition" ? fault : MessageFault.None;

        var asked = await exchange.Passing(positions.OpenPosition(Breakout));

        Assert.Equal((Reason.None, asked.PositionId), (asked.Reason, asked.Waiting!.PositionId));
        Assert.Single((await exchange.Events(Streams.Symbol(Sol))).OfType<EntryArmed>());
    }

    [Fact]
    public async Task No_more_may_wait_than_the_setting_says()
    {
        await using var exchange = await ExchangeCluster.Start(
            services => services.Configure<PortfolioOptions>(options => options.ArmedOrdersMax = 1));
        var positions = await Trader(exchange);

        Assert.Equal(Reason.None, (await positions.OpenPosition(Breakout)).Reason);
        Assert.Equal(Reason.FilterMaxArmedOrders, (await positions.OpenPosition(Breakout with { ClientPositionId = "other" })).Reason);
        Assert.Equal(Reason.None, (await positions.OpenPosition(Breakout)).Reason);
    }

    [Fact]
    public async Task A_market_that_is_delisted_gives_back_what_waited_there()
    {
        await using var exchange = await ExchangeCluster.Start();
        var positions = await Trader(exchange);
        await positions.OpenPosition(Breakout);

        Assert.Equal(Reason.None, await exchange.Grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key).Delist(Sol));

        await exchange.Passing(() => exchange.Closures.Told.Count == 1, "the owner is told");
        Assert.Contains("MARKET_DELISTED", exchange.Closures.Told[0].Body, StringComparison.Ordinal);
        Assert.Equal([new BalanceView("USDC", 6_000, 0)], await Balances(exchange));
    }

    [Fact]
    public async Task An_account_that_starts_over_takes_it_back()
    {
        await using var exchange = await ExchangeCluster.Start();
        var positions = await Trader(exchange);
        await positions.OpenPosition(Breakout);

        var reset = await exchange.Passing(exchange.Grains.GetGrain<IPortfolioReset>(1).Reset("again"));

        Assert.Equal((Reason.None, 0), (reset.Reason, reset.OpenPositions));
        Assert.Empty((await positions.GetPositions()).Waiting);
        Assert.Contains(await exchange.Events(Streams.Symbol(Sol)), happened => happened is EntryCancelled { Reason: Reason.CancelledByUser });
    }

    private static async Task<IPortfolioPositions> Trader(ExchangeCluster exchange)
    {
        await exchange.User(1, ("USDC", 6_000));
        await exchange.Symbol(Sol).WakeUp();
        await Eventually.Holds(() => exchange.Feed.ListenersOf(Sol) == 1, "the symbol listens");
        Venue(exchange, 23_595, 23_596);
        return exchange.Grains.GetGrain<IPortfolioPositions>(1);
    }

    private static void Venue(ExchangeCluster exchange, long bid, long ask) =>
        exchange.OpenVenue(Sol, [(bid, 9_000_000)], [(ask, 9_000_000)]);

    private static List<OwnPosition> News(Owner owner) => [.. owner.Heard.SelectMany(update => update.Positions)];

    private static async Task<BalanceView[]> Balances(ExchangeCluster exchange) => (await exchange.Portfolio(1).GetBalances()).Balances;

    private static async Task AssertFiredOnce(ExchangeCluster exchange)
    {
        var events = await exchange.Events(Streams.Symbol(Sol));
        Assert.Single(events.OfType<EntryArmed>());
        Assert.Single(events.OfType<EntryFired>());
        Assert.Equal(1, events.Count(happened => happened is PositionOpened or Domain.Events.OrderDone));
        Assert.Single((await exchange.Events(Streams.Portfolio(1))).OfType<EntryDecided>());
    }
}
