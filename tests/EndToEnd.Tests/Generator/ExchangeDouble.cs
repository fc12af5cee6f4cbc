using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Exchange.EndToEnd.Tests.Generator;

/// <summary>An order route without an exchange behind it, which keeps what it was sent.</summary>
internal sealed class ExchangeDouble : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ExchangeDouble(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Authorization, JsonElement Body)> Received { get; } = [];
    public Uri Address => new(_app.Urls.Single());

    public static async Task<ExchangeDouble> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var exchange = new ExchangeDouble(app);
        app.MapPost("/api/v1/order", async http =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            exchange.Received.Enqueue((http.Request.Headers.Authorization.ToString(), body.RootElement.Clone()));
            await answer(http);
        });
        await app.StartAsync();
        return exchange;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
