using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Supervision;
using Exchange.Grains.MarketMaking;
using Exchange.Grains.Markets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Supervision;

/// <summary>Lists the markets, then keeps reminding the supervisor. The exchange is ready once the first sweep is through.</summary>
public sealed class ExchangeStartup(
    IGrainFactory grains,
    MarketCatalog catalog,
    DirectoryCopy copy,
    MakerWaking makers,
    ExchangeReadiness readiness,
    TimeProvider time,
    ILogger<ExchangeStartup> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isDone = await TrySweep();
            await Task.Delay(isDone ? Period : RetryDelay, time, stoppingToken);
        }
    }

    private async Task<bool> TrySweep()
    {
        try
        {
            await grains.GetGrain<IMarketsGrain>(IMarketsGrain.Key).EnsureListed();
            await copy.Watch();
            await catalog.Refresh();
            await grains.GetGrain<ISupervisorGrain>(ISupervisorGrain.Key).Sweep();
            readiness.IsReady = true;
            await grains.GetGrain<IDailyValuesGrain>(IDailyValuesGrain.Key).RunIfDue();
            await makers.WakeAll();
            return true;
        }
        catch (Exception exception)
        {
            Log.SweepFailed(logger, exception);
            return false;
        }
    }
}
