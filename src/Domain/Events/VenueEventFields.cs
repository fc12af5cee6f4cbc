using Exchange.Domain.Encoding;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Events;

internal static class VenueEventFields
{
    public static void Write(ByteWriter writer, OrderQueued e)
    {
        var frame = writer.BeginEvent(EventNumber.OrderQueued);
        writer.WriteSigned(e.OrderId);
        writer.WriteSigned(e.LotsAhead);
        writer.EndFrame(frame);
    }

    public static OrderQueued ReadOrderQueued(ref ByteReader reader) => new(
        OrderId: reader.ReadSigned(),
        LotsAhead: reader.ReadSigned());

    public static void Write(ByteWriter writer, QueueMoved e)
    {
        var frame = writer.BeginEvent(EventNumber.QueueMoved);
        writer.WriteByte((byte)e.Side);
        writer.WriteSigned(e.PriceTicks);
        writer.WriteSigned(e.TradedLots);
        writer.WriteSigned(e.LastAheadLots);
        writer.EndFrame(frame);
    }

    public static QueueMoved ReadQueueMoved(ref ByteReader reader) => new(
        Side: (Side)reader.ReadByteUpTo((byte)Side.Sell),
        PriceTicks: reader.ReadSigned(),
        TradedLots: reader.ReadSigned(),
        LastAheadLots: reader.ReadSigned());

    public static void Write(ByteWriter writer, VenueLevelTaken e)
    {
        var frame = writer.BeginEvent(EventNumber.VenueLevelTaken);
        writer.WriteByte((byte)e.Side);
        writer.WriteSigned(e.PriceTicks);
        writer.WriteSigned(e.ShownLots);
        writer.WriteSigned(e.TakenLots);
        writer.EndFrame(frame);
    }

    public static VenueLevelTaken ReadVenueLevelTaken(ref ByteReader reader) => new(
        Side: (Side)reader.ReadByteUpTo((byte)Side.Sell),
        PriceTicks: reader.ReadSigned(),
        ShownLots: reader.ReadSigned(),
        TakenLots: reader.ReadSigned());
}
