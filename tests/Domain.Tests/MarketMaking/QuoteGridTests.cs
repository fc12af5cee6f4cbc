using Exchange.Domain.MarketMaking;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.MarketMaking;

public sealed class QuoteGridTests
{
    private static readonly QuoteTerms Terms = new(
        Levels: 3, HalfSpreadBps: 10, StepBps: 10, SkewBps: 200, RequoteBps: 10, LevelLots: 100, GrowthPercent: 50,
        PositionMaxLots: 1_000, ExposureMax: 1_000_000);

    private static Market Tata => Samples.TataInr;

    [Fact]
    public void Quotes_stand_on_round_lines_on_both_sides_of_the_centre()
    {
        Quote[] expected =
        [
            new(Side.Buy, 1_998, 100), new(Side.Sell, 2_002, 100),
            new(Side.Buy, 1_996, 150), new(Side.Sell, 2_004, 150),
            new(Side.Buy, 1_994, 200), new(Side.Sell, 2_006, 200),
        ];

        Assert.Equal(expected, QuoteGrid.Around(2_000, Terms, Tata));
    }

    [Fact]
    public void A_centre_between_the_lines_has_the_same_lines()
    {
        Assert.Equal([1_998L, 1_996, 1_994], Prices(2_001, Side.Buy));
        Assert.Equal([2_004L, 2_006, 2_008], Prices(2_001, Side.Sell));
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(2_000, 2)]
    [InlineData(4_999, 2)]
    [InlineData(5_000, 5)]
    [InlineData(9_999, 5)]
    [InlineData(10_000, 10)]
    [InlineData(7_000_000, 5_000)]
    public void A_step_is_one_two_or_five_times_a_power_of_ten(long centre, long step) =>
        Assert.Equal(step, QuoteGrid.Step(centre, 10));

    [Theory]
    [InlineData(0, 2_000)]
    [InlineData(500, 1_980)]
    [InlineData(1_000, 1_960)]
    [InlineData(5_000, 1_960)]
    [InlineData(-500, 2_020)]
    [InlineData(-1_000, 2_040)]
    public void Who_has_too_much_asks_and_bids_less(long position, long centre) =>
        Assert.Equal(centre, QuoteGrid.Centre(Terms, 2_000, position));

    [Theory]
    [InlineData(0, 2_000, 2_000)]
    [InlineData(2_000, 2_001, 2_000)]
    [InlineData(2_000, 1_999, 2_000)]
    [InlineData(2_000, 2_003, 2_003)]
    [InlineData(2_000, 1_998, 1_998)]
    public void The_centre_stays_until_it_would_move_far_enough(long last, long now, long settled) =>
        Assert.Equal(settled, QuoteGrid.Settle(Terms, last, now));

    [Fact]
    public void At_the_lowest_prices_there_are_fewer_bids()
    {
        var tiny = Tata with { MinNotional = 0 };

        Assert.Equal([new(Side.Buy, 1, 100), new(Side.Sell, 3, 100), new(Side.Sell, 4, 150), new(Side.Sell, 5, 200)],
            QuoteGrid.Around(2, Terms, tiny));
    }

    [Fact]
    public void What_is_worth_too_little_for_the_market_is_left_out()
    {
        Assert.All(
            QuoteGrid.Around(2, Terms with { LevelLots = 10 }, Tata), quote => Assert.True(Tata.NotionalOf(quote.PriceTicks, quote.Lots) >= 1));
    }

    [Fact]
    public void Terms_that_a_market_cannot_take_say_what_is_wrong()
    {
        Assert.Null(Terms.FindProblem(Tata));
        Assert.Equal("A side has 1 to 50 quotes.", (Terms with { Levels = 51 }).FindProblem(Tata));
        Assert.Equal("A side has 1 to 2 quotes.", Terms.FindProblem(Tata with { MaxOpenOrders = 5 }));
        Assert.Equal("The outermost bid would be below zero.", (Terms with { Levels = 10, StepBps = 1_000 }).FindProblem(Tata));
        Assert.NotNull((Terms with { LevelLots = long.MaxValue, GrowthPercent = 1_000 }).FindProblem(Tata));
        Assert.NotNull((Terms with { LevelLots = 0 }).FindProblem(Tata));
        Assert.NotNull((Terms with { PositionMaxLots = 0 }).FindProblem(Tata));
        Assert.NotNull((Terms with { ExposureMax = 0 }).FindProblem(Tata));
        Assert.NotNull((Terms with { StepBps = 0 }).FindProblem(Tata));
        Assert.NotNull((Terms with { SkewBps = -1 }).FindProblem(Tata));
    }

    private static IEnumerable<long> Prices(long centre, Side side) =>
        QuoteGrid.Around(centre, Terms, Tata).Where(quote => quote.Side == side).Select(quote => quote.PriceTicks);
}
