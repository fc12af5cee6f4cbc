using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Routing;

/// <summary>Answers the request and returns null, or answers nothing and returns why.</summary>
internal delegate ValueTask<Refusal?> PublicHandler(HttpContext http);

internal delegate ValueTask<Refusal?> CallerHandler(HttpContext http, Caller caller);

/// <summary>Maps handlers as bare request delegates: authentication and errors wrap them here, and nothing else does.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder endpoints, Authenticator authenticator, ILogger log)
{
    private readonly Dictionary<string, SortedSet<string>> methodsOf = [];

    public IEndpointConventionBuilder Public(string method, string path, PublicHandler handler) => Map(method, path, async http =>
    {
        try
        {
            if (await handler(http) is { } refusal)
                await ErrorWriter.WriteAsync(http, refusal);
        }
        catch (Exception thrown)
        {
            await ErrorBoundary.AnswerAsync(http, thrown, log);
        }
    });

    public IEndpointConventionBuilder ForCaller(string method, string path, CallerHandler handler) => Map(method, path, async http =>
    {
        try
        {
            var refusal = authenticator.Authenticate(http.Request, out var caller) ?? await handler(http, caller!);
            if (refusal is not null)
                await ErrorWriter.WriteAsync(http, refusal);
        }
        catch (Exception thrown)
        {
            await ErrorBoundary.AnswerAsync(http, thrown, log);
        }
    });

    /// <summary>Everything else below this prefix, so that a wrong path or method gets the one error format too.</summary>
    public void RefuseTheRest(string prefix)
    {
        endpoints.Map(prefix + "/{**rest}", http => ErrorWriter.WriteAsync(http, EdgeErrors.NotFound)).WithOrder(2).ExcludeFromDescription();
        foreach (var (path, methods) in methodsOf)
        {
            var allowed = string.Join(", ", methods);
            endpoints.Map(path, http =>
            {
                http.Response.Headers.Allow = allowed;
                return ErrorWriter.WriteAsync(http, EdgeErrors.MethodNotAllowed);
            }).WithOrder(1).ExcludeFromDescription();
        }
    }

    private IEndpointConventionBuilder Map(string method, string path, RequestDelegate handler)
    {
        if (!methodsOf.TryGetValue(path, out var methods))
            methodsOf[path] = methods = new(StringComparer.Ordinal);
        methods.Add(method);
        return endpoints.MapMethods(path, [method], handler);
    }
}
