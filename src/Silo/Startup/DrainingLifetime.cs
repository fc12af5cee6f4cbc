using System.Runtime.InteropServices;
using Exchange.Api.Health;

namespace Exchange.Silo.Startup;

/// <summary>
/// Stops the host on a signal: at once for somebody at the terminal, after the drain for an orchestrator. A second signal does
/// not wait.
/// </summary>
internal sealed class DrainingLifetime(
    IHostApplicationLifetime host, Drain drain, ShutdownOptions options, TimeProvider time, ILogger<DrainingLifetime> logger)
    : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM })
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    /// <summary>The process must not end by itself: the host ends it.</summary>
    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        var mustWait = context.Signal == PosixSignal.SIGTERM && options.DrainDelay > TimeSpan.Zero && !drain.IsOn;
        drain.Begin();
        if (mustWait)
            _ = StopAfterDrainAsync();
        else
            host.StopApplication();
    }

    private async Task StopAfterDrainAsync()
    {
        Log.Draining(logger, options.DrainDelay);
        await Task.Delay(options.DrainDelay, time);
        host.StopApplication();
    }
}
