using Microsoft.Extensions.Hosting;

namespace Exchange.Embedded.Runtime;

/// <summary>Starts the silo with the host, and stops it with the host.</summary>
internal sealed class SiloHostedService(Silo silo, IEnumerable<StartupStep> steps) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        silo.Start();
        foreach (var step in steps.OrderBy(step => step.Stage))
            await step.Run(silo.Services, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => silo.StopAsync(cancellationToken);
}

internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => Activation.BeingCreated ?? (Lane.Running as Mailbox)?.Activation!;
}
