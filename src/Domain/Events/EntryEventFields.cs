using Exchange.Domain.Encoding;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Events;

internal static class EntryEventFields
{
    public static void Write(ByteWriter writer, EntryArmed e)
    {
        var frame = writer.BeginEvent(EventNumber.EntryArmed);
        writer.WriteSigned(e.PositionId);
        writer.WriteSigned(e.Account);
        writer.WriteString(e.ClientPositionId);
        writer.WriteByte((byte)e.Side);
        writer.WriteDecimal(e.Margin);
        writer.WriteSigned(e.LeverageTenths);
        PositionLevelFields.Write(writer, e.Levels);
        writer.WriteSigned(e.TriggerTicks);
        writer.WriteByte((byte)e.Direction);
        writer.WriteDecimal(e.FeeMax);
        writer.EndFrame(frame);
    }

    public static EntryArmed ReadEntryArmed(ref ByteReader reader) => new(
        PositionId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        ClientPositionId: reader.ReadString(),
        Side: (PositionSide)reader.ReadByteUpTo((byte)PositionSide.Short),
        Margin: reader.ReadDecimal(),
        LeverageTenths: reader.ReadInt32(),
        Levels: PositionLevelFields.Read(ref reader),
        TriggerTicks: reader.ReadSigned(),
        Direction: (TriggerDirection)reader.ReadByteUpTo((byte)TriggerDirection.Rising),
        FeeMax: reader.ReadDecimal());

    public static void Write(ByteWriter writer, EntryFired e)
    {
        var frame = writer.BeginEvent(EventNumber.EntryFired);
        writer.WriteSigned(e.PositionId);
        writer.WriteSigned(e.Account);
        writer.WriteSigned(e.LevelTicks);
        writer.WriteSigned(e.PriceTicks);
        writer.EndFrame(frame);
    }

    public static EntryFired ReadEntryFired(ref ByteReader reader) => new(
        PositionId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        LevelTicks: reader.ReadSigned(),
        PriceTicks: reader.ReadSigned());

    public static void Write(ByteWriter writer, EntryCancelled e)
    {
        var frame = writer.BeginEvent(EventNumber.EntryCancelled);
        writer.WriteSigned(e.PositionId);
        writer.WriteSigned(e.Account);
        writer.WriteSigned((short)e.Reason);
        writer.EndFrame(frame);
    }

    public static EntryCancelled ReadEntryCancelled(ref ByteReader reader) => new(
        PositionId: reader.ReadSigned(),
        Account: reader.ReadSigned(),
        Reason: reader.ReadReason());

    public static void Write(ByteWriter writer, EntryDecided e)
    {
        var frame = writer.BeginEvent(EventNumber.EntryDecided);
        writer.WriteString(e.Symbol);
        writer.WriteSigned(e.Sequence);
        writer.WriteSigned(e.Index);
        writer.WriteSigned(e.PositionId);
        writer.WriteString(e.ClientPositionId);
        writer.WriteByte((byte)e.Side);
        writer.WriteSigned(e.LeverageTenths);
        writer.WriteString(e.Asset);
        writer.WriteDecimal(e.TriggerPrice);
        writer.WriteDecimal(e.ReachedPrice);
        writer.WriteDecimal(e.Margin);
        writer.WriteDecimal(e.Fee);
        writer.WriteDecimal(e.Volume);
        writer.WriteSigned((short)e.Reason);
        writer.EndFrame(frame);
    }

    public static EntryDecided ReadEntryDecided(ref ByteReader reader) => new(
        Symbol: reader.ReadString(),
        Sequence: reader.ReadSigned(),
        Index: reader.ReadInt32(),
        PositionId: reader.ReadSigned(),
        ClientPositionId: reader.ReadString(),
        Side: (PositionSide)reader.ReadByteUpTo((byte)PositionSide.Short),
        LeverageTenths: reader.ReadInt32(),
        Asset: reader.ReadString(),
        TriggerPrice: reader.ReadDecimal(),
        ReachedPrice: reader.ReadDecimal(),
        Margin: reader.ReadDecimal(),
        Fee: reader.ReadDecimal(),
        Volume: reader.ReadDecimal(),
        Reason: reader.ReadReason());
}
