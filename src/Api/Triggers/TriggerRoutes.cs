using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Triggers;

internal static class TriggerRoutes
{
    private const string Group = "Triggers";

    public static void MapTriggers(this ApiRoutes routes, TriggerEndpoints triggers)
    {
        routes.ForCaller("GET", "/api/v1/triggers", triggers.ArmedAsync).Document(
            new(Group, "All that waits for a price: your conditional orders, the positions that you asked for at a price, and the levels of those "
                + "that are open", typeof(Trigger[]))
            {
                Query = TriggerEndpoints.ArmedFields,
            });
        routes.ForCaller("GET", "/api/v1/triggers/executed", triggers.ExecutedAsync).Document(
            new(
                Group, "Your conditional orders, and the positions you asked for at a price, whose price was reached, the newest first",
                typeof(TriggeredPage))
            {
                Query = TriggerEndpoints.ExecutedFields,
            });
    }
}
