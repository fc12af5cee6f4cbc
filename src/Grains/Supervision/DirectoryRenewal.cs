using Exchange.Grains.Markets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Supervision;

/// <summary>
/// Renews the watch of the copy of the market directory. The directory forgets who has one when it moves, and must know of all
/// before it tells of a stop.
/// </summary>
public sealed class DirectoryRenewal(DirectoryCopy copy, TimeProvider time, ILogger<DirectoryRenewal> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isDone = await TryRenew();
            await Task.Delay(isDone ? Period : RetryDelay, time, stoppingToken);
        }
    }

    private async Task<bool> TryRenew()
    {
        try
        {
            await copy.Watch();
            return true;
        }
        catch (Exception exception)
        {
            Log.DirectoryOutOfReach(logger, exception);
            return false;
        }
    }
}
