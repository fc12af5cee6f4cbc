using Exchange.Domain.Encoding;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Events;

internal static class AnnouncementEventFields
{
    public static void Write(ByteWriter writer, PositionLeft e)
    {
        var frame = writer.BeginEvent(EventNumber.PositionLeft);
        writer.WriteString(e.Symbol);
        writer.WriteSigned(e.Sequence);
        writer.WriteSigned(e.Index);
        writer.WriteSigned(e.PositionId);
        writer.WriteString(e.ClientPositionId);
        writer.WriteByte((byte)e.Side);
        writer.WriteSigned(e.LeverageTenths);
        writer.WriteBool(e.IsClosed);
        writer.WriteByte((byte)e.Cause);
        writer.WriteString(e.Asset);
        writer.WriteDecimal(e.Quantity);
        writer.WriteDecimal(e.EntryPrice);
        writer.WriteDecimal(e.ExitPrice);
        writer.WriteDecimal(e.MarginReturned);
        writer.WriteDecimal(e.Profit);
        writer.WriteDecimal(e.Fee);
        writer.WriteDecimal(e.Payout);
        writer.WriteDecimal(e.Result);
        writer.WriteDecimal(e.LevelPrice);
        writer.WriteDecimal(e.ReachedPrice);
        writer.WriteString(e.RequestId);
        writer.WriteDecimal(e.AskedQuantity);
        writer.EndFrame(frame);
    }

    public static PositionLeft ReadPositionLeft(ref ByteReader reader) => new(
        Symbol: reader.ReadString(),
        Sequence: reader.ReadSigned(),
        Index: reader.ReadInt32(),
        PositionId: reader.ReadSigned(),
        ClientPositionId: reader.ReadString(),
        Side: (PositionSide)reader.ReadByteUpTo((byte)PositionSide.Short),
        LeverageTenths: reader.ReadInt32(),
        IsClosed: reader.ReadBool(),
        Cause: (CloseCause)reader.ReadByteUpTo((byte)CloseCause.Operator),
        Asset: reader.ReadString(),
        Quantity: reader.ReadDecimal(),
        EntryPrice: reader.ReadDecimal(),
        ExitPrice: reader.ReadDecimal(),
        MarginReturned: reader.ReadDecimal(),
        Profit: reader.ReadDecimal(),
        Fee: reader.ReadDecimal(),
        Payout: reader.ReadDecimal(),
        Result: reader.ReadDecimal(),
        LevelPrice: reader.ReadDecimal(),
        ReachedPrice: reader.ReadDecimal(),
        RequestId: reader.ReadString(),
        AskedQuantity: reader.ReadDecimal());

    public static void Write(ByteWriter writer, Announced e)
    {
        var frame = writer.BeginEvent(EventNumber.Announced);
        writer.WriteSigned(e.UpTo);
        writer.EndFrame(frame);
    }

    public static Announced ReadAnnounced(ref ByteReader reader) => new(UpTo: reader.ReadSigned());
}
