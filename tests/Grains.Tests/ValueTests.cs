using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests;

public sealed class ValueTests
{
    [Fact]
    public async Task An_account_is_worth_what_it_has_and_holds_at_the_middle_of_the_market()
    {
        await using var exchange = await ExchangeCluster.Start();
        var portfolio = await exchange.User(1, ("BTC", 2), ("USDT", 1_000), ("INR", 500));
        await Venue(exchange, ExchangeCluster.Btc, 6_499_900, 6_500_100);
        await portfolio.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Btc, Side.Buy, 60_000, 0.01m));

        var value = await Values(exchange).GetValue("");

        Assert.Equal((Reason.None, "USDT", 131_000m), (value.Reason, value.Asset, value.Value));
        Assert.Equal(
            [new HoldingView("BTC", 2, 130_000), new HoldingView("INR", 500, null), new HoldingView("USDT", 1_000, 1_000)], value.Holdings);
    }

    [Fact]
    public async Task A_position_counts_with_its_margin_and_what_it_has_won()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDC", 6_000));
        await Venue(exchange, "SOL_USDC", 23_595, 23_596);
        var positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);
        await positions.OpenPosition(new OpenPositionRequest("", "SOL_USDC", PositionSide.Short, 5_000, 1_000, PositionLevelsRequest.None));
        exchange.OpenVenue("SOL_USDC", [(23_573, 9_000_000)], [(23_574, 9_000_000)]);
        await Eventually.Holds(
            async () => (await positions.GetPositions()).Positions[0].UnrealisedProfit == 466.20046m, "the venue's prices have arrived");

        var value = await Values(exchange).GetValue("USDC");

        Assert.Equal(6_466.20046m, value.Value);
    }

    [Fact]
    public async Task A_change_is_sampled_a_while_later_and_the_samples_survive()
    {
        await using var exchange = await ExchangeCluster.Start();
        var portfolio = await exchange.User(1, ("USDT", 1_000));
        await portfolio.Deposit(new DepositFunds("more", "USDT", 500));

        exchange.Clock.Advance(TimeSpan.FromMinutes(6));
        await Eventually.Holds(async () => (await Values(exchange).GetHistory("5m", long.MaxValue, 10)).Points.Length > 0, "a sample is there");
        exchange.Clock.Advance(TimeSpan.FromHours(2));
        await portfolio.Deposit(new DepositFunds("again", "USDT", 1));

        // The sample of the first change may come as late as now, when it has been asked for before.
        await Values(exchange).GetValue("");
        var history = await Values(exchange).GetHistory("1h", long.MaxValue, 10);

        Assert.Equal([1_501, 1_500], history.Points.Select(point => point.Value));
        Assert.Equal([1_500], (await Values(exchange).GetHistory("1h", history.Points[0].AtMs, 10)).Points.Select(point => point.Value));
        Assert.Equal([1_501], (await Values(exchange).GetHistory("1h", long.MaxValue, 1)).Points.Select(point => point.Value));
        Assert.Equal(Reason.InvalidRequest, (await Values(exchange).GetHistory("7m", long.MaxValue, 1)).Reason);
    }

    [Fact]
    public async Task Each_day_every_account_has_its_sample()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("USDT", 1_000));
        await exchange.User(2, ("USDT", 7));
        var daily = exchange.Grains.GetGrain<IDailyValuesGrain>(IDailyValuesGrain.Key);
        await Round(exchange, daily);
        exchange.Clock.Advance(TimeSpan.FromDays(1));
        var tomorrow = exchange.NowMs;

        await Round(exchange, daily);

        exchange.Clock.Advance(TimeSpan.FromDays(1));
        foreach (var (account, worth) in new[] { (1, 1_000m), (2, 7m) })
        {
            var values = exchange.Grains.GetGrain<IPortfolioValueGrain>(account);
            Assert.Contains(new ValuePoint(tomorrow, worth), (await values.GetHistory("1d", long.MaxValue, 10)).Points);
        }
    }

    [Fact]
    public async Task What_is_not_there_has_no_value()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1);

        Assert.Equal(Reason.UnknownAsset, (await Values(exchange).GetValue("NOPE")).Reason);
        Assert.Equal(Reason.UnknownAccount, (await exchange.Grains.GetGrain<IPortfolioValueGrain>(9).GetValue("")).Reason);
        Assert.Equal(0, (await Values(exchange).GetValue("")).Value);
    }

    private static Task Round(ExchangeCluster exchange, IDailyValuesGrain daily) => Eventually.Holds(
        async () =>
        {
            await daily.RunIfDue();
            return await daily.LastDay() == exchange.NowMs / TimeSpan.MillisecondsPerDay;
        },
        "the day's round is through");

    private static IPortfolioValueGrain Values(ExchangeCluster exchange) => exchange.Grains.GetGrain<IPortfolioValueGrain>(1);

    private static async Task Venue(ExchangeCluster exchange, string symbol, long bid, long ask)
    {
        await exchange.Symbol(symbol).WakeUp();
        await Eventually.Holds(() => exchange.Feed.ListenersOf(symbol) == 1, "the symbol listens");
        exchange.OpenVenue(symbol, [(bid, 9_000_000)], [(ask, 9_000_000)]);
        await Eventually.Holds(async () => (await exchange.Symbol(symbol).GetTicker()).BidPrice > 0, "the venue's prices have arrived");
    }
}
