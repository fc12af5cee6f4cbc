using System.Diagnostics;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Limits;
using Exchange.Api.Metrics;
using Exchange.Grains.Interfaces.Supervision;
using Exchange.Grains.Interfaces.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Routing;

/// <summary>Answers the request and returns null, or answers nothing and returns why.</summary>
internal delegate ValueTask<Refusal?> PublicHandler(HttpContext http);

internal delegate ValueTask<Refusal?> CallerHandler(HttpContext http, Caller caller);

/// <summary>Maps handlers as bare request delegates: authentication and errors wrap them here, and nothing else does.</summary>
internal sealed class ApiRoutes(
    IEndpointRouteBuilder endpoints, Authenticator authenticator, AdminList admins, RateLimiter limiter, IExchangeReadiness readiness, ILogger log)
{
    private readonly Dictionary<string, SortedSet<string>> methodsOf = [];

    /// <summary>For everybody, even while the exchange is still starting.</summary>
    public IEndpointConventionBuilder Always(string method, string path, PublicHandler handler) => Map(method, path, async http =>
    {
        var startedAt = Stopwatch.GetTimestamp();
        var trace = ApiActivities.Start(http, path);
        SecurityHeaders.AddTo(http);
        try
        {
            if (await handler(http) is { } refusal)
                await ErrorWriter.WriteAsync(http, refusal);
        }
        catch (Exception thrown)
        {
            await ErrorBoundary.AnswerAsync(http, thrown, log);
        }
        finally
        {
            ApiActivities.End(trace, http.Response.StatusCode);
            ApiMetrics.Answered(path, http.Response.StatusCode, startedAt);
        }
    });

    public IEndpointConventionBuilder Public(string method, string path, PublicHandler handler)
    {
        var cost = RouteCost.Of(method, path);
        return Always(method, path, http =>
            !readiness.IsReady ? ValueTask.FromResult<Refusal?>(EdgeErrors.StillStarting)
            : limiter.ChargeAddress(http, cost) is { } refusal ? ValueTask.FromResult<Refusal?>(refusal)
            : handler(http));
    }

    /// <summary>For people and for programs whose key may read or, where something changes, trade.</summary>
    public IEndpointConventionBuilder ForCaller(string method, string path, CallerHandler handler)
    {
        var needed = method == "GET" ? ApiPermissions.Read : ApiPermissions.Trade;
        return ForSomebody(method, path, caller => caller.Permissions.HasFlag(needed) ? null : EdgeErrors.PermissionDenied, handler);
    }

    /// <summary>For people only: no key may make another key or end a session.</summary>
    public IEndpointConventionBuilder ForPerson(string method, string path, CallerHandler handler) =>
        ForSomebody(method, path, static caller => caller.IsPerson ? null : EdgeErrors.PeopleOnly, handler);

    public IEndpointConventionBuilder ForAdmin(string method, string path, CallerHandler handler) => ForSomebody(
        method, path, caller => caller.Permissions.HasFlag(ApiPermissions.Admin) && admins.Contains(caller.Email) ? null : EdgeErrors.AdminsOnly,
        handler);

    /// <summary>Everything else below this prefix, so that a wrong path or method gets the one error format too.</summary>
    public void RefuseTheRest(string prefix)
    {
        endpoints.Map(prefix + "/{**rest}", http =>
        {
            SecurityHeaders.AddTo(http);
            return ErrorWriter.WriteAsync(http, EdgeErrors.NotFound);
        }).WithOrder(2).ExcludeFromDescription();
        foreach (var (path, methods) in methodsOf)
        {
            var allowed = string.Join(", ", methods);
            endpoints.Map(path, http =>
            {
                SecurityHeaders.AddTo(http);
                http.Response.Headers.Allow = allowed;
                return ErrorWriter.WriteAsync(http, EdgeErrors.MethodNotAllowed);
            }).WithOrder(1).ExcludeFromDescription();
        }
    }

    private IEndpointConventionBuilder ForSomebody(string method, string path, Func<Caller, ApiError?> refuse, CallerHandler handler)
    {
        var cost = RouteCost.Of(method, path);
        return Public(method, path, async http =>
        {
            SecurityHeaders.KeepPrivate(http);
            var (caller, refusal) = await authenticator.AuthenticateAsync(http.Request);
            refusal ??= refuse(caller!) ?? limiter.ChargeCaller(http, caller!, cost);
            return refusal ?? await handler(http, caller!);
        });
    }

    private IEndpointConventionBuilder Map(string method, string path, RequestDelegate handler)
    {
        if (!methodsOf.TryGetValue(path, out var methods))
            methodsOf[path] = methods = new(StringComparer.Ordinal);
        methods.Add(method);
        return endpoints.MapMethods(path, [method], handler);
    }
}
