using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Metrics;

/// <summary>
/// One activity per request, under the one that the client or the server's own instrumentation began. Without a listener there is
/// none.
/// </summary>
internal static class ApiActivities
{
    private const int FirstError = 500;

    private static readonly ActivitySource Source = new("Exchange.Api");

    public static Activity? Start(HttpContext http, string route)
    {
        if (!Source.HasListeners())
            return null;
        var activity = Activity.Current is null && ParentOf(http.Request) is { } parent
            ? Source.StartActivity($"{http.Request.Method} {route}", ActivityKind.Server, parent)
            : Source.StartActivity($"{http.Request.Method} {route}", ActivityKind.Server);
        activity?.SetTag("http.request.method", http.Request.Method);
        activity?.SetTag("http.route", route);
        return activity;
    }

    public static Activity? Start(string socketMethod) => Source.StartActivity(socketMethod, ActivityKind.Server);

    public static void End(Activity? activity, int status)
    {
        if (activity is null)
            return;
        activity.SetTag("http.response.status_code", status);
        if (status >= FirstError)
            activity.SetStatus(ActivityStatusCode.Error);
        activity.Stop();
    }

    private static ActivityContext? ParentOf(HttpRequest request) =>
        ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var parent) ? parent : null;
}
