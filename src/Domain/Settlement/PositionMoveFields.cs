using Exchange.Domain.Encoding;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Settlement;

/// <summary>A position's move as bytes, for snapshots and for what symbols send to portfolios.</summary>
public static class PositionMoveFields
{
    public static void Write(ByteWriter writer, PositionMove move)
    {
        writer.WriteByte((byte)move.Kind);
        writer.WriteSigned(move.PositionId);
        writer.WriteSigned(move.RequestId);
        writer.WriteDecimal(move.MarginChange);
        writer.WriteDecimal(move.Payout);
        writer.WriteDecimal(move.Fee);
        writer.WriteByte((byte)move.Cause);
        writer.WriteDecimal(move.Volume);
        writer.WriteBool(move.Exit is not null);
        if (move.Exit is { } exit)
            Write(writer, exit);
    }

    public static PositionMove Read(ref ByteReader reader) => new(
        (PositionMoveKind)reader.ReadByteUpTo((byte)PositionMoveKind.Closed),
        reader.ReadSigned(),
        reader.ReadSigned(),
        reader.ReadDecimal(),
        reader.ReadDecimal(),
        reader.ReadDecimal(),
        (CloseCause)reader.ReadByteUpTo((byte)CloseCause.Operator),
        reader.ReadDecimal(),
        reader.ReadBool() ? ReadExit(ref reader) : null);

    private static void Write(ByteWriter writer, PositionExitFacts exit)
    {
        writer.WriteSigned(exit.Lots);
        writer.WriteDecimal(exit.EntryNotional);
        writer.WriteDecimal(exit.ExitNotional);
        writer.WriteDecimal(exit.Profit);
        writer.WriteDecimal(exit.Fee);
        writer.WriteSigned(exit.LevelTicks);
        writer.WriteSigned(exit.PriceTicks);
        writer.WriteString(exit.RequestId);
        writer.WriteSigned(exit.AskedLots);
    }

    private static PositionExitFacts ReadExit(ref ByteReader reader) => new(
        reader.ReadSigned(),
        reader.ReadDecimal(),
        reader.ReadDecimal(),
        reader.ReadDecimal(),
        reader.ReadDecimal(),
        reader.ReadSigned(),
        reader.ReadSigned(),
        reader.ReadString(),
        reader.ReadSigned());
}
