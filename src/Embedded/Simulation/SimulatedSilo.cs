using Exchange.Embedded.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Exchange.Embedded.Simulation;

/// <summary>A silo that lives on a seeded scheduler. It can be stopped, or killed at any turn as a crash would.</summary>
public sealed class SimulatedSilo : IDisposable
{
    private readonly SeededScheduler _scheduler;
    private readonly ServiceProvider _services;
    private readonly MortalScheduler _lanes;

    public SimulatedSilo(SeededScheduler scheduler, TimeProvider clock, Action<ISiloBuilder> configure)
    {
        _scheduler = scheduler;
        _lanes = new MortalScheduler(scheduler);
        var services = new ServiceCollection();
        services.AddSingleton(clock);
        services.AddSingleton<ITurnScheduler>(_lanes);
        services.AddOrleans(configure);
        _services = services.BuildServiceProvider();
    }

    public IServiceProvider Services => _services;

    public IGrainFactory Grains => _services.GetRequiredService<IGrainFactory>();

    public bool IsAlive => _lanes.IsAlive;

    /// <summary>Runs the startup tasks.</summary>
    public void Start() => _scheduler.Run(() => HostedService.StartAsync(CancellationToken.None));

    /// <summary>Deactivates every grain.</summary>
    public void Stop() => _scheduler.Run(() => HostedService.StopAsync(CancellationToken.None));

    /// <summary>From here on no lane of this silo takes a turn. What it had not made durable is lost.</summary>
    public void Kill()
    {
        _lanes.Kill();
        _scheduler.Discard(_lanes);
        _services.GetRequiredService<Silo>().Abandon();
    }

    public void Dispose() => _services.Dispose();

    private SiloHostedService HostedService => _services.GetServices<IHostedService>().OfType<SiloHostedService>().Single();
}
