using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Exchange.Api.Operators;

/// <summary>The samples of the monitor as server-sent events, for as long as the operator is one.</summary>
internal sealed class MonitorStream(
    MonitorHub hub, Authenticator authenticator, AdminList admins, SecurityLog audit, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(30);

    public async ValueTask<Refusal?> StreamAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoQuery.Fields, out _) is { } refusal)
            return refusal;
        if (hub.Join() is not { } watcher)
            return EdgeErrors.TooManyConnections;
        try
        {
            await audit.NoteAsync(http, caller.Email, "monitor watched");
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["X-Accel-Buffering"] = "no";
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
            await SendAsync(http, caller, watcher.Reader, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The watcher, or the exchange, is gone.
        }
        finally
        {
            hub.Leave(watcher);
        }

        return null;
    }

    private async Task SendAsync(HttpContext http, Caller caller, System.Threading.Channels.ChannelReader<byte[]> samples, CancellationToken ending)
    {
        var known = new KnownToken(caller);
        var checkedAt = clock.GetTimestamp();
        await foreach (var message in samples.ReadAllAsync(ending))
        {
            await http.Response.Body.WriteAsync(message, ending);
            await http.Response.Body.FlushAsync(ending);
            if (clock.GetElapsedTime(checkedAt) < CheckPeriod)
                continue;
            checkedAt = clock.GetTimestamp();
            if (!admins.Contains(caller.Email) || !await authenticator.IsStillWelcomeAsync(known))
                return;
        }
    }
}
