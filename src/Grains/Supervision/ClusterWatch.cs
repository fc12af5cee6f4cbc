using System.Threading.Channels;
using Exchange.Grains.Interfaces.Supervision;
using Exchange.Grains.MarketMaking;
using Exchange.Grains.Markets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Supervision;

/// <summary>
/// Notices that a silo is gone and sees to it that what was awake there is awake elsewhere: nobody calls a symbol for the
/// triggers that wait in it. Every silo that stays does so, since none can know which of them comes through.
/// </summary>
public sealed class ClusterWatch(
    ISiloStatusOracle silos, IGrainFactory grains, DirectoryCopy copy, MakerWaking makers, TimeProvider time, ILogger<ClusterWatch> logger)
    : BackgroundService, ISiloStatusListener
{
    private const int Attempts = 8;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<SiloAddress> _gone = Channel.CreateUnbounded<SiloAddress>();

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status == SiloStatus.Dead && !updatedSilo.Equals(silos.SiloAddress))
            _gone.Writer.TryWrite(updatedSilo);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        silos.SubscribeToSiloStatusEvents(this);
        try
        {
            await TakeOver(stoppingToken);
        }
        finally
        {
            silos.UnSubscribeFromSiloStatusEvents(this);
        }
    }

    private async Task TakeOver(CancellationToken cancellation)
    {
        await foreach (var silo in _gone.Reader.ReadAllAsync(cancellation))
        {
            Log.SiloGone(logger, silo);
            for (var attempt = 1; !await TryTakeOver(silo) && attempt < Attempts; attempt++)
                await Task.Delay(RetryDelay, time, cancellation);
        }
    }

    private async Task<bool> TryTakeOver(SiloAddress silo)
    {
        await Tried(copy.Watch);
        var isAwake = false;
        await Tried(async () => isAwake = await grains.GetGrain<ISupervisorGrain>(ISupervisorGrain.Key).SiloLeft(silo));
        await makers.WakeAll();
        return isAwake;
    }

    private async Task Tried(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception exception)
        {
            Log.TakeOverFailed(logger, exception);
        }
    }
}
