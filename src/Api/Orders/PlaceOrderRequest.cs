using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Domain.Orders;

namespace Exchange.Api.Orders;

/// <summary>The body of POST /order. Zero and empty mean "not given".</summary>
internal sealed class PlaceOrderRequest : IJsonRequest<PlaceOrderRequest>
{
    public string Market = "";
    public Side Side;
    public OrderType Type;
    public TimeInForce TimeInForce;
    public decimal Price;
    public decimal Quantity;
    public decimal QuoteAmount;
    public decimal IcebergQuantity;
    public SelfTradePrevention SelfTrade;
    public string ClientOrderId = "";
    public long UserId;
    public decimal StopPrice;
    public int TrailingBps;

    private bool hasSide;

    public static FieldSet Fields { get; } = new(
        "market", "side", "price", "quantity", "type", "timeInForce", "clientOrderId", "symbol",
        "quoteAmount", "icebergQuantity", "selfTradePrevention", "userId", "stopPrice", "trailingDelta");

    public static Refusal? Read(PlaceOrderRequest order, int field, ref Utf8JsonReader reader)
    {
        switch (field)
        {
            case 0 or 7: return ReadField.Market(ref reader, ref order.Market);
            case 1:
                order.hasSide = true;
                return ReadField.Name(ref reader, "side", WireNames.Sides, out order.Side);
            case 2: return ReadField.Decimal(ref reader, "price", Reason.InvalidPrice, out order.Price);
            case 3: return ReadField.Decimal(ref reader, "quantity", Reason.InvalidQuantity, out order.Quantity);
            case 4: return ReadField.Name(ref reader, "type", WireNames.OrderTypes, out order.Type);
            case 5: return ReadField.Name(ref reader, "timeInForce", WireNames.TimesInForce, out order.TimeInForce);
            case 6: return ReadField.ClientId(ref reader, "clientOrderId", out order.ClientOrderId);
            case 8: return ReadField.Decimal(ref reader, "quoteAmount", Reason.InvalidAmount, out order.QuoteAmount);
            case 9: return ReadField.Decimal(ref reader, "icebergQuantity", Reason.InvalidQuantity, out order.IcebergQuantity);
            case 10: return ReadField.Name(ref reader, "selfTradePrevention", WireNames.SelfTrade, out order.SelfTrade);
            case 12: return ReadField.Decimal(ref reader, "stopPrice", Reason.InvalidStopPrice, out order.StopPrice);
            case 13: return ReadField.TrailingDelta(ref reader, "trailingDelta", out order.TrailingBps);
            default: return ReadField.UserId(ref reader, out order.UserId);
        }
    }

    public static Refusal? Complete(PlaceOrderRequest order)
    {
        if (order.Market.Length == 0)
            return EdgeErrors.MissingField.With("field", "market");
        return order.hasSide ? null : EdgeErrors.MissingField.With("field", "side");
    }
}
