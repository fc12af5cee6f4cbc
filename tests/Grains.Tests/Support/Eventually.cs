using System.Diagnostics;

namespace Exchange.Grains.Tests.Support;

/// <summary>For what happens in other grains' turns. The deadline only bounds a failure; nothing is asserted about time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static Task Holds(Func<bool> condition, string what) => Holds(() => Task.FromResult(condition()), what);

    public static async Task Holds(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Deadline)
                Assert.Fail($"It never came to be that {what}.");
            await Task.Yield();
        }
    }
}
