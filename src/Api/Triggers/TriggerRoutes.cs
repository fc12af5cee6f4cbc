using Exchange.Api.History;
using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Triggers;

internal static class TriggerRoutes
{
    private const string Group = "Triggers";

    public static void MapTriggers(this ApiRoutes routes, TriggerEndpoints triggers)
    {
        routes.ForCaller("GET", "/api/v1/triggers", triggers.ArmedAsync).Document(
            new(Group, "All that waits for a price: your conditional orders, and the levels of your positions", typeof(Trigger[]))
            {
                Query = TriggerEndpoints.ArmedFields,
            });
        routes.ForCaller("GET", "/api/v1/triggers/executed", triggers.ExecutedAsync).Document(
            new(Group, "Your conditional orders whose price was reached, the newest first", typeof(OrderPage))
            {
                Query = TriggerEndpoints.ExecutedFields,
            });
    }
}
