using Exchange.Grains.Interfaces.MarketMaking;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Supervision;
using Exchange.Grains.Markets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Supervision;

/// <summary>Lists the markets, then keeps reminding the supervisor. The exchange is ready once the first sweep is through.</summary>
public sealed class ExchangeStartup(
    IGrainFactory grains, MarketCatalog catalog, SiloCopy copy, ExchangeReadiness readiness, TimeProvider time, ILogger<ExchangeStartup> logger)
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

    /// <summary>One that is off returns at once, unless it left quotes behind.</summary>
    private async Task WakeMakers()
    {
        foreach (var market in catalog.Markets.Where(market => !market.HasVenue))
        {
            try
            {
                await grains.GetGrain<IMarketMakerGrain>(market.Symbol).WakeUp();
            }
            catch (Exception exception)
            {
                Log.WakeFailed(logger, exception, $"The market maker of {market.Symbol}");
            }
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
            await WakeMakers();
            return true;
        }
        catch (Exception exception)
        {
            Log.SweepFailed(logger, exception);
            return false;
        }
    }
}
