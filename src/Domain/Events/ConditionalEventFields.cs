using Exchange.Domain.Encoding;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Events;

internal static class ConditionalEventFields
{
    public static void Write(ByteWriter writer, ConditionalArmed e)
    {
        var frame = writer.BeginEvent(EventNumber.ConditionalArmed);
        writer.WriteSigned(e.OrderId);
        writer.WriteSigned(e.Account);
        writer.WriteString(e.ClientOrderId);
        writer.WriteByte((byte)e.Type);
        writer.WriteByte((byte)e.Side);
        writer.WriteByte((byte)e.TimeInForce);
        writer.WriteSigned(e.StopTicks);
        writer.WriteSigned(e.TrailingBps);
        writer.WriteSigned(e.AnchorTicks);
        writer.WriteSigned(e.PriceTicks);
        writer.WriteSigned(e.Lots);
        writer.WriteDecimal(e.QuoteAmount);
        writer.WriteSigned(e.DisplayLots);
        writer.WriteByte((byte)e.SelfTrade);
        writer.WriteSigned(e.PairId);
        if (e.BudgetQuote != 0)
            writer.WriteDecimal(e.BudgetQuote);
        writer.EndFrame(frame);
    }

    public static ConditionalArmed ReadConditionalArmed(ref ByteReader reader) => new(
        OrderId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        ClientOrderId: reader.ReadString(),
        Type: (ConditionalType)reader.ReadByteUpTo((byte)ConditionalType.TakeProfitLimit),
        Side: (Side)reader.ReadByteUpTo((byte)Side.Sell),
        TimeInForce: (TimeInForce)reader.ReadByteUpTo((byte)TimeInForce.FillOrKill),
        StopTicks: reader.ReadSigned(),
        TrailingBps: reader.ReadInt32(),
        AnchorTicks: reader.ReadSigned(),
        PriceTicks: reader.ReadSigned(),
        Lots: reader.ReadSigned(),
        QuoteAmount: reader.ReadDecimal(),
        DisplayLots: reader.ReadSigned(),
        SelfTrade: (SelfTradePrevention)reader.ReadByteUpTo((byte)SelfTradePrevention.Decrement),
        PairId: reader.ReadSigned(),
        BudgetQuote: reader.AtEnd ? 0 : reader.ReadDecimal());

    public static void Write(ByteWriter writer, ConditionalActivated e)
    {
        var frame = writer.BeginEvent(EventNumber.ConditionalActivated);
        writer.WriteSigned(e.OrderId);
        writer.WriteSigned(e.Account);
        writer.WriteSigned(e.AnchorTicks);
        writer.EndFrame(frame);
    }

    public static ConditionalActivated ReadConditionalActivated(ref ByteReader reader) => new(
        OrderId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        AnchorTicks: reader.ReadSigned());

    public static void Write(ByteWriter writer, ConditionalFired e)
    {
        var frame = writer.BeginEvent(EventNumber.ConditionalFired);
        writer.WriteSigned(e.OrderId);
        writer.WriteSigned(e.Account);
        writer.WriteSigned(e.LevelTicks);
        writer.WriteSigned(e.PriceTicks);
        writer.WriteSigned(e.PairId);
        writer.EndFrame(frame);
    }

    public static ConditionalFired ReadConditionalFired(ref ByteReader reader) => new(
        OrderId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        LevelTicks: reader.ReadSigned(),
        PriceTicks: reader.ReadSigned(),
        PairId: reader.ReadSigned());

    public static void Write(ByteWriter writer, ConditionalCancelled e)
    {
        var frame = writer.BeginEvent(EventNumber.ConditionalCancelled);
        writer.WriteSigned(e.OrderId);
        writer.WriteSigned(e.Account);
        writer.WriteSigned((short)e.Reason);
        writer.EndFrame(frame);
    }

    public static ConditionalCancelled ReadConditionalCancelled(ref ByteReader reader) => new(
        OrderId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        Reason: reader.ReadReason());
}
