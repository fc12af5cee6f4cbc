using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Notifications;

internal static class NotificationRoutes
{
    private const string Group = "Notifications";

    public static void MapNotifications(this ApiRoutes routes, NotificationEndpoints notifications)
    {
        routes.ForCaller("GET", "/api/v1/notifications", notifications.ListAsync).Document(
            new(Group, "What you were told outside of your requests, the newest first", typeof(NotificationPage))
            {
                Query = NotificationEndpoints.PageFields,
            });
        routes.ForCaller("GET", "/api/v1/notifications/unread", notifications.CountAsync).Document(
            new(Group, "How many notifications you have not read", typeof(UnreadCount)));
        routes.ForCaller("POST", "/api/v1/notifications/read", notifications.MarkReadAsync).Document(
            new(Group, "Mark notifications as read, up to one of them and with it", typeof(MarkedRead))
            {
                Body = MarkReadBody.Fields,
                Required = ["upToId"],
                BodyExample = """{"upToId":"17"}""",
            });
    }
}
