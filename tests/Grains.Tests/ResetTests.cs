using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Ledger;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests;

public sealed class ResetTests
{
    private const string Sol = "SOL_USDC";

    [Fact]
    public async Task A_reset_cancels_closes_and_takes_everything_back()
    {
        await using var exchange = await ExchangeCluster.Start();
        var portfolio = await exchange.User(1, ("USDC", 6_000), ("INR", 1_000));
        await portfolio.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 5));
        var positions = await Open(exchange);

        var reply = await Resets(exchange).Reset("r-1");

        Assert.Equal((Reason.None, "r-1", 0, 0), (reply.Reason, reply.ResetId, reply.OpenOrders, reply.OpenPositions));
        Assert.NotEqual(0, reply.FinishedAtMs);
        Assert.Empty((await portfolio.GetBalances()).Balances);
        Assert.Empty((await portfolio.GetOpenOrders(null)).Orders);
        Assert.Empty((await positions.GetPositions()).Positions);
        Assert.Empty((await positions.GetStatistics()).Statistics);
        await Audit(exchange);
    }

    [Fact]
    public async Task The_same_reset_is_done_once_and_the_next_one_waits()
    {
        await using var exchange = await ExchangeCluster.Start();
        var portfolio = await exchange.User(1, ("INR", 1_000));
        var first = await Resets(exchange).Reset("r-1");
        await portfolio.Deposit(new DepositFunds("INR-2", "INR", 70));

        var again = await Resets(exchange).Reset("r-1");
        var soon = await Resets(exchange).Reset("r-2");

        Assert.Equal(first, again);
        Assert.Equal(Reason.ResetTooSoon, soon.Reason);
        Assert.Equal(first.StartedAtMs + 86_400_000, soon.AgainAtMs);
        Assert.Equal([new BalanceView("INR", 70, 0)], (await portfolio.GetBalances()).Balances);
        exchange.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Reason.None, (await Resets(exchange).Reset("r-2")).Reason);
        Assert.Empty((await portfolio.GetBalances()).Balances);
    }

    [Fact]
    public async Task What_a_market_cannot_close_now_is_closed_later_also_by_the_next_silo()
    {
        await using var exchange = await ExchangeCluster.Start();
        var portfolio = await exchange.User(1, ("USDC", 6_000));
        await Open(exchange);
        exchange.OpenVenue(Sol, [], []);
        await Eventually.Holds(async () => (await exchange.Symbol(Sol).GetDepth(1)).Bids.Length == 0, "the venue is empty");

        var pending = await Resets(exchange).Reset("r-1");

        Assert.Equal((Reason.None, 0L, 1), (pending.Reason, pending.FinishedAtMs, pending.OpenPositions));
        Assert.Equal(Reason.AccountResetting, (await portfolio.Deposit(new DepositFunds("late", "USDC", 5))).Reason);
        Assert.Equal(
            Reason.AccountResetting, (await exchange.Portfolio(1).PlaceOrder(ExchangeCluster.Limit(Sol, Side.Buy, 100, 1))).Reason);

        exchange.OpenWork.Accounts.Add(1);
        await exchange.Restart(gracefully: false);
        exchange.OpenVenue(Sol, [(23_595, 9_000_000)], [(23_596, 9_000_000)]);

        await exchange.Passing(async () => (await Resets(exchange).GetReset()).FinishedAtMs > 0, "the reset is done");
        Assert.Empty((await exchange.Portfolio(1).GetBalances()).Balances);
        await Audit(exchange);
    }

    [Fact]
    public async Task A_reset_that_storage_did_not_accept_has_not_happened()
    {
        await using var exchange = await ExchangeCluster.Start();
        var portfolio = await exchange.User(1, ("INR", 1_000));
        exchange.Journal.Fault = _ => AppendFault.Lost;

        await Assert.ThrowsAnyAsync<Exception>(() => Resets(exchange).Reset("r-1"));

        exchange.Journal.Fault = _ => AppendFault.None;
        Assert.Equal("", (await Resets(exchange).GetReset()).ResetId);
        Assert.Equal([new BalanceView("INR", 1_000, 0)], (await portfolio.GetBalances()).Balances);
        Assert.NotEqual(0, (await Resets(exchange).Reset("r-1")).FinishedAtMs);
    }

    [Fact]
    public async Task An_account_that_does_not_exist_has_nothing_to_start_over()
    {
        await using var exchange = await ExchangeCluster.Start();

        Assert.Equal(Reason.UnknownAccount, (await Resets(exchange).Reset("r-1")).Reason);
    }

    private static IPortfolioReset Resets(ExchangeCluster exchange) => exchange.Grains.GetGrain<IPortfolioReset>(1);

    private static async Task<IPortfolioPositions> Open(ExchangeCluster exchange)
    {
        await exchange.Symbol(Sol).WakeUp();
        await Eventually.Holds(() => exchange.Feed.ListenersOf(Sol) == 1, "the symbol listens");
        exchange.OpenVenue(Sol, [(23_595, 9_000_000)], [(23_596, 9_000_000)]);
        var positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);
        var opened = await positions.OpenPosition(new OpenPositionRequest("", Sol, PositionSide.Short, 1_000, 100, PositionLevelsRequest.None));
        Assert.Equal(Reason.None, opened.Reason);
        return positions;
    }

    private static async Task Audit(ExchangeCluster exchange)
    {
        var audit = new ConservationAudit(DefaultMarkets.All);
        string[] streams =
        [
            Streams.Portfolio(1), .. DefaultMarkets.All.Select(market => Streams.Portfolio(market.HouseAccount)),
            .. DefaultMarkets.All.Select(market => Streams.Symbol(market.Symbol)),
        ];
        foreach (var stream in streams)
        {
            await foreach (var record in exchange.Journal.ReadAsync(stream, 0))
                audit.Feed(stream, record.Sequence, EventCodec.Decode(record.Payload.Span));
        }

        Assert.Empty(audit.Report().Problems);
    }
}
