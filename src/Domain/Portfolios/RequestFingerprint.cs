using Exchange.Domain.Encoding;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>
/// Tells whether two requests under one client order id ask for the same thing. FNV-1a over their canonical bytes:
/// the same in every process, so it can be kept in snapshots instead of the request.
/// </summary>
internal static class RequestFingerprint
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(OrderTerms o) => Of(
        o.Symbol, o.Side, o.Type, o.TimeInForce, o.SelfTrade, o.Price, o.Quantity, o.QuoteAmount, o.IcebergQuantity, o.StopPrice, o.TrailingBps);

    public static ulong Of(OrderPlaced o) => Of(
        o.Symbol, o.Side, o.Type, o.TimeInForce, o.SelfTrade, o.Price, o.Quantity, o.QuoteAmount, o.IcebergQuantity, o.StopPrice, o.TrailingBps);

    /// <summary>Which names its orders have is not part of what a pair is.</summary>
    public static ulong Of(PairTerms pair)
    {
        var writer = ByteWriter.Rent();
        writer.WriteUnsigned(Of(pair.Profit));
        writer.WriteUnsigned(Of(pair.Stop));
        return HashOf(writer);
    }

    /// <summary>Of what a position's request asks for; ids and holds are not part of that.</summary>
    public static ulong Of(DomainEvent terms)
    {
        var writer = ByteWriter.Rent();
        EventCodec.Write(writer, terms switch
        {
            PositionRequested e => e with { PositionId = 0, ClientPositionId = "", Held = 0 },
            MarginRequested e => e with { RequestId = 0, ClientRequestId = "" },
            _ => throw new InvalidOperationException($"{terms.GetType().Name} is not a position's request."),
        });
        return HashOf(writer);
    }

    private static ulong Of(
        string symbol, Side side, OrderType type, TimeInForce timeInForce, SelfTradePrevention selfTrade,
        decimal price, decimal quantity, decimal quoteAmount, decimal icebergQuantity, decimal stopPrice, int trailingBps)
    {
        var writer = ByteWriter.Rent();
        writer.WriteString(symbol);
        writer.WriteByte((byte)side);
        writer.WriteByte((byte)type);
        writer.WriteByte((byte)timeInForce);
        writer.WriteByte((byte)selfTrade);
        writer.WriteDecimal(price);
        writer.WriteDecimal(quantity);
        writer.WriteDecimal(quoteAmount);
        writer.WriteDecimal(icebergQuantity);
        if (type.IsConditional())
        {
            writer.WriteDecimal(stopPrice);
            writer.WriteSigned(trailingBps);
        }

        return HashOf(writer);
    }

    private static ulong HashOf(ByteWriter writer)
    {
        var hash = Offset;
        foreach (var b in writer.Written)
            hash = unchecked((hash ^ b) * Prime);
        writer.Return();
        return hash;
    }
}
