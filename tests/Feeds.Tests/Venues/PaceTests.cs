using Exchange.Feeds.Connections;

namespace Exchange.Feeds.Tests.Venues;

public sealed class PaceTests
{
    [Fact]
    public void In_any_stretch_of_the_windows_length_no_more_than_the_limit_is_allowed()
    {
        var window = new SlidingWindow(3, TimeSpan.FromSeconds(1));
        Assert.True(window.TryTake(0) && window.TryTake(400) && window.TryTake(900));
        Assert.False(window.TryTake(950));
        Assert.Equal(50, window.WaitMs(950));
        Assert.True(window.TryTake(1_000));
        Assert.False(window.TryTake(1_399));
        Assert.True(window.TryTake(1_400));
    }

    [Fact]
    public void Waits_double_up_to_the_longest_and_are_cut_by_a_half_at_most()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(3));
        foreach (long full in new[] { 1_000, 2_000, 4_000, 8_000, 10_000, 10_000 })
            Assert.InRange(backoff.NextMs(), full / 2, full);
        backoff.Reset();
        Assert.InRange(backoff.NextMs(), 500, 1_000);
    }

    [Fact]
    public void Clients_that_fail_together_do_not_come_back_together()
    {
        long[] waits = [.. Enumerable.Range(0, 50).Select(
            seed => new Backoff(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), new Random(seed)).NextMs())];
        Assert.True(waits.Distinct().Count() > 40);
    }
}
