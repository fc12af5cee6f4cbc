using System.Text.Json;
using System.Text.Json.Serialization;
using Exchange.Api.Json;

namespace Exchange.Api.Notifications;

/// <param name="Data">What the notification is about; a position's has the fields of its history, and a message to read.</param>
public sealed record NotificationInfo(string Id, string Kind, long Time, bool IsRead, JsonElement Data);

/// <param name="Notifications">The newest first.</param>
/// <param name="Unread">How many have not been read in all.</param>
/// <param name="NextCursor">Asks for the next page; null when this one was not full.</param>
public sealed record NotificationPage(IReadOnlyList<NotificationInfo> Notifications, long Unread, string? NextCursor);

public sealed record UnreadCount(long Unread);

/// <param name="Marked">How many were unread until now.</param>
public sealed record MarkedRead(int Marked, long Unread);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(JsonDecimalConverter)])]
[JsonSerializable(typeof(NotificationPage))]
[JsonSerializable(typeof(UnreadCount))]
[JsonSerializable(typeof(MarkedRead))]
internal sealed partial class NotificationJson : JsonSerializerContext;
