using Exchange.VenueSimulator;

namespace Exchange.Feeds.Tests.Venues;

/// <summary>Waits for what must come, however slow the machine; only a test that fails waits to the end.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task Holds(Func<bool> condition, Func<string> otherwise)
    {
        var giveUp = DateTime.UtcNow + Patience;
        while (!condition())
        {
            if (DateTime.UtcNow > giveUp)
                Assert.Fail(otherwise());
            await Task.Delay(2);
        }
    }

    /// <summary>As above while the feed's time goes on, in steps so small that nothing on the way is skipped.</summary>
    public static async Task Holds(SteppedClock clock, Func<bool> condition, Func<string> otherwise)
    {
        var giveUp = DateTime.UtcNow + Patience;
        while (!condition())
        {
            if (DateTime.UtcNow > giveUp)
                Assert.Fail(otherwise());
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(5);
        }
    }
}
