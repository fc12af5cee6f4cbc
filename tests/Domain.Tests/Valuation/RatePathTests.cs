using Exchange.Domain.Markets;
using Exchange.Domain.Valuation;

namespace Exchange.Domain.Tests.Valuation;

public sealed class RatePathTests
{
    private static readonly IReadOnlyList<Market> Markets = DefaultMarkets.All;

    [Theory]
    [InlineData("BTC", "USDT", "BTC_USDT>")]
    [InlineData("USDT", "BTC", "BTC_USDT<")]
    [InlineData("USDC", "USDT", "BTC_USDC< BTC_USDT>")]
    [InlineData("TATA", "INR", "TATA_INR>")]
    [InlineData("BTC", "BTC", "")]
    public void The_way_goes_through_the_fewest_markets(string from, string to, string expected) =>
        Assert.Equal(expected, Show(RatePath.Find(from, to, Markets, _ => true)!));

    [Fact]
    public void A_market_without_a_price_is_walked_around() =>
        Assert.Equal("ETH_USDC< ETH_USDT>", Show(RatePath.Find("USDC", "USDT", Markets, market => market.Symbol != "BTC_USDC")!));

    [Theory]
    [InlineData("INR", "USDT")]
    [InlineData("NOPE", "USDT")]
    public void Where_no_way_leads_there_is_none(string from, string to) => Assert.Null(RatePath.Find(from, to, Markets, _ => true));

    [Fact]
    public void A_step_multiplies_forward_and_divides_back()
    {
        var forward = RatePath.Find("BTC", "USDT", Markets, _ => true)![0];
        var back = RatePath.Find("USDT", "BTC", Markets, _ => true)![0];

        Assert.Equal(130_000, forward.Convert(2, 65_000));
        Assert.Equal(2, back.Convert(130_000, 65_000));
    }

    private static string Show(IReadOnlyList<RateStep> steps) =>
        string.Join(' ', steps.Select(step => step.Market.Symbol + (step.IsForward ? ">" : "<")));
}
