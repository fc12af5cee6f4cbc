using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using static Exchange.Domain.Tests.Portfolios.Owner;

namespace Exchange.Domain.Tests.Portfolios;

public sealed class PlacementTests
{
    private static readonly MarketReference Reference = new(50_000, 75_000);

    [Fact]
    public void Order_ids_carry_the_account_and_count_up()
    {
        var owner = new Owner(OrderIds.AccountMax, (Samples.Usdt, 1_000));

        Assert.Equal((OrderIds.AccountMax << 32) + 1, owner.Place(LimitBuy(50_000, 0.001m)).OrderId);
        Assert.Equal((OrderIds.AccountMax << 32) + 2, owner.Place(LimitBuy(50_000, 0.001m)).OrderId);
        Assert.True(OrderIds.Create(OrderIds.AccountMax, OrderIds.CounterMax) < 1L << 53);
    }

    [Fact]
    public void The_same_request_again_is_the_same_order()
    {
        var owner = WithUsdt(1_000);
        var placed = owner.Place(LimitBuy(50_000, 0.001m, "a"));

        var again = owner.Portfolio.Place(LimitBuy(50_000.00m, 0.00100m, "a"), Samples.BtcUsdt, default);

        Assert.Equal(new KnownOrder(placed.OrderId, "a", OrderStatus.New, Reason.None), again.Existing);
        Assert.Null(again.Placed);
    }

    [Fact]
    public void The_same_id_for_another_order_is_refused_while_it_is_open_and_while_it_is_remembered()
    {
        var owner = WithUsdt(1_000);
        var placed = owner.Place(LimitBuy(50_000, 0.001m, "a"));
        Assert.Equal(Reason.DuplicateOrder, owner.Refusal(LimitBuy(50_000, 0.002m, "a")));

        owner.Settle(9, Done(placed, 9, OrderStatus.Cancelled, Reason.CancelledByUser));

        Assert.Equal(Reason.DuplicateOrder, owner.Refusal(LimitBuy(50_000, 0.002m, "a")));
        var again = owner.Portfolio.Place(LimitBuy(50_000, 0.001m, "a"), Samples.BtcUsdt, default);
        Assert.Equal(new KnownOrder(placed.OrderId, "a", OrderStatus.Cancelled, Reason.CancelledByUser), again.Existing);
    }

    [Fact]
    public void Every_part_of_a_request_counts_when_two_are_compared()
    {
        var owner = WithUsdt(1_000);
        var request = LimitBuy(50_000, 0.001m, "a");
        owner.Place(request);

        OrderTerms[] others =
        [
            request with { Side = Side.Sell },
            request with { Type = OrderType.LimitMaker },
            request with { TimeInForce = TimeInForce.ImmediateOrCancel },
            request with { Price = 50_000.01m },
            request with { Quantity = 0.00101m },
            request with { QuoteAmount = 50 },
            request with { IcebergQuantity = 0.0001m },
            request with { SelfTrade = SelfTradePrevention.ExpireMaker },
        ];

        Assert.All(others, other => Assert.Equal(Reason.DuplicateOrder, owner.Refusal(other)));
    }

    [Fact]
    public void A_forgotten_id_can_be_used_again()
    {
        var portfolio = new Portfolio(1, rememberedRequests: 2);
        portfolio.Apply(portfolio.Open("a@b").Event!);
        portfolio.Apply(portfolio.DepositFunds("d", Samples.Usdt, 1_000).Event!);
        foreach (var id in new[] { "a", "b", "c" })
        {
            var placed = portfolio.Place(LimitBuy(50_000, 0.001m, id), Samples.BtcUsdt, default).Placed!;
            portfolio.Apply(placed);
            portfolio.Apply(portfolio.ReleaseNeverArrived(placed.OrderId).Event!);
        }

        Assert.Equal(Reason.DuplicateOrder, portfolio.Place(LimitBuy(50_000, 0.002m, "b"), Samples.BtcUsdt, default).Reason);
        Assert.NotNull(portfolio.Place(LimitBuy(50_000, 0.002m, "a"), Samples.BtcUsdt, default).Placed);
    }

    [Fact]
    public void An_order_without_a_client_id_gets_one_that_is_free()
    {
        var owner = WithUsdt(1_000);
        owner.Place(LimitBuy(50_000, 0.001m, "auto-4294967298"));

        Assert.Equal("auto-4294967298.", owner.Place(LimitBuy(50_000, 0.001m)).ClientOrderId);
        Assert.Equal("auto-4294967299", owner.Place(LimitBuy(50_000, 0.001m)).ClientOrderId);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("１")]
    [InlineData("a\n")]
    [InlineData("1234567890123456789012345678901234567")]
    public void A_client_id_of_other_characters_or_too_long_is_refused(string id)
    {
        Assert.Equal(Reason.InvalidClientOrderId, WithUsdt(1_000).Refusal(LimitBuy(50_000, 0.001m, id)));
    }

    [Fact]
    public void A_client_id_may_have_36_characters()
    {
        const string Id = "AZaz09-_.:/4567890123456789012345678";
        Assert.Equal(36, Id.Length);
        Assert.Equal(Id, WithUsdt(1_000).Place(LimitBuy(50_000, 0.001m, Id)).ClientOrderId);
    }

    [Fact]
    public void Nobody_trades_without_an_account()
    {
        Assert.Equal(Reason.UnknownAccount, new Portfolio(1).Place(LimitBuy(50_000, 0.001m), Samples.BtcUsdt, default).Reason);
        Assert.Equal(Reason.UnknownAccount, new Portfolio(-1).Place(LimitBuy(50_000, 0.001m), Samples.BtcUsdt, default).Reason);
    }

    [Fact]
    public void Open_orders_are_limited_for_each_symbol()
    {
        var market = Samples.BtcUsdt with { MaxOpenOrders = 2 };
        var owner = WithUsdt(1_000);
        owner.Place(LimitBuy(50_000, 0.001m), market: market);
        var second = owner.Place(LimitBuy(50_000, 0.001m), market: market);

        Assert.Equal(Reason.FilterMaxOpenOrders, owner.Refusal(LimitBuy(50_000, 0.001m), market: market));
        owner.Place(LimitBuy(3_000, 0.01m) with { Symbol = "ETH_USDT" }, market: Samples.EthUsdt);
        owner.Journal(owner.Portfolio.ReleaseNeverArrived(second.OrderId));
        owner.Place(LimitBuy(50_000, 0.001m), market: market);
    }

    [Fact]
    public void A_retry_gets_its_answer_even_while_the_market_is_halted()
    {
        var halted = Samples.BtcUsdt with { Status = MarketStatus.Halted };
        var owner = WithUsdt(1_000);
        owner.Place(LimitBuy(50_000, 0.001m, "a"));

        Assert.NotNull(owner.Portfolio.Place(LimitBuy(50_000, 0.001m, "a"), halted, default).Existing);
        Assert.Equal(Reason.MarketHalted, owner.Refusal(LimitBuy(50_000, 0.001m, "b"), market: halted));
    }

    public static TheoryData<string, OrderTerms, Reason> Refusals => new()
    {
        { "no price", LimitBuy(0, 0.001m), Reason.InvalidPrice },
        { "negative price", LimitBuy(-1, 0.001m), Reason.InvalidPrice },
        { "half a tick", LimitBuy(50_000.005m, 0.001m), Reason.FilterPrice },
        { "a hair beside the tick", LimitBuy(50_000.0000000000000000000001m, 0.001m), Reason.FilterPrice },
        { "above the highest price", LimitBuy(1_000_000.01m, 0.001m), Reason.FilterPrice },
        { "largest decimal", LimitBuy(decimal.MaxValue, 0.001m), Reason.FilterPrice },
        { "no quantity", LimitBuy(50_000, 0), Reason.InvalidQuantity },
        { "negative quantity", LimitBuy(50_000, -0.001m), Reason.InvalidQuantity },
        { "part of a lot", LimitBuy(50_000, 0.001001m), Reason.FilterLotSize },
        { "too much", LimitBuy(50_000, 9_000.00001m), Reason.FilterLotSize },
        { "largest quantity", LimitBuy(50_000, decimal.MaxValue), Reason.FilterLotSize },
        { "below the notional", LimitBuy(50_000, 0.00009m), Reason.FilterNotional },
        { "limit with amount", LimitBuy(50_000, 0.001m) with { QuoteAmount = 5 }, Reason.UnsupportedCombination },
        {
            "maker that will not wait",
            LimitBuy(50_000, 0.001m) with { Type = OrderType.LimitMaker, TimeInForce = TimeInForce.FillOrKill },
            Reason.UnsupportedCombination
        },
        {
            "iceberg that will not wait",
            LimitBuy(50_000, 0.001m) with { IcebergQuantity = 0.0001m, TimeInForce = TimeInForce.ImmediateOrCancel },
            Reason.UnsupportedCombination
        },
        { "iceberg above its water", LimitBuy(50_000, 0.001m) with { IcebergQuantity = 0.002m }, Reason.InvalidQuantity },
        { "iceberg of part lots", LimitBuy(50_000, 0.001m) with { IcebergQuantity = 0.000001m }, Reason.FilterLotSize },
        { "iceberg of too many parts", LimitBuy(50_000, 0.00101m) with { IcebergQuantity = 0.00001m }, Reason.FilterIcebergParts },
        { "negative iceberg", LimitBuy(50_000, 0.001m) with { IcebergQuantity = -0.001m }, Reason.InvalidQuantity },
        { "market with price", MarketOrder(Side.Buy, 0.001m) with { Price = 1 }, Reason.UnsupportedCombination },
        { "market with neither", MarketOrder(Side.Buy), Reason.UnsupportedCombination },
        { "market with both", MarketOrder(Side.Buy, 0.001m, 5), Reason.UnsupportedCombination },
        {
            "market all or nothing",
            MarketOrder(Side.Buy, 0.001m) with { TimeInForce = TimeInForce.FillOrKill },
            Reason.UnsupportedCombination
        },
        { "market iceberg", MarketOrder(Side.Buy, 0.001m) with { IcebergQuantity = 0.001m }, Reason.UnsupportedCombination },
        { "market negative", MarketOrder(Side.Sell, -0.001m), Reason.InvalidQuantity },
        { "market too large", MarketOrder(Side.Sell, 100.00001m), Reason.FilterLotSize },
        { "market too small", MarketOrder(Side.Buy, 0.00009m), Reason.FilterNotional },
        { "amount negative", MarketOrder(Side.Buy, 0, -5), Reason.InvalidAmount },
        { "amount over-precise", MarketOrder(Side.Buy, 0, 5.000000001m), Reason.InvalidAmount },
        { "amount too small", MarketOrder(Side.Buy, 0, 4.99999999m), Reason.FilterNotional },
        { "amount too large", MarketOrder(Side.Buy, 0, decimal.Floor(decimal.MaxValue)), Reason.FilterNotional },
        { "no such side", LimitBuy(50_000, 0.001m) with { Side = (Side)2 }, Reason.InvalidRequest },
        { "no such type", LimitBuy(50_000, 0.001m) with { Type = (OrderType)9 }, Reason.InvalidRequest },
        { "other market", LimitBuy(50_000, 0.001m) with { Symbol = "ETH_USDT" }, Reason.UnknownSymbol },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_request_that_is_not_an_order_is_refused_with_its_own_reason(string what, OrderTerms order, Reason reason)
    {
        Assert.Equal((what, reason), (what, WithUsdt(1_000).Refusal(order, Reference)));
    }

    [Theory]
    [InlineData(75_000)]
    [InlineData(25_000)]
    public void The_ends_of_the_price_band_belong_to_it(int price)
    {
        WithUsdt(1_000).Place(LimitBuy(price, 0.001m), Reference);
    }
}
