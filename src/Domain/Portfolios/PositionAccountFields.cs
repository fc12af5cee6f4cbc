using Exchange.Domain.Encoding;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>The part of a portfolio's snapshot that has to do with positions.</summary>
internal static class PositionAccountFields
{
    public static void Write(ByteWriter writer, PositionAccount positions)
    {
        writer.WriteUnsigned((ulong)positions.Holds.Count);
        foreach (var hold in positions.Holds)
        {
            EventCodec.Write(writer, hold.Terms);
            writer.WriteSigned(hold.PlacedAtMs);
        }

        writer.WriteUnsigned((ulong)positions.Open.Count);
        foreach (var position in positions.Open)
        {
            EventCodec.Write(writer, position.Terms);
            writer.WriteSigned(position.OpenedAtMs);
            writer.WriteDecimal(position.Margin);
            writer.WriteDecimal(position.Result);
        }

        writer.WriteUnsigned((ulong)positions.Answered.Count);
        foreach (var (id, request) in positions.Answered.InOrder())
        {
            writer.WriteString(id);
            writer.WriteSigned(request.OrderId);
            writer.WriteUnsigned(request.Fingerprint);
            writer.WriteByte((byte)request.Status);
            writer.WriteSigned((short)request.Reason);
        }

        writer.WriteUnsigned((ulong)positions.Statistics.Count);
        foreach (var statistics in positions.Statistics)
            Write(writer, statistics);

        writer.WriteUnsigned((ulong)positions.Exits.Count);
        foreach (var (_, exit) in positions.Exits.InOrder())
            EventCodec.Write(writer, exit);

        writer.WriteUnsigned((ulong)positions.Closed.Count);
        foreach (var (id, symbol) in positions.Closed.InOrder())
        {
            writer.WriteSigned(id);
            writer.WriteString(symbol);
        }
    }

    public static void Read(ref ByteReader reader, PositionAccount positions, bool withExits, bool withClosed)
    {
        for (var left = reader.ReadCount(3); left > 0; left--)
            positions.Add(new PositionHold(EventCodec.Read(ref reader), reader.ReadSigned()));
        for (var left = reader.ReadCount(4); left > 0; left--)
        {
            if (EventCodec.Read(ref reader) is not PositionRequested terms)
                throw new CorruptDataException("A position does not begin with its terms.");
            positions.Add(new OwnedPosition(terms, reader.ReadSigned())
            {
                Margin = reader.ReadDecimal(),
                Result = reader.ReadDecimal(),
            });
        }

        for (var left = reader.ReadCount(5); left > 0; left--)
        {
            positions.Answered.Add(reader.ReadString(), new FinishedOrder(
                reader.ReadSigned(),
                reader.ReadUnsigned(),
                (OrderStatus)reader.ReadByteUpTo((byte)OrderStatus.Rejected),
                reader.ReadReason()));
        }

        for (var left = reader.ReadCount(8); left > 0; left--)
            positions.Restore(ReadStatistics(ref reader));
        for (var left = withExits ? reader.ReadCount(2) : 0; left > 0; left--)
        {
            if (EventCodec.Read(ref reader) is not PositionLeft exit)
                throw new CorruptDataException("An exit is not one.");
            positions.Apply(exit);
        }

        for (var left = withClosed ? reader.ReadCount(2) : 0; left > 0; left--)
            positions.Closed.Add(reader.ReadSigned(), reader.ReadString());
    }

    private static void Write(ByteWriter writer, PositionStatistics statistics)
    {
        writer.WriteString(statistics.Asset);
        writer.WriteSigned(statistics.Count);
        writer.WriteSigned(statistics.Wins);
        writer.WriteSigned(statistics.Losses);
        writer.WriteDecimal(statistics.Volume);
        writer.WriteDecimal(statistics.NetProfit);
        writer.WriteDecimal(statistics.Best);
        writer.WriteDecimal(statistics.Worst);
    }

    private static PositionStatistics ReadStatistics(ref ByteReader reader) => new(
        reader.ReadString(),
        reader.ReadSigned(),
        reader.ReadSigned(),
        reader.ReadSigned(),
        reader.ReadDecimal(),
        reader.ReadDecimal(),
        reader.ReadDecimal(),
        reader.ReadDecimal());
}
