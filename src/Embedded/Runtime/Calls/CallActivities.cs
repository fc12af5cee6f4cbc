using System.Diagnostics;

namespace Exchange.Embedded.Runtime;

/// <summary>
/// Traces of grain calls. A call runs on its grain's turns, far from its caller's context, so it carries its caller's place in
/// the trace along. Without a listener nothing is captured and nothing is made.
/// </summary>
internal static class CallActivities
{
    private static readonly ActivitySource Source = new("Exchange.Grains");

    public static ActivityContext Capture() => Source.HasListeners() && Activity.Current is { } current ? current.Context : default;

    /// <summary>Calls that are part of no trace, such as those of timers, begin none.</summary>
    public static Activity? Start(Request request, ActivityContext caller)
    {
        if (caller == default)
            return null;
        var activity = Source.StartActivity($"{request.GetInterfaceType().Name}/{request.GetMethodName()}", ActivityKind.Internal, caller);
        activity?.SetTag("rpc.system", "grains");
        return activity;
    }
}
