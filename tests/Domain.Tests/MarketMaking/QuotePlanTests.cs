using Exchange.Domain.MarketMaking;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Tests.MarketMaking;

public sealed class QuotePlanTests
{
    private static readonly QuoteTerms Terms = new(
        Levels: 2, HalfSpreadBps: 10, StepBps: 10, SkewBps: 0, RequoteBps: 0, LevelLots: 100, GrowthPercent: 0,
        PositionMaxLots: 1_000, ExposureMax: 1_000_000);

    private static readonly Inventory Rich = new(0, 10_000, 1_000_000);

    private static Market Tata => Samples.TataInr;

    [Fact]
    public void With_nothing_open_everything_is_placed()
    {
        var plan = Plan(2_000, Rich);

        Assert.Empty(plan.Cancel);
        Assert.Equal(
            [new(Side.Buy, 1_998, 100), new(Side.Sell, 2_002, 100), new(Side.Buy, 1_996, 100), new(Side.Sell, 2_004, 100)], plan.Place);
    }

    [Fact]
    public void With_everything_open_nothing_is_done() =>
        Assert.True(Plan(2_000, Rich, Bid(1, 1_998), Ask(2, 2_002), Bid(3, 1_996), Ask(4, 2_004)).IsNothing);

    [Fact]
    public void A_step_of_the_centre_changes_one_quote_on_each_end()
    {
        var plan = Plan(2_002, Rich, Bid(1, 1_998), Ask(2, 2_002), Bid(3, 1_996), Ask(4, 2_004));

        Assert.Equal([2L, 3], plan.Cancel.Select(quote => quote.OrderId));
        Assert.Equal([new(Side.Buy, 2_000, 100), new(Side.Sell, 2_006, 100)], plan.Place);
    }

    [Fact]
    public void No_quote_is_placed_that_would_meet_an_own_order_that_may_still_be_there()
    {
        var plan = Plan(2_100, Rich, Ask(1, 2_002));

        Assert.Equal([1L], plan.Cancel.Select(quote => quote.OrderId));
        Assert.All(plan.Place, quote => Assert.Equal(Side.Sell, quote.Side));
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(50, false)]
    [InlineData(49, true)]
    [InlineData(101, true)]
    public void A_quote_is_renewed_when_half_of_it_is_gone_or_it_is_too_large(long left, bool isRenewed) =>
        Assert.Equal(isRenewed, Plan(2_000, Rich, Bid(1, 1_998, left)).Cancel.Count == 1);

    [Fact]
    public void Of_two_quotes_in_one_place_one_goes() =>
        Assert.Equal([2L], Plan(2_000, Rich, Bid(1, 1_998), Bid(2, 1_998)).Cancel.Select(quote => quote.OrderId));

    [Fact]
    public void A_full_inventory_quotes_one_side_only()
    {
        Assert.All(Plan(2_000, Rich with { PositionLots = 1_000 }).Place, quote => Assert.Equal(Side.Sell, quote.Side));
        Assert.All(Plan(2_000, Rich with { PositionLots = -1_000 }).Place, quote => Assert.Equal(Side.Buy, quote.Side));
    }

    [Fact]
    public void The_last_quote_is_cut_to_what_the_limits_leave()
    {
        Assert.Equal([100L, 50], Lots(Plan(2_000, Rich with { PositionLots = 850 }), Side.Buy));
        Assert.Equal([100L, 20], Lots(Plan(2_000, Rich with { FreeLots = 120 }), Side.Sell));
        Assert.Equal([100L, 1], Lots(Plan(2_000, Rich with { FreeQuote = (100 * 99.9m) + 99.8m }), Side.Buy));
    }

    [Fact]
    public void Quotes_together_are_worth_no_more_than_the_exposure_allows()
    {
        var exposure = Terms with { ExposureMax = 25_000 };
        var plan = QuotePlan.Of(exposure, Tata, QuoteGrid.Around(2_000, exposure, Tata), [], Rich);

        Assert.Equal([100L, 50], Lots(plan, Side.Buy));
        Assert.Equal([100L], Lots(plan, Side.Sell));
        Assert.True(plan.Place.Sum(quote => Tata.NotionalOf(quote.PriceTicks, quote.Lots)) <= 25_000);
    }

    [Fact]
    public void Lowered_limits_take_quotes_away()
    {
        var lower = Terms with { PositionMaxLots = 100 };
        var plan = QuotePlan.Of(
            lower, Tata, QuoteGrid.Around(2_000, lower, Tata), [Bid(1, 1_998), Ask(2, 2_002), Bid(3, 1_996), Ask(4, 2_004)], Rich);

        Assert.Equal([3L, 4], plan.Cancel.Select(quote => quote.OrderId));
        Assert.Empty(plan.Place);
    }

    private static QuotePlan Plan(long centre, in Inventory has, params OpenQuote[] open) =>
        QuotePlan.Of(Terms, Tata, QuoteGrid.Around(centre, Terms, Tata), open, has);

    private static IEnumerable<long> Lots(QuotePlan plan, Side side) =>
        plan.Place.Where(quote => quote.Side == side).Select(quote => quote.Lots);

    private static OpenQuote Bid(long id, long ticks, long lots = 100) => new(id, Side.Buy, ticks, lots);

    private static OpenQuote Ask(long id, long ticks, long lots = 100) => new(id, Side.Sell, ticks, lots);
}
