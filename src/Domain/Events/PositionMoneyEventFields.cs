using Exchange.Domain.Encoding;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Events;

internal static class PositionMoneyEventFields
{
    public static void Write(ByteWriter writer, PositionRequested e)
    {
        var frame = writer.BeginEvent(EventNumber.PositionRequested);
        writer.WriteSigned(e.PositionId);
        writer.WriteString(e.ClientPositionId);
        writer.WriteString(e.Symbol);
        writer.WriteByte((byte)e.Side);
        writer.WriteDecimal(e.Margin);
        writer.WriteSigned(e.LeverageTenths);
        PositionLevelFields.Write(writer, e.Levels);
        writer.WriteString(e.HeldAsset);
        writer.WriteDecimal(e.Held);
        if (e.TriggerTicks != 0)
        {
            writer.WriteSigned(e.TriggerTicks);
            writer.WriteByte(e.Direction is { } direction ? (byte)(direction + 1) : (byte)0);
        }

        writer.EndFrame(frame);
    }

    public static PositionRequested ReadPositionRequested(ref ByteReader reader) => new(
        PositionId: reader.ReadSigned(),
        ClientPositionId: reader.ReadString(),
        Symbol: reader.ReadString(),
        Side: (PositionSide)reader.ReadByteUpTo((byte)PositionSide.Short),
        Margin: reader.ReadDecimal(),
        LeverageTenths: reader.ReadInt32(),
        Levels: PositionLevelFields.Read(ref reader),
        HeldAsset: reader.ReadString(),
        Held: reader.ReadDecimal(),
        TriggerTicks: reader.AtEnd ? 0 : reader.ReadSigned(),
        Direction: reader.AtEnd ? null : ReadDirection(ref reader));

    private static TriggerDirection? ReadDirection(ref ByteReader reader)
    {
        var direction = reader.ReadByteUpTo((byte)TriggerDirection.Rising + 1);
        return direction == 0 ? null : (TriggerDirection)(direction - 1);
    }

    public static void Write(ByteWriter writer, MarginRequested e)
    {
        var frame = writer.BeginEvent(EventNumber.MarginRequested);
        writer.WriteSigned(e.RequestId);
        writer.WriteString(e.ClientRequestId);
        writer.WriteSigned(e.PositionId);
        writer.WriteString(e.Symbol);
        writer.WriteString(e.HeldAsset);
        writer.WriteDecimal(e.Held);
        writer.EndFrame(frame);
    }

    public static MarginRequested ReadMarginRequested(ref ByteReader reader) => new(
        RequestId: reader.ReadSigned(),
        ClientRequestId: reader.ReadString(),
        PositionId: reader.ReadSigned(),
        Symbol: reader.ReadString(),
        HeldAsset: reader.ReadString(),
        Held: reader.ReadDecimal());

    public static void Write(ByteWriter writer, PositionSettled e)
    {
        var frame = writer.BeginEvent(EventNumber.PositionSettled);
        writer.WriteString(e.Symbol);
        writer.WriteSigned(e.Sequence);
        writer.WriteSigned(e.Index);
        writer.WriteByte((byte)e.Kind);
        writer.WriteSigned(e.PositionId);
        writer.WriteSigned(e.RequestId);
        writer.WriteString(e.Asset);
        writer.WriteDecimal(e.MarginChange);
        writer.WriteDecimal(e.Payout);
        writer.WriteDecimal(e.Fee);
        writer.WriteDecimal(e.Released);
        writer.WriteByte((byte)e.Cause);
        writer.WriteDecimal(e.Volume);
        writer.EndFrame(frame);
    }

    public static PositionSettled ReadPositionSettled(ref ByteReader reader) => new(
        Symbol: reader.ReadString(),
        Sequence: reader.ReadSigned(),
        Index: reader.ReadInt32(),
        Kind: (PositionMoveKind)reader.ReadByteUpTo((byte)PositionMoveKind.Closed),
        PositionId: reader.ReadSigned(),
        RequestId: reader.ReadSigned(),
        Asset: reader.ReadString(),
        MarginChange: reader.ReadDecimal(),
        Payout: reader.ReadDecimal(),
        Fee: reader.ReadDecimal(),
        Released: reader.ReadDecimal(),
        Cause: (CloseCause)reader.ReadByteUpTo((byte)CloseCause.Operator),
        Volume: reader.ReadDecimal());
}
