using Exchange.Embedded;
using Exchange.Embedded.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

public abstract class SiloHandle : IDisposable, IAsyncDisposable
{
    public string Name { get; set; } = "";

    public SiloAddress SiloAddress { get; set; } = SiloAddress.Zero;

    public abstract bool IsActive { get; }

    public abstract Task StopSiloAsync(bool stopGracefully);

    public abstract ValueTask DisposeAsync();

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}

public class InProcessSiloHandle : SiloHandle
{
    private bool _isActive = true;

    internal InProcessSiloHandle(string name, IHost host)
    {
        (Name, SiloHost) = (name, host);
        SiloAddress = host.Services.GetRequiredService<Silo>().Address;
    }

    public IHost SiloHost { get; }

    public IServiceProvider ServiceProvider => SiloHost.Services;

    public override bool IsActive => _isActive;

    internal void Kill()
    {
        if (ServiceProvider.GetRequiredService<ITurnScheduler>() is MortalScheduler lanes)
            lanes.Kill();
        ServiceProvider.GetRequiredService<Silo>().Abandon();
    }

    public override async Task StopSiloAsync(bool stopGracefully)
    {
        if (!_isActive)
            return;

        _isActive = false;
        await SiloHost.StopAsync(new CancellationToken(canceled: !stopGracefully));
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await StopSiloAsync(stopGracefully: true);
        if (SiloHost is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        else
            SiloHost.Dispose();
    }
}
