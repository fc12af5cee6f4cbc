using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests;

/// <summary>What operators do to accounts.</summary>
public sealed class OperatedAccountTests
{
    private const string Ann = "ann@example.org";
    private const string Btc = ExchangeCluster.Btc;

    [Fact]
    public async Task A_frozen_owner_can_look_and_cancel_and_nothing_else_also_after_a_restart()
    {
        await using var exchange = await ExchangeCluster.Start();
        var user = await exchange.User(1, ("INR", 10_000), ("USDT", 10_000));
        await exchange.Symbol(Btc).WakeUp();
        exchange.OpenVenue(Btc, [(999_990, 100_000)], [(1_000_010, 100_000)]);
        var order = await user.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 10, "bid"));
        var positions = exchange.Grains.GetGrain<IPortfolioPositions>(1);
        var opened = await positions.OpenPosition(Long("p-1"));

        Assert.Equal(Reason.None, await Operations(exchange).Freeze(Ann, "odd trades"));
        await exchange.Restart();
        (user, positions) = (exchange.Portfolio(1), exchange.Grains.GetGrain<IPortfolioPositions>(1));

        Assert.Equal(Reason.AccountFrozen, (await user.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 1))).Reason);
        Assert.Equal(Reason.AccountFrozen, (await user.Deposit(new DepositFunds("more", "INR", 1))).Reason);
        Assert.Equal(Reason.AccountFrozen, (await positions.OpenPosition(Long("p-2"))).Reason);
        Assert.Equal(Reason.AccountFrozen, (await positions.ClosePosition(new ClosePositionRequest(opened.PositionId, 0))).Reason);
        Assert.Equal(
            Reason.AccountFrozen, (await positions.ChangePosition(new ChangePositionRequest(opened.PositionId, PositionLevelsRequest.None))).Reason);
        Assert.Equal(Reason.AccountFrozen, (await positions.AddMargin(new AddMarginRequest("m-1", opened.PositionId, 1))).Reason);
        Assert.Single((await positions.GetPositions()).Positions);
        var report = await Operations(exchange).GetAccount();
        Assert.Equal((true, "odd trades", 1, 1), (report.IsFrozen, report.FrozenWhy, report.OpenOrders, report.OpenPositions));
        Assert.Equal(Reason.None, (await user.CancelOrder(new CancelOrder(order.Order!.OrderId, "", ""))).Reason);

        Assert.Equal(Reason.None, await Operations(exchange).Unfreeze(Ann, "explained"));
        Assert.Equal(Reason.None, (await user.PlaceOrder(ExchangeCluster.Limit(ExchangeCluster.Tata, Side.Buy, 100, 1))).Reason);
    }

    [Fact]
    public async Task An_adjustment_is_journaled_once_and_shown()
    {
        await using var exchange = await ExchangeCluster.Start();
        await exchange.User(1, ("INR", 100));
        var gift = new AdjustBalance("a-1", "INR", 50, Ann, "gift");

        Assert.Equal(new AdjustReply(Reason.None, new BalanceView("INR", 150, 0)), await Operations(exchange).Adjust(gift));
        Assert.Equal(new AdjustReply(Reason.None, new BalanceView("INR", 150, 0)), await Operations(exchange).Adjust(gift));
        Assert.Equal(Reason.InsufficientBalance, (await Operations(exchange).Adjust(gift with { AdjustmentId = "a-2", Amount = -151 })).Reason);
        Assert.Equal(Reason.UnknownAsset, (await Operations(exchange).Adjust(gift with { Asset = "XYZ" })).Reason);
        Assert.Equal(150, (await exchange.Portfolio(1).GetBalances()).Balances.Single().Available);
        Assert.Equal(Reason.UnknownAccount, (await exchange.Grains.GetGrain<IPortfolioOperations>(99).GetAccount()).Reason);
    }

    private static IPortfolioOperations Operations(ExchangeCluster exchange) => exchange.Grains.GetGrain<IPortfolioOperations>(1);

    private static OpenPositionRequest Long(string id) => new(id, Btc, PositionSide.Long, 1_000, 20, PositionLevelsRequest.None);
}
