using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Api.Orders;

/// <summary>One order of a pair, as the body names its fields after a prefix. Zero and empty mean "not given".</summary>
internal sealed class PairLeg(string prefix)
{
    private static readonly string[] Names = ["Type", "Price", "StopPrice", "TrailingDelta", "TimeInForce", "IcebergQuantity", "ClientOrderId"];

    public bool HasType;
    public string ClientOrderId = "";

    private OrderType type;
    private TimeInForce timeInForce;
    private decimal price;
    private decimal stopPrice;
    private decimal icebergQuantity;
    private int trailingBps;

    public static int FieldCount => Names.Length;

    public static IEnumerable<string> Fields(string prefix) => Names.Select(name => prefix + name);

    public Refusal? Read(int field, ref Utf8JsonReader reader)
    {
        var name = prefix + Names[field];
        switch (field)
        {
            case 0:
                HasType = true;
                return ReadField.Name(ref reader, name, WireNames.OrderTypes, out type);
            case 1: return ReadField.Decimal(ref reader, name, Reason.InvalidPrice, out price);
            case 2: return ReadField.Decimal(ref reader, name, Reason.InvalidStopPrice, out stopPrice);
            case 3: return ReadField.TrailingDelta(ref reader, name, out trailingBps);
            case 4: return ReadField.Name(ref reader, name, WireNames.TimesInForce, out timeInForce);
            case 5: return ReadField.Decimal(ref reader, name, Reason.InvalidQuantity, out icebergQuantity);
            default: return ReadField.ClientId(ref reader, name, out ClientOrderId);
        }
    }

    public PlaceOrder ToOrder(string symbol, Side side, decimal quantity, SelfTradePrevention selfTrade) => new(
        ClientOrderId, symbol, side, type, timeInForce, price, quantity, 0, icebergQuantity, selfTrade, stopPrice, trailingBps);
}
