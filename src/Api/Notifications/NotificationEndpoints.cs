using System.Text.Json;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Storage.Notifications;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Notifications;

/// <summary>What the caller was told outside of requests.</summary>
internal sealed class NotificationEndpoints(INotifications notifications)
{
    public static readonly FieldSet PageFields = new("unread", "limit", "cursor", "userId");

    private static readonly FieldSet NoFields = new();
    private static readonly string[] Switches = ["true", "false"];

    public async ValueTask<Refusal?> ListAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest();
        var refusal = Query.Read(http.Request, PageFields, out var query)
            ?? query.OneOf("unread", Switches)
            ?? page.Read(query, caller);
        if (refusal is not null)
            return refusal;
        var rows = await notifications.ListAsync(caller.Account, page.Cursor, page.Limit, query["unread"] == "true", http.RequestAborted);
        var unread = await notifications.CountUnreadAsync(caller.Account, http.RequestAborted);
        var answer = new NotificationPage([.. rows.Select(ToInfo)], unread, page.CursorAfter(rows, row => row.Id));
        await JsonResponse.SendAsync(http, answer, NotificationJson.Default.NotificationPage);
        return null;
    }

    public async ValueTask<Refusal?> CountAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoFields, out _) is { } refusal)
            return refusal;
        var answer = new UnreadCount(await notifications.CountUnreadAsync(caller.Account, http.RequestAborted));
        await JsonResponse.SendAsync(http, answer, NotificationJson.Default.UnreadCount);
        return null;
    }

    /// <summary>Marking again what has been read changes nothing.</summary>
    public async ValueTask<Refusal?> MarkReadAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await RequestBody.ReadAsync<MarkReadBody>(http.Request);
        if (refusal is not null)
            return refusal;
        var marked = await notifications.MarkReadAsync(caller.Account, body.UpToId);
        var answer = new MarkedRead(marked, await notifications.CountUnreadAsync(caller.Account, http.RequestAborted));
        await JsonResponse.SendAsync(http, answer, NotificationJson.Default.MarkedRead);
        return null;
    }

    private static NotificationInfo ToInfo(Notification row)
    {
        using var body = JsonDocument.Parse(row.Body);
        return new NotificationInfo(JsonId.Text(row.Id), row.Kind, row.AddedAtMs, row.IsRead, body.RootElement.Clone());
    }
}

/// <summary>Everything up to this notification, and with it.</summary>
internal sealed class MarkReadBody : IJsonRequest<MarkReadBody>
{
    public long UpToId;

    public static FieldSet Fields { get; } = new("upToId");

    public static Refusal? Read(MarkReadBody body, int field, ref Utf8JsonReader reader) => ReadField.Id(ref reader, "upToId", out body.UpToId);

    public static Refusal? Complete(MarkReadBody body) => body.UpToId > 0 ? null : EdgeErrors.MissingField.With("field", "upToId");
}
