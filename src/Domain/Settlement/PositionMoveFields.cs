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
    }

    public static PositionMove Read(ref ByteReader reader) => new(
        (PositionMoveKind)reader.ReadByteUpTo((byte)PositionMoveKind.Closed),
        reader.ReadSigned(),
        reader.ReadSigned(),
        reader.ReadDecimal(),
        reader.ReadDecimal(),
        reader.ReadDecimal(),
        (CloseCause)reader.ReadByteUpTo((byte)CloseCause.Operator),
        reader.ReadDecimal());
}
