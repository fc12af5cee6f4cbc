using Exchange.Grains.Markets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Supervision;

/// <summary>Where no grains are: keeps the copy of the market directory. Ready once there is a market and the directory knows of the copy.</summary>
public sealed class DirectoryStartup(
    MarketCatalog catalog, SiloCopy copy, ExchangeReadiness readiness, TimeProvider time, ILogger<DirectoryStartup> logger)
    : BackgroundService
{
    // The directory forgets who has a copy when it moves, and must know of all before it tells of a stop.
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
            await catalog.Refresh();
            if (catalog.Markets.Count > 0)
                readiness.IsReady = true;
            return readiness.IsReady;
        }
        catch (Exception exception)
        {
            Log.DirectoryOutOfReach(logger, exception);
            return false;
        }
    }
}
