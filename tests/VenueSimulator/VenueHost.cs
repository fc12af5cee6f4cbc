using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exchange.VenueSimulator;

/// <summary>A web server on a free loopback port.</summary>
public sealed class VenueHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private VenueHost(WebApplication app, Uri http) => (_app, Http) = (app, http);

    public Uri Http { get; }
    public Uri Ws => new UriBuilder(Http) { Scheme = "ws" }.Uri;

    public static async Task<VenueHost> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new VenueHost(app, new Uri(address));
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}
