using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Operators;

/// <summary>
/// One look a second for all who watch, and none while nobody does. Everybody gets the same bytes; who reads too slowly
/// misses looks, and nobody waits for him.
/// </summary>
internal sealed class MonitorHub(ExchangeMonitor monitor, TimeProvider clock, ILogger<MonitorHub> log)
{
    public const int WatchersMax = 32;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly HashSet<Channel<byte[]>> watchers = [];
    private bool isRunning;

    /// <summary>Null where there are as many watchers as there may be.</summary>
    public Channel<byte[]>? Join()
    {
        var watcher = Channel.CreateBounded<byte[]>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (gate)
        {
            if (watchers.Count >= WatchersMax)
                return null;
            watchers.Add(watcher);
            if (!isRunning)
                _ = RunAsync();
            isRunning = true;
        }

        return watcher;
    }

    public void Leave(Channel<byte[]> watcher)
    {
        lock (gate)
            watchers.Remove(watcher);
    }

    private async Task RunAsync()
    {
        while (Watching() is { Length: > 0 } watching)
        {
            try
            {
                var sample = await monitor.LookAsync(CancellationToken.None);
                var message = MessageOf(sample);
                foreach (var watcher in watching)
                    watcher.Writer.TryWrite(message);
            }
            catch (Exception exception)
            {
                Log.MonitorFailed(log, exception);
            }

            await Task.Delay(Period, clock);
        }
    }

    private Channel<byte[]>[] Watching()
    {
        lock (gate)
        {
            isRunning = watchers.Count > 0;
            return [.. watchers];
        }
    }

    private static byte[] MessageOf(MonitorSample sample) =>
        [.. "data: "u8, .. JsonSerializer.SerializeToUtf8Bytes(sample, OperatorJson.Default.MonitorSample), .. "\n\n"u8];
}
