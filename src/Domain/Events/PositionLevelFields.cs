using Exchange.Domain.Encoding;
using Exchange.Domain.Positions;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Events;

/// <summary>Levels as they stand in every event that has them, with or without the price that a trailing stop begins at.</summary>
internal static class PositionLevelFields
{
    public static void Write(ByteWriter writer, in PositionLevels levels)
    {
        WritePrices(writer, levels);
        writer.WriteSigned(levels.ExpiresAtMs);
    }

    public static void Write(ByteWriter writer, in PositionLevels levels, long anchorTicks)
    {
        WritePrices(writer, levels);
        writer.WriteSigned(anchorTicks);
        writer.WriteSigned(levels.ExpiresAtMs);
    }

    public static PositionLevels Read(ref ByteReader reader) => ReadPrices(ref reader) with { ExpiresAtMs = reader.ReadSigned() };

    public static PositionLevels Read(ref ByteReader reader, out long anchorTicks)
    {
        var prices = ReadPrices(ref reader);
        anchorTicks = reader.ReadSigned();
        return prices with { ExpiresAtMs = reader.ReadSigned() };
    }

    private static void WritePrices(ByteWriter writer, in PositionLevels levels)
    {
        writer.WriteSigned(levels.StopLossTicks);
        writer.WriteSigned(levels.TakeProfitTicks);
        writer.WriteByte((byte)levels.TrailUnit);
        writer.WriteSigned(levels.TrailDistance);
    }

    private static PositionLevels ReadPrices(ref ByteReader reader) => new(
        StopLossTicks: reader.ReadSigned(),
        TakeProfitTicks: reader.ReadSigned(),
        TrailUnit: (TrailUnit)reader.ReadByteUpTo((byte)TrailUnit.BasisPoints),
        TrailDistance: reader.ReadSigned());
}
