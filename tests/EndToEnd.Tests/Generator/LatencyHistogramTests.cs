using Exchange.Bench.Orders;

namespace Exchange.EndToEnd.Tests.Generator;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0.50, 500_000)]
    [InlineData(0.99, 990_000)]
    [InlineData(1.00, 1_000_000)]
    public void A_percentile_is_within_two_percent_above_the_true_value(double share, long expected)
    {
        var histogram = new LatencyHistogram();
        for (long value = 1; value <= 1_000_000; value++)
            histogram.Record(value);

        Assert.InRange(histogram.Percentile(share), expected, expected * 102 / 100);
    }

    [Fact]
    public void Small_values_are_exact()
    {
        var histogram = new LatencyHistogram();
        foreach (long value in new[] { 3, 5, 127 })
            histogram.Record(value);

        Assert.Equal([3L, 5L, 127L], new[] { 0.33, 0.66, 1.0 }.Select(histogram.Percentile));
    }

    [Fact]
    public void The_largest_value_is_kept_as_it_was()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(1_234_567_891);

        Assert.Equal(1_234_567_891, histogram.Max);
        Assert.Equal(1_234_567_891, histogram.Percentile(0.5));
    }

    [Fact]
    public void Two_histograms_add_up_to_one_of_all_values()
    {
        var fast = new LatencyHistogram();
        var slow = new LatencyHistogram();
        fast.Record(10);
        slow.Record(100);

        fast.Add(slow);

        Assert.Equal((2L, 100L, 10L), (fast.Count, fast.Max, fast.Percentile(0.5)));
    }
}
