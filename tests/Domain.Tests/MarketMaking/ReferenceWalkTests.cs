using Exchange.Domain.MarketMaking;

namespace Exchange.Domain.Tests.MarketMaking;

public sealed class ReferenceWalkTests
{
    private const long Start = 1_790_000_000_000;
    private const long Day = 86_400_000;

    [Fact]
    public void It_is_the_same_at_the_same_time_and_another_for_another_market()
    {
        Assert.Equal(ReferenceWalk.At(200_000, 500, "TATA_INR", Start), ReferenceWalk.At(200_000, 500, "TATA_INR", Start));
        Assert.NotEqual(ReferenceWalk.At(200_000, 500, "TATA_INR", Start), ReferenceWalk.At(200_000, 500, "TATA_USDT", Start));
    }

    [Fact]
    public void It_stays_within_its_range_and_uses_much_of_it()
    {
        var prices = Enumerable.Range(0, 365 * 24).Select(hour => ReferenceWalk.At(200_000, 500, "TATA_INR", Start + (hour * Day / 24))).ToArray();

        Assert.InRange(prices.Min(), 190_000, 194_000);
        Assert.InRange(prices.Max(), 206_000, 210_000);
    }

    [Fact]
    public void From_second_to_second_it_moves_little_and_from_hour_to_hour_visibly()
    {
        var seconds = Enumerable.Range(0, 3_600).Select(second => ReferenceWalk.At(200_000, 500, "TATA_INR", Start + (second * 1_000))).ToArray();

        Assert.All(seconds.Zip(seconds.Skip(1)), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 40));
        Assert.True(seconds.Max() - seconds.Min() > 200);
    }

    [Fact]
    public void Without_a_range_it_stands_still() =>
        Assert.All(Enumerable.Range(0, 100), hour => Assert.Equal(2_000, ReferenceWalk.At(2_000, 0, "TATA_INR", Start + (hour * Day / 24))));

    [Fact]
    public void It_never_reaches_zero() =>
        Assert.All(Enumerable.Range(0, 1_000), hour => Assert.InRange(ReferenceWalk.At(1, 9_000, "TATA_INR", Start + (hour * Day / 24)), 1, 2));
}
