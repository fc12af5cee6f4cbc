using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Venue;
using Exchange.Feeds;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests;

public sealed class PositionTests
{
    private const string Sol = "SOL_USDC";

    [Fact]
    public async Task A_short_at_a_hundred_times_its_margin_earns_what_the_price_fell()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDC", 6_000));
        var positions = await Trader(exchange, 23_595, 23_596);

        var opened = await positions.OpenPosition(Short(5_000, 1_000));

        Assert.Equal(Reason.None, opened.Reason);
        Assert.Equal((235.95m, 238.3095m, 5_000m, 100m), (
            opened.Position!.EntryPrice, opened.Position.LiquidationPrice, opened.Position.Margin, opened.Position.Leverage));
        Assert.Equal(2_119.093m, opened.Position.Quantity);
        Assert.Equal([new BalanceView("USDC", 1_000, 0)], await Balances(exchange));
        Assert.Equal([new BalanceView("USDC", 0, 5_000)], (await positions.GetStatistics()).InPositions);

        Venue(exchange, 23_573, 23_574);
        await Eventually.Holds(async () => (await Listed(positions)).MarkPrice == 235.73m, "the venue's prices have arrived");
        var closed = await positions.ClosePosition(new ClosePositionRequest(opened.PositionId, 0));
        var again = await positions.ClosePosition(new ClosePositionRequest(opened.PositionId, 0));

        Assert.Equal((Reason.None, 445.00953m, 5_445.00953m, 235.74m), (
            closed.Reason, closed.Exit!.Profit, closed.Exit.Payout, closed.Exit.ExitPrice));
        Assert.Equal(Reason.PositionAlreadyClosed, again.Reason);
        Assert.Equal([new BalanceView("USDC", 6_445.00953m, 0)], await Balances(exchange));
        var statistics = Assert.Single((await positions.GetStatistics()).Statistics);
        Assert.Equal((1, 1, 0, 445.00953m, 445.00953m), (
            statistics.Count, statistics.Wins, statistics.Losses, statistics.Best, statistics.NetProfit));
    }

    [Fact]
    public async Task A_stop_loss_closes_once_and_tells_its_portfolio()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDC", 6_000));
        var positions = await Trader(exchange, 23_595, 23_596);
        var opened = await positions.OpenPosition(
            Short(1_000, 100) with { Levels = PositionLevelsRequest.None with { StopLoss = 240 } });
        Assert.Equal(Reason.None, opened.Reason);

        Venue(exchange, 23_999, 24_000);

        await Eventually.Holds(async () => (await positions.GetStatistics()).Statistics[0].Count == 1, "the stop loss has closed it");
        Assert.Empty((await positions.GetPositions()).Positions);
        Assert.Equal(1, (await positions.GetStatistics()).Statistics[0].Losses);
        Assert.Equal(Reason.PositionAlreadyClosed, (await positions.ClosePosition(new ClosePositionRequest(opened.PositionId, 0))).Reason);
    }

    [Fact]
    public async Task A_gap_costs_no_more_than_the_margin_and_the_house_bears_the_rest()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDC", 6_000));
        var positions = await Trader(exchange, 23_595, 23_596);
        await positions.OpenPosition(Short(5_000, 1_000));

        Venue(exchange, 30_000, 30_001);

        await Eventually.Holds(async () => (await positions.GetStatistics()).Statistics[0].Count == 1, "it is liquidated");
        Assert.Equal([new BalanceView("USDC", 1_000, 0)], await Balances(exchange));
        Assert.Equal(-5_000, (await positions.GetStatistics()).Statistics[0].Worst);
    }

    [Fact]
    public async Task A_venue_that_tells_its_mark_price_decides_liquidations_by_it()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDC", 6_000));
        var positions = await Trader(exchange, 23_595, 23_596);
        await positions.OpenPosition(Short(5_000, 1_000));

        exchange.Feed.Mark(Sol, 23_830, exchange.NowMs);
        await Eventually.Holds(async () => (await Listed(positions)).MarkPrice == 238.30m, "the mark price has arrived");
        exchange.Feed.Mark(Sol, 23_831, exchange.NowMs);

        await Eventually.Holds(async () => (await positions.GetStatistics()).Statistics[0].Count == 1, "it is liquidated");
    }

    [Fact]
    public async Task Where_only_users_meet_their_orders_are_the_other_side_and_their_prices_fire()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("INR", 10_000));
        var seller = await exchange.User(2, ("TATA", 100));
        var buyer = await exchange.User(3, ("INR", 20_000));
        await seller.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Sell, 100, 50));
        var bid = await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 99.50m, 50));
        var positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);

        var opened = await positions.OpenPosition(new OpenPositionRequest(
            "", ExchangeCluster.Tata, PositionSide.Long, 1_000, 10, PositionLevelsRequest.None with { StopLoss = 99 }));
        Assert.Equal((Reason.None, 10m, 100m), (opened.Reason, opened.Position!.Quantity, opened.Position.EntryPrice));
        await buyer.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 98, 50));
        await buyer.CancelOrder(new CancelOrder(bid.Order!.OrderId, "", ""));

        await Eventually.Holds(async () => (await positions.GetStatistics()).Statistics[0].Count == 1, "the stop loss has closed it");
        Assert.Equal(-20, (await positions.GetStatistics()).Statistics[0].Worst);
        Assert.Equal([new BalanceView("INR", 9_980, 0)], await Balances(exchange));
        await Eventually.Holds(
            async () => (await buyer.GetBalances()).Balances.Any(balance => balance is { Asset: "TATA", Available: 10 }), "the buyer has them");
    }

    [Fact]
    public async Task An_open_position_survives_a_restart_and_fires_on_what_it_missed()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDC", 6_000));
        var positions = await Trader(exchange, 23_595, 23_596);
        var opened = await positions.OpenPosition(
            Short(1_000, 100) with { Levels = PositionLevelsRequest.None with { TakeProfit = 230 } });

        await exchange.Restart(gracefully: false);
        positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);
        Assert.Equal(opened.PositionId, (await Listed(positions)).PositionId);
        await Eventually.Holds(() => exchange.Feed.ListenersOf(Sol) == 1, "the symbol listens");
        Venue(exchange, 22_899, 22_900);

        await Eventually.Holds(async () => (await positions.GetStatistics()).Statistics[0].Count == 1, "the profit is taken");
        Assert.Equal(1, (await positions.GetStatistics()).Statistics[0].Wins);
    }

    [Fact]
    public async Task The_same_client_position_id_is_the_same_position()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDC", 6_000));
        var positions = await Trader(exchange, 23_595, 23_596);
        var request = Short(1_000, 100) with { ClientPositionId = "mine" };

        var first = await positions.OpenPosition(request);
        var again = await positions.OpenPosition(request);
        var other = await positions.OpenPosition(request with { Margin = 1_001 });

        Assert.Equal((Reason.None, first.PositionId), (again.Reason, again.PositionId));
        Assert.Equal(Reason.DuplicateRequest, other.Reason);
        Assert.Equal([new BalanceView("USDC", 5_000, 0)], await Balances(exchange));
    }

    [Fact]
    public async Task What_is_refused_has_a_reason_and_changes_nothing()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDC", 6_000));
        await exchange.User(2, ("USDC", 6_000));
        var positions = await Trader(exchange, 23_595, 23_596);
        var mine = await positions.OpenPosition(Short(1_000, 100));
        var before = await Balances(exchange);

        Assert.Equal(Reason.InvalidLeverage, (await positions.OpenPosition(Short(1_000, 0))).Reason);
        Assert.Equal(Reason.InvalidLeverage, (await positions.OpenPosition(Short(1_000, 1_001))).Reason);
        Assert.Equal(Reason.InsufficientBalance, (await positions.OpenPosition(Short(5_001, 10))).Reason);
        Assert.Equal(Reason.InvalidAmount, (await positions.OpenPosition(Short(-1, 10))).Reason);
        Assert.Equal(Reason.StopLossWrongSide, (await positions.OpenPosition(
            Short(1_000, 100) with { Levels = PositionLevelsRequest.None with { StopLoss = 230 } })).Reason);
        Assert.Equal(Reason.UnknownSymbol, (await positions.OpenPosition(Short(1_000, 100) with { Symbol = "NO_SUCH" })).Reason);
        Assert.Equal(Reason.UnknownPosition, (await positions.ClosePosition(new ClosePositionRequest(77, 0))).Reason);
        Assert.Equal(Reason.InvalidQuantity, (await positions.ClosePosition(new ClosePositionRequest(mine.PositionId, 1_000_000))).Reason);
        Assert.Equal(Reason.StopLossWrongSide, (await positions.ChangePosition(new ChangePositionRequest(
            mine.PositionId, PositionLevelsRequest.None with { StopLoss = 230 }))).Reason);
        var foreign = exchange.Grains.GetGrain<IPortfolioPositions>(2);
        Assert.Equal(Reason.UnknownPosition, (await foreign.ClosePosition(new ClosePositionRequest(mine.PositionId, 0))).Reason);
        var symbol = exchange.Grains.GetGrain<ISymbolPositions>(Sol);
        Assert.Equal(Reason.UnknownPosition, (await symbol.ClosePosition(new CloseAtSymbol(2, mine.PositionId, 0))).Reason);

        Assert.Equal(before, await Balances(exchange));
        Assert.Equal(
            mine.Position! with { MarkPrice = 0, UnrealisedProfit = 0 }, await Listed(positions) with { MarkPrice = 0, UnrealisedProfit = 0 });
    }

    [Fact]
    public async Task Margin_can_be_added_and_a_part_closed()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDC", 6_000));
        var positions = await Trader(exchange, 23_595, 23_596);
        var opened = await positions.OpenPosition(Short(1_000, 100));

        var added = await positions.AddMargin(new AddMarginRequest("more", opened.PositionId, 500));
        var again = await positions.AddMargin(new AddMarginRequest("more", opened.PositionId, 500));
        var half = await positions.ClosePosition(new ClosePositionRequest(opened.PositionId, 10));

        Assert.Equal((Reason.None, Reason.None, Reason.None), (added.Reason, again.Reason, half.Reason));
        Assert.Equal((1_500m, 1_500m), (added.Position!.Margin, again.Position!.Margin));
        Assert.False(half.Exit!.IsClosed);
        Assert.Equal((10m, 353.93218659m, 235.96m), (half.Exit.Quantity, half.Exit.MarginReleased, half.Exit.ExitPrice));
        Assert.Equal((1_500 - 353.93218659m, 32.381m), (half.Position!.Margin, half.Position.Quantity));
    }

    [Fact]
    public async Task A_request_that_comes_again_after_its_position_closed_has_the_answer_it_had()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDC", 6_000));
        var positions = await Trader(exchange, 23_595, 23_596);
        var opened = await positions.OpenPosition(Short(1_000, 100));
        var more = new AddMarginRequest("more", opened.PositionId, 500);
        var levels = new ChangePositionRequest(opened.PositionId, PositionLevelsRequest.None with { StopLoss = 240 }, "levels");
        Assert.Equal(Reason.None, (await positions.AddMargin(more)).Reason);
        Assert.Equal(Reason.None, (await positions.ChangePosition(levels)).Reason);
        await positions.ClosePosition(new ClosePositionRequest(opened.PositionId, 0));
        var before = await Balances(exchange);

        foreach (var restart in new[] { false, true })
        {
            if (restart)
                await exchange.Restart();
            positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);
            Assert.Equal((Reason.None, opened.PositionId, null), Facts(await positions.AddMargin(more)));
            Assert.Equal((Reason.None, opened.PositionId, null), Facts(await positions.ChangePosition(levels)));
            Assert.Equal(Reason.DuplicateRequest, (await positions.AddMargin(more with { Amount = 501 })).Reason);
            Assert.Equal(Reason.DuplicateRequest, (await positions.ChangePosition(levels with { Levels = PositionLevelsRequest.None })).Reason);
            Assert.Equal(Reason.PositionAlreadyClosed, (await positions.AddMargin(more with { ClientRequestId = "new" })).Reason);
            Assert.Equal(Reason.PositionAlreadyClosed, (await positions.ChangePosition(levels with { ClientRequestId = "new" })).Reason);
        }

        Assert.Equal(before, await Balances(exchange));

        static (Reason, long, PositionView?) Facts(PositionAnswer answer) => (answer.Reason, answer.PositionId, answer.Position);
    }

    [Fact]
    public async Task Levels_are_not_changed_while_the_venue_is_not_heard_and_do_not_fire_on_what_it_said_before()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDC", 6_000));
        var other = await exchange.User(2, ("USDC", 6_000));
        var positions = await Trader(exchange, 23_595, 23_596);
        await other.PlaceOrder(ExchangeCluster.Limit(Sol, Side.Buy, 235.90m, 10));
        var opened = await positions.OpenPosition(Short(1_000, 10) with { Side = PositionSide.Long });
        var levels = new ChangePositionRequest(opened.PositionId, PositionLevelsRequest.None with { StopLoss = 232 });

        exchange.Feed.Best(Sol, new BestQuote(23_000, 1, 23_001, 1, exchange.NowMs));
        exchange.Feed.State(Sol, FeedState.Down, "gone", exchange.NowMs);
        await Eventually.Holds(async () => (await exchange.Symbol(Sol).GetStatus()).Feed.State == FeedHealth.Down, "the venue is gone");
        Assert.Equal(Reason.MarketDataStale, (await positions.ChangePosition(levels)).Reason);
        Venue(exchange, 23_595, 23_596);
        await exchange.Symbol(Sol).FeedChanged();

        Assert.Equal(Reason.None, (await positions.ChangePosition(levels)).Reason);
        Venue(exchange, 23_594, 23_595);
        await exchange.Symbol(Sol).FeedChanged();
        Assert.Equal(232, (await Listed(positions)).StopLoss);
    }

    private static OpenPositionRequest Short(decimal margin, int leverage) =>
        new("", Sol, PositionSide.Short, margin, leverage, PositionLevelsRequest.None);

    private static async Task<IPortfolioPositions> Trader(ExchangeCluster exchange, long bid, long ask)
    {
        await exchange.Symbol(Sol).WakeUp();
        await Eventually.Holds(() => exchange.Feed.ListenersOf(Sol) == 1, "the symbol listens");
        Venue(exchange, bid, ask);
        return exchange.Grains.GetGrain<IPortfolioPositions>(1);
    }

    private static void Venue(ExchangeCluster exchange, long bid, long ask) =>
        exchange.OpenVenue(Sol, [(bid, 9_000_000)], [(ask, 9_000_000)]);

    private static async Task<PositionView> Listed(IPortfolioPositions positions) => Assert.Single((await positions.GetPositions()).Positions);

    private static async Task<BalanceView[]> Balances(ExchangeCluster exchange) => (await exchange.Portfolio(1).GetBalances()).Balances;
}
