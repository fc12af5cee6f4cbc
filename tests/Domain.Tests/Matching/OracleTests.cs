namespace Exchange.Domain.Tests.Matching;

/// <summary>More than a million random commands: the naive book says what is right, the fast one must say the same.</summary>
public sealed class OracleTests
{
    [Theory]
    [InlineData(20260101)]
    public void The_fast_book_agrees_in_a_tight_market(int seed) => Run(Regime.Tight, seed);

    [Theory]
    [InlineData(20260102)]
    public void The_fast_book_agrees_in_a_wide_market(int seed) => Run(Regime.Wide, seed);

    [Theory]
    [InlineData(20260103)]
    public void The_fast_book_agrees_while_prices_explode_and_collapse(int seed) => Run(Regime.Exploding, seed);

    [Theory]
    [InlineData(20260104)]
    public void The_fast_book_agrees_with_thousands_of_scattered_levels(int seed) => Run(Regime.Scattered, seed);

    [Theory]
    [InlineData(20260105)]
    public void The_fast_book_agrees_while_the_market_drifts_through_a_dense_book(int seed) => Run(Regime.Drifting, seed);

    private static void Run(Regime regime, int seed)
    {
        var twins = new TwinMarkets(regime, seed);
        try
        {
            twins.Run();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"The books disagree in the {regime} regime with seed {seed}.", failure);
        }
    }
}
