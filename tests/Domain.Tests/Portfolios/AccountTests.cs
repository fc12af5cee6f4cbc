using Exchange.Domain.Encoding;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using static Exchange.Domain.Tests.Portfolios.Owner;

namespace Exchange.Domain.Tests.Portfolios;

public sealed class AccountTests
{
    [Fact]
    public void An_account_opens_once()
    {
        var owner = new Owner(3);

        Assert.Equal(Decision.AlreadyDone, owner.Portfolio.Open("user3@example.org"));
        Assert.Equal(Reason.AccountExists, owner.Portfolio.Open("else@example.org").Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("@example.org")]
    [InlineData("a@")]
    [InlineData("a@b@c")]
    [InlineData("a b@c")]
    [InlineData("a@b\n")]
    public void An_address_that_cannot_be_one_opens_nothing(string email)
    {
        Assert.Equal(Reason.InvalidRequest, new Portfolio(1).Open(email).Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(OrderIds.AccountMax + 1)]
    public void Only_numbers_that_fit_into_order_ids_are_accounts(long account)
    {
        Assert.Equal(Reason.InvalidRequest, new Portfolio(account).Open("a@b").Reason);
    }

    [Fact]
    public void A_deposit_counts_once()
    {
        var owner = WithUsdt(1_000);

        owner.Journal(owner.Portfolio.DepositFunds("d-1", Samples.Usdt, 50));

        Assert.Equal(Decision.AlreadyDone, owner.Portfolio.DepositFunds("d-1", Samples.Usdt, 50.0m));
        Assert.Equal(Reason.DuplicateRequest, owner.Portfolio.DepositFunds("d-1", Samples.Usdt, 51).Reason);
        Assert.Equal(Reason.DuplicateRequest, owner.Portfolio.DepositFunds("d-1", Samples.Btc, 50).Reason);
        Assert.Equal(1_050, owner["USDT"].Available);
    }

    [Fact]
    public void A_deposit_is_bounded_by_itself_and_by_the_balance_it_makes()
    {
        var asset = Samples.Usdt with { DepositMax = 100, BalanceMax = 250 };
        var owner = new Owner(1);

        Assert.Equal(Reason.DepositLimit, owner.Portfolio.DepositFunds("a", asset, 100.00000001m).Reason);
        owner.Journal(owner.Portfolio.DepositFunds("a", asset, 100));
        owner.Journal(owner.Portfolio.DepositFunds("b", asset, 100));
        Assert.Equal(Reason.DepositLimit, owner.Portfolio.DepositFunds("c", asset, 50.00000001m).Reason);
        owner.Journal(owner.Portfolio.DepositFunds("c", asset, 50));
    }

    [Fact]
    public void A_deposit_is_a_positive_whole_number_of_units()
    {
        var portfolio = new Owner(1).Portfolio;

        Assert.Equal(Reason.InvalidAmount, portfolio.DepositFunds("a", Samples.Usdt, 0).Reason);
        Assert.Equal(Reason.InvalidAmount, portfolio.DepositFunds("a", Samples.Usdt, -1).Reason);
        Assert.Equal(Reason.InvalidAmount, portfolio.DepositFunds("a", Samples.Usdt, 0.000000001m).Reason);
        Assert.Equal(Reason.DepositLimit, portfolio.DepositFunds("a", Samples.Usdt, decimal.MaxValue).Reason);
        Assert.Equal(Reason.InvalidRequest, portfolio.DepositFunds("", Samples.Usdt, 1).Reason);
        Assert.Equal(Reason.UnknownAccount, new Portfolio(2).DepositFunds("a", Samples.Usdt, 1).Reason);
    }

    [Fact]
    public void A_snapshot_carries_everything_into_the_future()
    {
        var owner = new Owner(1, (Samples.Usdt, 1_000), (Samples.Btc, 1));
        var buy = owner.Place(LimitBuy(50_000, 0.01m, "buy"));
        var gone = owner.Place(LimitSell(60_000, 0.01m, "gone"));
        owner.Settle(8, Bought(buy, 7, 0.004m, 49_000, 0.000004m), Done(gone, 8, OrderStatus.Cancelled, Reason.CancelledByUser));

        var bytes = PortfolioSnapshot.Write(owner.Portfolio);
        var restored = PortfolioSnapshot.Read(bytes);

        Assert.Equal(bytes, PortfolioSnapshot.Write(restored));
        Assert.Equal(owner.Portfolio.Balances, restored.Balances);
        Assert.Equal(8, restored.MarkOf("BTC_USDT"));
        Assert.Equal(OrderStatus.Cancelled, restored.FindOrder("gone")!.Value.Status);
        Assert.Equal(Decision.AlreadyDone, restored.DepositFunds("start-BTC", Samples.Btc, 1));
        Assert.Equal(buy.OrderId, restored.Place(LimitBuy(50_000, 0.01m, "buy"), Samples.BtcUsdt, default).Existing!.Value.OrderId);
        Assert.Equal((1L << 32) + 3, restored.Place(LimitBuy(50_000, 0.001m), Samples.BtcUsdt, default).Placed!.OrderId);
    }

    [Fact]
    public void A_truncated_snapshot_is_an_error()
    {
        var owner = WithUsdt(1_000);
        owner.Place(LimitBuy(50_000, 0.01m, "buy"));
        var bytes = PortfolioSnapshot.Write(owner.Portfolio);

        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<CorruptDataException>(() => PortfolioSnapshot.Read(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Replay_gives_the_same_state()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(50_000, 0.01m));
        owner.Settle(8, Bought(order, 7, 0.004m, 49_000));

        Assert.Equal(PortfolioSnapshot.Write(owner.Portfolio), PortfolioSnapshot.Write(owner.Replayed()));
    }

    [Fact]
    public void An_event_that_breaks_an_invariant_is_not_applied_in_silence()
    {
        var owner = WithUsdt(1_000);
        var order = owner.Place(LimitBuy(50_000, 0.01m));

        DomainEvent[] impossible =
        [
            order,
            order with { OrderId = (2L << 32) + 9 },
            order with { OrderId = order.OrderId + 1, ClientOrderId = "x", Held = 500.01m },
            new FillSettled("BTC_USDT", 7, 0, 1, order.OrderId, "BTC", 0.01m, "USDT", -500.01m, "BTC", 0, 0),
            new FillSettled("BTC_USDT", 7, 0, 1, order.OrderId, "BTC", 0.01m, "USDT", -400m, "BTC", 0, 100.01m),
            new OrderEnded("BTC_USDT", 7, order.OrderId, OrderStatus.Cancelled, Reason.None, 499),
            new OrderEnded("BTC_USDT", 7, 99, OrderStatus.Cancelled, Reason.None, 0),
            new FundsDeposited("d", "USDT", -500.01m),
            new OrderRested(1, 1),
            new AccountOpened(2, "a@b"),
        ];

        Assert.All(impossible, e => Assert.Throws<InvalidOperationException>(() => owner.Replayed().Apply(e)));
    }
}
