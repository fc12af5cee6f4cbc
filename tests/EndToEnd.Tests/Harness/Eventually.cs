using System.Diagnostics;
using Xunit.Sdk;

namespace Exchange.EndToEnd.Tests.Harness;

/// <summary>For what another process does in its own time: an assertion that has to hold before the patience ends.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    public static async Task HoldsAsync(Func<Task> assertion, TimeSpan? patience = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (XunitException) when (Stopwatch.GetElapsedTime(started) < (patience ?? Patience))
            {
                await Task.Delay(BetweenLooks);
            }
        }
    }
}
