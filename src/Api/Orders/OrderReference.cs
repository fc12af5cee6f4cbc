using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Orders;

/// <summary>Names one order of the caller, by the exchange's id or by the client's: in a body or in the query string.</summary>
internal sealed class OrderReference : IJsonRequest<OrderReference>
{
    public string Market = "";
    public long OrderId;
    public string ClientOrderId = "";
    public long UserId;

    public static FieldSet Fields { get; } = new("orderId", "clientOrderId", "market", "symbol", "userId");

    public static Refusal? Read(OrderReference order, int field, ref Utf8JsonReader reader) => field switch
    {
        0 => ReadField.Id(ref reader, "orderId", out order.OrderId),
        1 => ReadField.ClientId(ref reader, "clientOrderId", out order.ClientOrderId),
        2 or 3 => ReadField.Market(ref reader, ref order.Market),
        _ => ReadField.UserId(ref reader, out order.UserId),
    };

    public static Refusal? Complete(OrderReference order)
    {
        if (order.OrderId == 0 && order.ClientOrderId.Length == 0)
            return EdgeErrors.MissingField.Saying(
                "Name the order by orderId or clientOrderId.", new KeyValuePair<string, string>("field", "orderId"));
        return order.OrderId != 0 && order.ClientOrderId.Length > 0
            ? Reason.InvalidRequest.ToError().Saying("Name the order by orderId or by clientOrderId, not by both.")
            : null;
    }

    public static async ValueTask<Parsed<OrderReference>> FromBodyOrQueryAsync(HttpRequest request) =>
        RequestBody.IsPresent(request) ? await RequestBody.ReadAsync<OrderReference>(request) : FromQuery(request);

    public static Parsed<OrderReference> FromQuery(HttpRequest request)
    {
        var order = new OrderReference();
        var refusal = Query.Read(request, Fields, out var query)
            ?? query.MarketName(ref order.Market)
            ?? query.Id("orderId", ref order.OrderId)
            ?? query.ClientId("clientOrderId", ref order.ClientOrderId)
            ?? query.UserId(ref order.UserId)
            ?? Complete(order);
        return new(order, refusal);
    }
}
