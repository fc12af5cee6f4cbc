using System.Text.Json;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Portfolios;

namespace Exchange.Api.Orders;

/// <summary>The body of POST /order/oco: what both orders have in common, then each of them under a prefix of its own.</summary>
internal sealed class PlacePairRequest : IJsonRequest<PlacePairRequest>
{
    private const int Common = 7;

    private readonly PairLeg above = new("above");
    private readonly PairLeg below = new("below");

    public string Market = "";
    public string ClientListId = "";
    public long UserId;

    private Side side;
    private decimal quantity;
    private SelfTradePrevention selfTrade;
    private bool hasSide;

    public static FieldSet Fields { get; } = new(
    [
        "market", "symbol", "side", "quantity", "listClientOrderId", "selfTradePrevention", "userId",
        .. PairLeg.Fields("above"), .. PairLeg.Fields("below"),
    ]);

    public static Refusal? Read(PlacePairRequest pair, int field, ref Utf8JsonReader reader)
    {
        switch (field)
        {
            case 0 or 1: return ReadField.Market(ref reader, ref pair.Market);
            case 2:
                pair.hasSide = true;
                return ReadField.Name(ref reader, "side", WireNames.Sides, out pair.side);
            case 3: return ReadField.Decimal(ref reader, "quantity", Reason.InvalidQuantity, out pair.quantity);
            case 4: return ReadField.ClientId(ref reader, "listClientOrderId", out pair.ClientListId);
            case 5: return ReadField.Name(ref reader, "selfTradePrevention", WireNames.SelfTrade, out pair.selfTrade);
            case 6: return ReadField.UserId(ref reader, out pair.UserId);
            case < Common + 7: return pair.above.Read(field - Common, ref reader);
            default: return pair.below.Read(field - Common - PairLeg.FieldCount, ref reader);
        }
    }

    public static Refusal? Complete(PlacePairRequest pair)
    {
        var missing = pair.Market.Length == 0 ? "market"
            : !pair.hasSide ? "side"
            : pair.quantity == 0 ? "quantity"
            : !pair.above.HasType ? "aboveType"
            : !pair.below.HasType ? "belowType"
            : null;
        return missing is null ? null : EdgeErrors.MissingField.With("field", missing);
    }

    /// <summary>Who sells wins above the market and loses below it; who buys the other way round.</summary>
    public PlacePair ToMessage(string symbol, string clientListId)
    {
        var (profit, stop) = side == Side.Sell ? (above, below) : (below, above);
        return new PlacePair(
            clientListId, profit.ToOrder(symbol, side, quantity, selfTrade), stop.ToOrder(symbol, side, quantity, selfTrade));
    }
}
