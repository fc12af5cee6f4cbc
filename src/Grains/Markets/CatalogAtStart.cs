using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Markets;

/// <summary>
/// Reads the directory before the silo joins the cluster: from then on grains are placed here, and what they do not find
/// in the catalog they refuse.
/// </summary>
public sealed class CatalogAtStart(MarketCatalog catalog, TimeProvider time, ILogger<CatalogAtStart> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        while (!await TryRead())
            await Task.Delay(RetryDelay, time, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> TryRead()
    {
        try
        {
            await catalog.Refresh();
            return true;
        }
        catch (Exception exception)
        {
            Log.CatalogUnread(logger, exception);
            return false;
        }
    }
}
