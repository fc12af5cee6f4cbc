using System.Text.Json;
using Exchange.Api.Json;
using Exchange.Api.Positions;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Streams;

namespace Exchange.Api.Streams;

/// <summary>An owner's positions and notifications.</summary>
internal static partial class StreamMessages
{
    private static readonly EnumNames<PositionNews> News = new("OPENED", "MARGIN_ADDED", "FUNDING", "REDUCED", "CLOSED");
    private static readonly JsonEncodedText PositionId = JsonEncodedText.Encode("positionId");
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");

    public static byte[] Position(AccountUpdate update, OwnPosition position) =>
        Build((update, position), static (json, it) =>
        {
            var position = it.position;
            BeginUser(json, "position", it.update);
            json.WriteString("x"u8, News.Json(position.News));
            json.WriteId(PositionId, position.PositionId);
            json.WriteString("s"u8, position.Symbol);
            json.WriteString("asset"u8, position.Asset);
            Write(json, "marginChange", position.MarginChange);
            Write(json, "totalReturn", position.Payout);
            if (position.Exit is { } exit)
                WriteExit(json, position, exit);
            End(json);
        });

    public static byte[] Notification(AccountUpdate update, NotificationView notification) =>
        Build((update, notification), static (json, it) =>
        {
            BeginUser(json, "notification", it.update);
            json.WriteId(Id, it.notification.Id);
            json.WriteString("kind"u8, it.notification.Kind);
            json.WriteNumber("T"u8, it.notification.AtMs);
            json.WritePropertyName("data"u8);
            json.WriteRawValue(it.notification.Body);
            End(json);
        });

    private static void WriteExit(Utf8JsonWriter json, OwnPosition position, OwnExit exit)
    {
        var isClosed = position.News == PositionNews.Closed;
        json.WriteString("status"u8, isClosed ? PositionStatuses.Closed(position.Cause) : PositionStatuses.Open);
        json.WriteString("cause"u8, PositionStatuses.Cause(isClosed ? position.Cause : CloseCause.User));
        json.WriteString("direction"u8, PositionNames.Sides.Json(exit.Side));
        Write(json, "quantity", exit.Quantity);
        Write(json, "entryPrice", exit.EntryPrice);
        Write(json, "closePrice", exit.Price);
        Write(json, "profit", exit.Profit);
        Write(json, "fee", exit.Fee);
        if (isClosed)
            Write(json, "netProfit", exit.NetProfit);
        if (exit.LevelPrice > 0)
            Write(json, "level", exit.LevelPrice);
        if (exit.ReachedPrice > 0)
            Write(json, "reachedPrice", exit.ReachedPrice);
    }

    private static void Write(Utf8JsonWriter json, string name, decimal value)
    {
        json.WritePropertyName(name);
        json.WriteDecimalValue(value);
    }
}
