using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Storage.ReadModel;

namespace Exchange.Api.Orders;

/// <summary>Writes orders by hand: this is the answer that is given most often. <see cref="Order"/> documents the shape.</summary>
internal static class OrderWriter
{
    private static readonly JsonEncodedText OrderId = JsonEncodedText.Encode("orderId");
    private static readonly JsonEncodedText ClientOrderId = JsonEncodedText.Encode("clientOrderId");
    private static readonly JsonEncodedText Symbol = JsonEncodedText.Encode("symbol");
    private static readonly JsonEncodedText Side = JsonEncodedText.Encode("side");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText TimeInForce = JsonEncodedText.Encode("timeInForce");
    private static readonly JsonEncodedText Price = JsonEncodedText.Encode("price");
    private static readonly JsonEncodedText Quantity = JsonEncodedText.Encode("quantity");
    private static readonly JsonEncodedText QuoteAmount = JsonEncodedText.Encode("quoteAmount");
    private static readonly JsonEncodedText ExecutedQuantity = JsonEncodedText.Encode("executedQuantity");
    private static readonly JsonEncodedText ExecutedQuote = JsonEncodedText.Encode("executedQuote");
    private static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    private static readonly JsonEncodedText ReasonName = JsonEncodedText.Encode("reason");
    private static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("createdAt");
    private static readonly JsonEncodedText UpdatedAt = JsonEncodedText.Encode("updatedAt");
    private static readonly JsonEncodedText StopPrice = JsonEncodedText.Encode("stopPrice");
    private static readonly JsonEncodedText TrailingDelta = JsonEncodedText.Encode("trailingDelta");
    private static readonly JsonEncodedText TriggeredAt = JsonEncodedText.Encode("triggeredAt");
    private static readonly JsonEncodedText OrderListId = JsonEncodedText.Encode("orderListId");
    private static readonly JsonEncodedText Fills = JsonEncodedText.Encode("fills");
    private static readonly JsonEncodedText TradeId = JsonEncodedText.Encode("tradeId");
    private static readonly JsonEncodedText Fee = JsonEncodedText.Encode("fee");
    private static readonly JsonEncodedText FeeAsset = JsonEncodedText.Encode("feeAsset");

    public static void WritePlaced(Utf8JsonWriter json, PlaceReply reply)
    {
        json.WriteStartObject();
        WriteFields(json, reply.Order!);
        json.WriteStartArray(Fills);
        foreach (var fill in reply.Fills)
            WriteFill(json, fill);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Each with its order or with its error, in the order of the request.</summary>
    public static void WriteOutcomes(Utf8JsonWriter json, (PlaceReply? Reply, Refusal? Refusal)[] outcomes)
    {
        json.WriteStartArray();
        foreach (var (reply, refusal) in outcomes)
        {
            json.WriteStartObject();
            if (reply is not null)
            {
                json.WritePropertyName("order"u8);
                WritePlaced(json, reply);
            }
            else
            {
                ErrorWriter.WriteError(json, refusal!);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void WriteOrder(Utf8JsonWriter json, OrderView order)
    {
        json.WriteStartObject();
        WriteFields(json, order);
        json.WriteEndObject();
    }

    public static void WriteOrders(Utf8JsonWriter json, OrderView[] orders)
    {
        json.WriteStartArray();
        foreach (var order in orders)
            WriteOrder(json, order);
        json.WriteEndArray();
    }

    public static void WritePage(Utf8JsonWriter json, (IReadOnlyList<OrderRow> Rows, string? Next) page)
    {
        json.WriteStartObject();
        json.WriteStartArray("orders"u8);
        foreach (var row in page.Rows)
            WriteOrder(json, row.ToView());
        json.WriteEndArray();
        json.WriteString("nextCursor"u8, page.Next);
        json.WriteEndObject();
    }

    public static void WritePair(Utf8JsonWriter json, PairReply pair)
    {
        json.WriteStartObject();
        json.WriteId(OrderListId, pair.ListId);
        json.WriteString("listClientOrderId"u8, pair.ClientListId);
        json.WriteString(Symbol, pair.Orders[0].Symbol);
        json.WriteString("contingencyType"u8, "OCO"u8);
        json.WriteString("listStatus"u8, pair.Orders.All(order => order.Status.IsDone()) ? "ALL_DONE"u8 : "EXECUTING"u8);
        json.WritePropertyName("orders"u8);
        WriteOrders(json, pair.Orders);
        json.WriteEndObject();
    }

    public static OrderView ToView(this OrderRow row) => new(
        row.OrderId, row.ClientOrderId, row.Symbol, row.Side, row.Type, row.TimeInForce, row.Price, row.Quantity, row.QuoteAmount,
        row.FilledQuantity, row.FilledQuote, row.Status, row.Reason, row.PlacedAtMs, row.UpdatedAtMs,
        row.StopPrice, row.TrailingBps, row.ListId, row.TriggeredAtMs);

    private static void WriteFields(Utf8JsonWriter json, OrderView order)
    {
        json.WriteId(OrderId, order.OrderId);
        json.WriteString(ClientOrderId, order.ClientOrderId);
        json.WriteString(Symbol, order.Symbol);
        json.WriteString(Side, WireNames.Sides.Json(order.Side));
        json.WriteString(Type, WireNames.OrderTypes.Json(order.Type));
        json.WriteString(TimeInForce, WireNames.TimesInForce.Json(order.TimeInForce));
        json.WriteDecimalOrNull(Price, order.Price);
        json.WriteDecimalOrNull(Quantity, order.Quantity);
        json.WriteDecimalOrNull(QuoteAmount, order.QuoteAmount);
        json.WriteDecimal(ExecutedQuantity, order.FilledQuantity);
        json.WriteDecimal(ExecutedQuote, order.FilledQuote);
        json.WriteString(Status, WireNames.Statuses.Json(order.Status));
        if (order.Reason == Reason.None)
            json.WriteNull(ReasonName);
        else
            json.WriteString(ReasonName, order.Reason.ToError().Code);
        json.WriteNumber(CreatedAt, order.PlacedAtMs);
        json.WriteNumber(UpdatedAt, order.UpdatedAtMs);
        if (order.Type.IsConditional())
            WriteCondition(json, order);
        if (order.ListId != 0)
            json.WriteId(OrderListId, order.ListId);
    }

    private static void WriteCondition(Utf8JsonWriter json, OrderView order)
    {
        json.WriteDecimalOrNull(StopPrice, order.StopPrice);
        WriteNumberOrNull(json, TrailingDelta, order.TrailingBps);
        WriteNumberOrNull(json, TriggeredAt, order.TriggeredAtMs);
    }

    private static void WriteNumberOrNull(Utf8JsonWriter json, JsonEncodedText name, long value)
    {
        if (value == 0)
            json.WriteNull(name);
        else
            json.WriteNumber(name, value);
    }

    private static void WriteFill(Utf8JsonWriter json, FillView fill)
    {
        json.WriteStartObject();
        json.WriteId(TradeId, fill.TradeId);
        json.WriteDecimal(Price, fill.Price);
        json.WriteDecimal(Quantity, fill.Quantity);
        json.WriteDecimal(Fee, fill.Fee);
        json.WriteString(FeeAsset, fill.FeeAsset);
        json.WriteEndObject();
    }
}
