using Exchange.Domain.Encoding;

namespace Exchange.Domain.Events;

internal static class LateSettlementEventFields
{
    public static void Write(ByteWriter writer, LateFillSettled e)
    {
        var frame = writer.BeginEvent(EventNumber.LateFillSettled);
        writer.WriteString(e.Symbol);
        writer.WriteSigned(e.Sequence);
        writer.WriteSigned(e.Index);
        writer.WriteSigned(e.TradeId);
        writer.WriteSigned(e.OrderId);
        writer.WriteString(e.BaseAsset);
        writer.WriteDecimal(e.BaseChange);
        writer.WriteString(e.QuoteAsset);
        writer.WriteDecimal(e.QuoteChange);
        writer.WriteString(e.FeeAsset);
        writer.WriteDecimal(e.Fee);
        writer.EndFrame(frame);
    }

    public static LateFillSettled ReadLateFillSettled(ref ByteReader reader) => new(
        Symbol: reader.ReadString(),
        Sequence: reader.ReadSigned(),
        Index: reader.ReadInt32(),
        TradeId: reader.ReadSigned(),
        OrderId: reader.ReadSigned(),
        BaseAsset: reader.ReadString(),
        BaseChange: reader.ReadDecimal(),
        QuoteAsset: reader.ReadString(),
        QuoteChange: reader.ReadDecimal(),
        FeeAsset: reader.ReadString(),
        Fee: reader.ReadDecimal());

    public static void Write(ByteWriter writer, SettlementDropped e)
    {
        var frame = writer.BeginEvent(EventNumber.SettlementDropped);
        writer.WriteString(e.Symbol);
        writer.WriteSigned(e.Sequence);
        writer.WriteString(e.BaseAsset);
        writer.WriteDecimal(e.BaseChange);
        writer.WriteString(e.QuoteAsset);
        writer.WriteDecimal(e.QuoteChange);
        writer.EndFrame(frame);
    }

    public static SettlementDropped ReadSettlementDropped(ref ByteReader reader) => new(
        Symbol: reader.ReadString(),
        Sequence: reader.ReadSigned(),
        BaseAsset: reader.ReadString(),
        BaseChange: reader.ReadDecimal(),
        QuoteAsset: reader.ReadString(),
        QuoteChange: reader.ReadDecimal());
}
