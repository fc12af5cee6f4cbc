using System.Globalization;
using System.Text;
using System.Text.Json;
using Exchange.Domain.Events;
using Exchange.Domain.Money;
using Exchange.Domain.Portfolios;
using Exchange.Domain.Positions;
using Exchange.Storage.Closures;

namespace Exchange.Grains.Closures;

/// <summary>How an owner, and the audit log, read what happened.</summary>
internal static class ClosureTexts
{
    public static Closure Of(long account, in Announcement announcement) => announcement.Happened switch
    {
        PositionLeft left => Of(account, left, announcement.AtMs),
        SettlementSetAside aside => Of(account, aside, announcement.AtMs),
        _ => throw new InvalidOperationException($"Nobody is told of {announcement.Happened.GetType().Name}."),
    };

    private static Closure Of(long account, PositionLeft e, long atMs)
    {
        var status = PositionStatuses.Closed(e.Cause);
        var message = Message(e);
        var body = Json(json =>
        {
            json.WriteString("message", message);
            json.WriteString("positionId", Text(e.PositionId));
            json.WriteString("clientPositionId", e.ClientPositionId);
            json.WriteString("symbol", e.Symbol);
            json.WriteString("direction", e.Side == PositionSide.Long ? "LONG" : "SHORT");
            json.WriteString("status", status);
            json.WriteString("cause", PositionStatuses.Cause(e.Cause));
            json.WriteString("asset", e.Asset);
            Write(json, "leverage", new Leverage(e.LeverageTenths).Factor);
            Write(json, "quantity", e.Quantity);
            Write(json, "entryPrice", e.EntryPrice);
            Write(json, "closePrice", e.ExitPrice);
            Write(json, "marginReturned", e.MarginReturned);
            Write(json, "profit", e.Profit);
            Write(json, "fee", e.Fee);
            Write(json, "totalReturn", e.Payout);
            Write(json, "netProfit", e.Result);
            if (e.LevelPrice > 0)
                Write(json, "level", e.LevelPrice);
            if (e.ReachedPrice > 0)
                Write(json, "reachedPrice", e.ReachedPrice);
        });
        var detail = $"position {e.PositionId} {e.Symbol} {status} at {Text(e.ExitPrice)}, result {Text(e.Result)} {e.Asset}";
        return new Closure($"{e.Symbol}:{e.Sequence}:{e.Index}", account, "POSITION_" + status, body, "position closed", detail, atMs);
    }

    private static Closure Of(long account, SettlementSetAside e, long atMs)
    {
        var message = $"A settlement on {e.Symbol} could not be booked. It is kept and an operator looks at it; nothing is lost.";
        var body = Json(json =>
        {
            json.WriteString("message", message);
            json.WriteString("symbol", e.Symbol);
            json.WriteString("sequence", Text(e.Sequence));
        });
        return new Closure(
            $"{e.Symbol}:{e.Sequence}:aside", account, "SETTLEMENT_DELAYED", body, "settlement set aside",
            $"record {e.Sequence} of {e.Symbol}: {e.Reason}", atMs);
    }

    private static string Message(PositionLeft e)
    {
        var (side, which) = (e.Side == PositionSide.Long ? "long" : "short", e.Cause switch
        {
            CloseCause.StopLoss => "closed by its stop loss",
            CloseCause.TakeProfit => "closed by its take profit",
            CloseCause.TrailingStop => "closed by its trailing stop",
            CloseCause.Liquidation => "liquidated",
            CloseCause.Expiry => "closed at its expiry",
            CloseCause.Operator => "closed by the exchange",
            _ => "closed",
        });
        var why = e.LevelPrice > 0 ? $" (level {Text(e.LevelPrice)}, reached at {Text(e.ReachedPrice)})" : "";
        return $"Your {side} position on {e.Symbol} was {which} at {Text(e.ExitPrice)}{why}: {Text(e.Result)} {e.Asset}.";
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, string name, decimal amount) => json.WriteString(name, Text(amount));

    private static string Text(decimal amount) => amount.Shortest().ToString(CultureInfo.InvariantCulture);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
