using Exchange.Domain.Markets;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Tests.Positions;

public sealed class PositionMathTests
{
    private static readonly Market Sol = DefaultMarkets.All.Single(market => market.Symbol == "SOL_USDC");

    [Fact]
    public void A_short_of_100x_on_5000_at_235_95_is_liquidated_at_238_3095()
    {
        var leverage = new Leverage(1_000);
        var lots = PositionMath.LotsFor(Sol, 5_000, leverage, 23_595);
        var entry = Sol.NotionalOf(23_595, lots);

        Assert.Equal(2_119_093, lots);
        Assert.Equal(238.3095m, PositionMath.LiquidationPrice(Sol, PositionSide.Short, lots, entry, 5_000, maintenanceBps: 0));
        Assert.Equal(23_831, PositionMath.LiquidationTicks(Sol, PositionSide.Short, lots, entry, 5_000, maintenanceBps: 0));
    }

    [Fact]
    public void Closed_at_235_74_it_returns_5445_0095_with_a_profit_of_445_0095()
    {
        var lots = PositionMath.LotsFor(Sol, 5_000, new Leverage(1_000), 23_595);

        var exit = PositionMath.ExitOf(
            Sol, PositionSide.Short, lots, Sol.NotionalOf(23_595, lots), 5_000, lots, Sol.NotionalOf(23_574, lots), feeBps: 0);

        Assert.Equal(445.0095m, decimal.Round(exit.Profit, 4, MidpointRounding.ToZero));
        Assert.Equal(5_445.0095m, decimal.Round(exit.Payout, 4, MidpointRounding.ToZero));
        Assert.Equal(445.00953m, exit.Profit);
        Assert.Equal((0m, 0m), (exit.Fee, exit.Shortfall));
        Assert.Equal(0.089001m, PositionMath.ReturnOn(5_000, exit.Profit));
    }

    [Theory]
    [InlineData(10, 0, "0")]
    [InlineData(20, 0, "117.9727")]
    [InlineData(100, 0, "212.355")]
    [InlineData(1_000, 0, "233.5905")]
    [InlineData(100, 50, "213.4221")]
    public void A_long_is_liquidated_below_its_entry(int leverageTenths, int maintenanceBps, string price)
    {
        var (lots, entry) = Entered(5_000, leverageTenths);

        var stated = PositionMath.LiquidationPrice(Sol, PositionSide.Long, lots, entry, 5_000, maintenanceBps);

        Assert.Equal(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), stated);
    }

    [Theory]
    [InlineData(10, 0, "471.9103")]
    [InlineData(100, 0, "259.545")]
    [InlineData(100, 50, "258.2537")]
    public void A_short_is_liquidated_above_its_entry(int leverageTenths, int maintenanceBps, string price)
    {
        var (lots, entry) = Entered(5_000, leverageTenths);

        var stated = PositionMath.LiquidationPrice(Sol, PositionSide.Short, lots, entry, 5_000, maintenanceBps);

        Assert.Equal(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), stated);
    }

    [Fact]
    public void A_long_without_leverage_is_never_liquidated()
    {
        var (lots, entry) = Entered(5_000, 10);

        Assert.Equal(0, PositionMath.LiquidationTicks(Sol, PositionSide.Long, lots, entry, 5_000, maintenanceBps: 0));
    }

    [Fact]
    public void Liquidation_is_the_first_tick_on_the_losing_side_that_leaves_no_more_than_the_maintenance()
    {
        var random = new Random(20260401);
        for (var i = 0; i < 20_000; i++)
        {
            var side = (PositionSide)random.Next(2);
            var maintenance = random.Next(2) == 0 ? 0 : random.Next(1, 90);
            var leverage = new Leverage(random.Next(10, 1_001));
            var margin = random.Next(5, 1_000_000) + random.Next(100_000_000) * 0.00000001m;
            var price = random.NextInt64(50, 9_000_000);
            var lots = PositionMath.LotsFor(Sol, margin, leverage, price);
            if (lots == 0)
                continue;
            var entry = Sol.NotionalOf(price, lots);

            var ticks = PositionMath.LiquidationTicks(Sol, side, lots, entry, margin, maintenance);

            var before = side == PositionSide.Long ? ticks + 1 : ticks - 1;
            Assert.False(PositionMath.IsLiquidated(Sol, side, lots, entry, margin, maintenance, before), $"draw {i}");
            Assert.True(ticks == 0 || PositionMath.IsLiquidated(Sol, side, lots, entry, margin, maintenance, ticks), $"draw {i}");
        }
    }

    [Fact]
    public void A_loss_is_never_larger_than_the_margin_and_the_house_books_the_shortfall()
    {
        var exit = PositionMath.ExitOf(Sol, PositionSide.Long, 1_000, 236, 5, 1_000, 230, feeBps: 10);

        Assert.Equal(-6, exit.Profit);
        Assert.Equal((0m, 0m, 1m), (exit.Payout, exit.Fee, exit.Shortfall));
        Assert.Equal(5, exit.HouseChange);
    }

    [Fact]
    public void A_fee_is_taken_from_what_is_left_and_no_more()
    {
        var exit = PositionMath.ExitOf(Sol, PositionSide.Long, 1_000, 236, 5, 1_000, 231.1m, feeBps: 10);

        Assert.Equal((0.1m, 0m, 0m), (exit.Fee, exit.Payout, exit.Shortfall));
    }

    [Fact]
    public void A_fee_rounds_up()
    {
        Assert.Equal(0.00000001m, PositionMath.Fee(Sol, 0.00000001m, 1));
        Assert.Equal(0, PositionMath.Fee(Sol, 100, 0));
    }

    [Theory]
    [InlineData(PositionSide.Long, "33.33333334")]
    [InlineData(PositionSide.Short, "33.33333333")]
    public void A_part_takes_its_share_of_entry_and_margin_rounded_against_the_owner(PositionSide side, string entry)
    {
        var exit = PositionMath.ExitOf(Sol, side, 3, 100, 10, 1, 33, feeBps: 0);

        Assert.Equal(decimal.Parse(entry, System.Globalization.CultureInfo.InvariantCulture), exit.EntryNotional);
        Assert.Equal(3.33333333m, exit.MarginReleased);
    }

    [Fact]
    public void A_share_that_is_whole_is_not_rounded()
    {
        Assert.Equal(2, PositionMath.ExitOf(Sol, PositionSide.Long, 9, 100, 3, 6, 66, feeBps: 0).MarginReleased);
    }

    [Fact]
    public void A_cut_short_entry_keeps_only_the_margin_it_needs()
    {
        var leverage = Leverage.Of(3);

        Assert.Equal(100, PositionMath.MarginUsed(Sol, 100, leverage, 299.99m, isCutShort: false));
        Assert.Equal(33.33333334m, PositionMath.MarginUsed(Sol, 100, leverage, 100, isCutShort: true));
        Assert.Equal(100, PositionMath.MarginUsed(Sol, 100, leverage, 301, isCutShort: true));
    }

    [Fact]
    public void What_is_put_aside_covers_margin_and_entry_fee()
    {
        Assert.Equal(5_200, PositionMath.Hold(Sol, 5_000, Leverage.Of(100), entryFeeBps: 4));
    }

    [Fact]
    public void Longs_pay_shorts_when_funding_is_positive()
    {
        Assert.Equal(0.0236m, PositionMath.Funding(Sol, PositionSide.Long, 1_000, 100, 23_600, 0.0001m));
        Assert.Equal(-0.0236m, PositionMath.Funding(Sol, PositionSide.Short, 1_000, 100, 23_600, 0.0001m));
        Assert.Equal(0.01m, PositionMath.Funding(Sol, PositionSide.Long, 1_000, 0.01m, 23_600, 0.0001m));
        Assert.Equal(0.00000001m, PositionMath.Funding(Sol, PositionSide.Long, 1, 1, 1, 0.00001m));
        Assert.Equal(0, PositionMath.Funding(Sol, PositionSide.Short, 1, 1, 1, 0.00001m));
    }

    [Fact]
    public void The_protection_is_on_the_side_that_hurts()
    {
        Assert.Equal(10_500, PositionMath.ProtectionTicks(Sol, Domain.Orders.Side.Buy, 10_000, 500));
        Assert.Equal(9_500, PositionMath.ProtectionTicks(Sol, Domain.Orders.Side.Sell, 10_000, 500));
        Assert.Equal(1, PositionMath.ProtectionTicks(Sol, Domain.Orders.Side.Sell, 10, 10_000));
    }

    [Theory]
    [InlineData("1", true, 10)]
    [InlineData("12.5", true, 125)]
    [InlineData("100", true, 1_000)]
    [InlineData("0.9", false, 0)]
    [InlineData("1.25", false, 0)]
    [InlineData("79228162514264337593543950335", false, 0)]
    public void Leverage_has_one_decimal_place(string factor, bool valid, int tenths)
    {
        var parsed = decimal.Parse(factor, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(valid, Leverage.TryFrom(parsed, out var leverage));
        Assert.Equal(tenths, leverage.Tenths);
    }

    private static (long Lots, decimal Entry) Entered(decimal margin, int leverageTenths)
    {
        var lots = PositionMath.LotsFor(Sol, margin, new Leverage(leverageTenths), 23_595);
        return (lots, Sol.NotionalOf(23_595, lots));
    }
}
