using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using static Exchange.Domain.Tests.Portfolios.Owner;

namespace Exchange.Domain.Tests.Portfolios;

public sealed class HoldTests
{
    [Fact]
    public void A_limit_buy_holds_price_times_quantity_of_the_quote()
    {
        var owner = WithUsdt(1_000);

        var placed = owner.Place(LimitBuy(65_123.45m, 0.01m));

        Assert.Equal(("USDT", 651.2345m), (placed.HeldAsset, placed.Held));
        Assert.Equal(new Balance("USDT", 348.7655m, 651.2345m), owner["USDT"]);
    }

    [Fact]
    public void A_limit_sell_holds_its_quantity_of_the_base()
    {
        var owner = WithBtc(2);

        owner.Place(LimitSell(65_000, 0.5m));

        Assert.Equal(new Balance("BTC", 1.5m, 0.5m), owner["BTC"]);
    }

    [Fact]
    public void The_last_unit_can_be_held_and_not_one_more()
    {
        var owner = WithUsdt(651.2345m);

        Assert.Equal(Reason.InsufficientBalance, owner.Refusal(LimitBuy(65_123.46m, 0.01m)));
        owner.Place(LimitBuy(65_123.45m, 0.01m));
        Assert.Equal(new Balance("USDT", 0, 651.2345m), owner["USDT"]);
    }

    [Fact]
    public void Zeros_behind_the_point_change_no_amount()
    {
        var owner = WithUsdt(1_000);

        var placed = owner.Place(LimitBuy(65_123.4500000000000000000000000m, 0.0100000000000000000000000000m));

        Assert.Equal(651.2345m, placed.Held);
        Assert.Equal(("65123.45", "0.01", "651.2345"), ($"{placed.Price}", $"{placed.Quantity}", $"{placed.Held}"));
        Assert.Equal(348.7655m, owner["USDT"].Available);
    }

    [Fact]
    public void A_market_buy_by_quantity_holds_its_cost_at_the_protection_price()
    {
        var owner = WithUsdt(1_000);

        var placed = owner.Place(MarketOrder(Side.Buy, 0.01m), new MarketReference(50_000, 75_000, 500));

        Assert.Equal(750, placed.Held);
    }

    [Fact]
    public void A_hold_is_whole_units_rounded_up()
    {
        var placed = WithUsdt(1_000).Place(MarketOrder(Side.Buy, 0.00123m), new MarketReference(50_000, 33_333.33333333m));

        Assert.Equal(41.00000000m, placed.Held);
    }

    [Fact]
    public void A_market_buy_that_can_pay_the_estimate_but_not_the_worst_case_holds_all_there_is()
    {
        var owner = WithUsdt(600);

        var placed = owner.Place(MarketOrder(Side.Buy, 0.01m), new MarketReference(50_000, 75_000, 500));

        Assert.Equal(600, placed.Held);
    }

    [Fact]
    public void A_market_buy_that_cannot_pay_the_estimate_is_refused()
    {
        var owner = WithUsdt(499.99m);

        Assert.Equal(
            Reason.InsufficientBalance,
            owner.Refusal(MarketOrder(Side.Buy, 0.01m), new MarketReference(50_000, 75_000, 500)));
    }

    [Fact]
    public void A_market_buy_by_amount_holds_that_amount()
    {
        var placed = WithUsdt(1_000).Place(MarketOrder(Side.Buy, 0, 123.45678901m), new MarketReference(50_000, 75_000));

        Assert.Equal(123.45678901m, placed.Held);
    }

    [Fact]
    public void A_market_sell_by_quantity_holds_that_quantity()
    {
        Assert.Equal(0.01m, WithBtc(1).Place(MarketOrder(Side.Sell, 0.01m), new MarketReference(50_000, 25_000)).Held);
    }

    [Fact]
    public void A_market_sell_by_amount_holds_the_lots_it_may_need_at_the_protection_price()
    {
        // 1,000 / 30,000 is 0.0333.., in lots of 0.00001 rounded up.
        var placed = WithBtc(1).Place(MarketOrder(Side.Sell, 0, 1_000), new MarketReference(50_000, 30_000, 0.02m));

        Assert.Equal(0.03334m, placed.Held);
    }

    [Fact]
    public void A_market_sell_by_amount_holds_at_most_the_whole_lots_there_are()
    {
        var placed = WithBtc(0.020001m).Place(MarketOrder(Side.Sell, 0, 1_000), new MarketReference(50_000, 30_000, 0.02m));

        Assert.Equal(0.02m, placed.Held);
    }

    [Fact]
    public void A_market_order_without_a_price_to_trade_at_finds_no_liquidity()
    {
        Assert.Equal(Reason.NoLiquidity, WithUsdt(1_000).Refusal(MarketOrder(Side.Buy, 0.01m)));
    }

    [Fact]
    public void An_order_that_never_reached_its_market_gives_its_hold_back()
    {
        var owner = WithUsdt(1_000);
        var placed = owner.Place(LimitBuy(65_000, 0.01m, "mine"));

        owner.Journal(owner.Portfolio.ReleaseNeverArrived(placed.OrderId));

        Assert.Equal(new Balance("USDT", 1_000, 0), owner["USDT"]);
        Assert.Equal(0, owner.Portfolio.MarkOf("BTC_USDT"));
        Assert.Equal(
            new KnownOrder(placed.OrderId, "mine", OrderStatus.Rejected, Reason.NeverReachedMarket),
            owner.Portfolio.FindOrder("mine"));
        Assert.Equal(Reason.UnknownOrder, owner.Portfolio.ReleaseNeverArrived(placed.OrderId).Reason);
    }

    [Fact]
    public void Holds_are_listed_by_symbol_for_reconciliation()
    {
        var owner = new Owner(5, (Samples.Usdt, 100_000));
        owner.Place(LimitBuy(50_000, 0.1m));
        owner.Place(LimitBuy(3_000, 0.1m) with { Symbol = "ETH_USDT" }, market: Samples.EthUsdt);
        owner.Place(LimitBuy(50_000, 0.1m));

        var holds = owner.Portfolio.HoldsOpenBySymbol();

        Assert.Equal([(5L << 32) + 1, (5L << 32) + 3], holds["BTC_USDT"]);
        Assert.Equal([(5L << 32) + 2], holds["ETH_USDT"]);
    }
}
