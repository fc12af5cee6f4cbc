using Exchange.Domain.Valuation;

namespace Exchange.Domain.Tests.Valuation;

public sealed class ValueHistoryTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    [Fact]
    public void The_last_sample_of_a_period_is_the_one_that_stays()
    {
        var history = new ValueHistory();
        foreach (var (at, value) in new[] { (0L, 1m), (4 * Minute, 2m), (5 * Minute, 3m), (61 * Minute, 4m) })
            history.Add(new ValueSample(at, value));

        Assert.Equal([2, 3, 4], history.Of("5m")!.Samples.Select(sample => sample.Value));
        Assert.Equal([3, 4], history.Of("1h")!.Samples.Select(sample => sample.Value));
        Assert.Equal([4], history.Of("1d")!.Samples.Select(sample => sample.Value));
    }

    [Fact]
    public void However_long_it_goes_on_the_history_is_bounded_and_thins_with_age()
    {
        var history = new ValueHistory();
        for (var at = 0L; at < 10 * 366 * Day; at += 20 * Minute)
            history.Add(new ValueSample(at, at));

        foreach (var series in history.Series)
        {
            Assert.InRange(series.Samples.Count, 1, series.Capacity);
            Assert.All(
                series.Samples.Zip(series.Samples.Skip(1)),
                pair => Assert.True(pair.First.AtMs / series.PeriodMs < pair.Second.AtMs / series.PeriodMs));
        }

        Assert.Equal((72, 720, 1_826), (history.Of("5m")!.Samples.Count, history.Of("1h")!.Samples.Count, history.Of("1d")!.Samples.Count));
    }

    [Fact]
    public void A_clock_that_goes_back_changes_nothing()
    {
        var history = new ValueHistory();
        history.Add(new ValueSample(Day, 1));
        history.Add(new ValueSample(Day - 1, 2));

        Assert.Equal([new ValueSample(Day, 1)], history.Of("1d")!.Samples);
        Assert.True(history.Of("1d")!.Has(Day + 5));
        Assert.False(history.Of("1d")!.Has(2 * Day));
    }
}
