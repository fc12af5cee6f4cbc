using System.Collections.Concurrent;
using System.Net;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Keys;
using Exchange.Api.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Exchange.Api.Streams;

/// <summary>Lets connections in, within their limits, and looks after them while they live.</summary>
internal sealed class StreamServer(StreamServices services, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const int CheckedAtOnce = 64;

    private readonly ConcurrentDictionary<StreamConnection, bool> _connections = new();

    public int Count => _connections.Count;

    public async Task AcceptAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await ErrorWriter.WriteAsync(http, EdgeErrors.NotWebSocket);
            return;
        }

        // Whoever is let in and then refused everything would wait on a silent socket; a refused handshake is tried again.
        if (!services.Readiness.IsReady)
        {
            await ErrorWriter.WriteAsync(http, EdgeErrors.StillStarting);
            return;
        }

        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (!services.Connections.TryAddAddress(address))
        {
            await ErrorWriter.WriteAsync(http, EdgeErrors.TooManyConnections);
            return;
        }

        try
        {
            var (caller, refusal) = await SignInAsync(http);
            if (refusal is not null)
                await ErrorWriter.WriteAsync(http, refusal);
            else
                await ServeAsync(http, caller);
        }
        finally
        {
            services.Connections.RemoveAddress(address);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ApiMetrics.ObserveConnections(() => Count);
        using var timer = new PeriodicTimer(services.Options.CheckPeriod, services.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await CheckAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Only those who signed in cost a question, and a second's answers are remembered.</summary>
    private async Task CheckAsync(CancellationToken stopping)
    {
        var signedIn = new List<StreamConnection>();
        foreach (var (connection, _) in _connections)
        {
            connection.Check();
            if (connection.Caller is not null)
                signedIn.Add(connection);
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = CheckedAtOnce, CancellationToken = stopping };
        await Parallel.ForEachAsync(signedIn, options, async (connection, _) =>
        {
            try
            {
                await connection.IsStillWelcomeAsync();
            }
            catch (Exception thrown) when (ErrorBoundary.NotNow(thrown) is not null)
            {
                // Nobody could say: the next round asks again.
            }
        });
    }

    private async Task ServeAsync(HttpContext http, Caller? caller)
    {
        var options = services.Options;
        if (caller is not null && !services.Connections.TryAddUser(caller.Account))
        {
            await ErrorWriter.WriteAsync(http, EdgeErrors.TooManyConnections);
            return;
        }

        var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = options.PingInterval,
            KeepAliveTimeout = options.PongTimeout,
        });
        var stream = http.Features.Get<FrameUpgrade>()!.Stream!;
        using var connection = new StreamConnection(socket, stream, services, self => new StreamCommands(services, self))
        {
            Address = http.Connection.RemoteIpAddress,
        };
        if (caller is not null)
            connection.SignIn(caller);
        _connections.TryAdd(connection, true);
        try
        {
            await connection.RunAsync(lifetime.ApplicationStopping);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            if (connection.Caller is { } user)
                services.Connections.RemoveUser(user.Account);
        }
    }

    /// <summary>
    /// Who sends neither token nor cookie may come in and sign in later. A browser sends the cookie by itself, for a page of any
    /// site, so with a cookie the page must be one of ours.
    /// </summary>
    private async ValueTask<Authenticated> SignInAsync(HttpContext http)
    {
        var request = http.Request;
        var hasToken = request.Headers.Authorization.Count > 0 || request.Headers.ContainsKey(SignatureCheck.KeyHeader);
        if (!hasToken && !request.Cookies.ContainsKey(Authenticator.CookieName))
            return default;
        if (!hasToken && !IsOwnOrigin(request))
            return new Authenticated(null, EdgeErrors.ForbiddenOrigin);
        return await services.Authenticator.AuthenticateAsync(request);
    }

    private static bool IsOwnOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        return origin.Count == 0
            || origin.Count == 1 && Uri.TryCreate(origin[0], UriKind.Absolute, out var page)
                && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
