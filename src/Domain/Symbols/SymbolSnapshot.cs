using Exchange.Domain.Book;
using Exchange.Domain.Encoding;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Symbols;

/// <summary>A symbol's state as bytes. The book goes in the order of priority, so that adding restores it.</summary>
public static class SymbolSnapshot
{
    private const byte FormatVersion = 3;

    public static byte[] Write(SymbolState state)
    {
        var writer = new ByteWriter(4096);
        writer.WriteByte(FormatVersion);
        WriteOrders(writer, state);
        WriteMemory(writer, state.Orders);
        WriteOutbox(writer, state.Outbox);
        state.History.Write(writer);
        PositionBookSnapshot.Write(writer, state.Positions);
        VenueSnapshot.Write(writer, state);
        return writer.ToArray();
    }

    public static void Read(ReadOnlySpan<byte> bytes, SymbolState state)
    {
        var reader = new ByteReader(bytes);
        var version = reader.ReadByte();
        if (version != FormatVersion)
            throw new CorruptDataException($"Snapshot format {version} of a symbol is not one this program reads.");
        ReadOrders(ref reader, state);
        ReadMemory(ref reader, state.Orders);
        ReadOutbox(ref reader, state.Outbox);
        state.History.Read(ref reader);
        PositionBookSnapshot.Read(ref reader, state.Positions);
        VenueSnapshot.Read(ref reader, state);
    }

    private static void WriteOrders(ByteWriter writer, SymbolState state)
    {
        writer.WriteUnsigned((ulong)state.Book.Count);
        foreach (var resting in state.Book.Orders())
        {
            if (!state.Orders.TryLive(resting.Id, out var live))
                throw new InvalidOperationException($"Order {resting.Id} rests but is not known to be alive.");
            EventCodec.Write(writer, live.Order);
            writer.WriteSigned(resting.Lots);
            writer.WriteSigned(resting.Visible);
            writer.WriteSigned(live.FilledLots);
            writer.WriteDecimal(live.FilledQuote);
        }
    }

    private static void ReadOrders(ref ByteReader reader, SymbolState state)
    {
        for (var left = reader.ReadUnsigned(); left > 0; left--)
        {
            var order = (OrderAccepted)EventCodec.Read(ref reader);
            var lots = reader.ReadSigned();
            var visible = reader.ReadSigned();
            state.Orders.Accept(order).Fill(reader.ReadSigned(), reader.ReadDecimal());
            state.Book.Add(new RestingOrder(
                order.OrderId, order.Account, order.Side, order.PriceTicks, lots, order.DisplayLots, visible));
        }
    }

    private static void WriteMemory(ByteWriter writer, KnownOrders orders)
    {
        writer.WriteUnsigned((ulong)orders.AccountCount);
        foreach (var (account, floor, finished) in orders.Memory())
        {
            writer.WriteSigned(account);
            writer.WriteSigned(floor);
            writer.WriteUnsigned((ulong)finished.Count);
            foreach (var (orderId, end) in finished)
            {
                writer.WriteSigned(orderId);
                writer.WriteByte((byte)end.Status);
                writer.WriteSigned((long)end.Reason);
                writer.WriteSigned(end.Sequence);
                writer.WriteSigned(end.FilledLots);
                writer.WriteDecimal(end.FilledQuote);
            }
        }
    }

    private static void ReadMemory(ref ByteReader reader, KnownOrders orders)
    {
        for (var accounts = reader.ReadUnsigned(); accounts > 0; accounts--)
        {
            var account = reader.ReadSigned();
            orders.RaiseFloor(account, reader.ReadSigned(), nowMs: 0);
            for (var finished = reader.ReadUnsigned(); finished > 0; finished--)
            {
                orders.Finish(account, reader.ReadSigned(), new OrderOutcome(
                    (OrderStatus)reader.ReadByte(),
                    (Reason)reader.ReadSigned(),
                    reader.ReadSigned(),
                    reader.ReadSigned(),
                    reader.ReadDecimal()), nowMs: 0);
            }
        }
    }

    private static void WriteOutbox(ByteWriter writer, Outbox outbox)
    {
        writer.WriteUnsigned((ulong)outbox.Count);
        foreach (var (account, item) in outbox.All())
        {
            writer.WriteSigned(account);
            writer.WriteByte((byte)item.Kind);
            writer.WriteSigned(item.Sequence);
            writer.WriteSigned(item.Index);
            writer.WriteSigned(item.OrderId);
            writer.WriteSigned(item.TradeId);
            writer.WriteByte((byte)item.Side);
            writer.WriteDecimal(item.BaseAmount);
            writer.WriteDecimal(item.QuoteAmount);
            writer.WriteDecimal(item.Fee);
            writer.WriteByte((byte)item.Status);
            writer.WriteSigned((long)item.Reason);
            writer.WriteBool(item.Move is not null);
            if (item.Move is { } move)
                PositionMoveFields.Write(writer, move);
        }
    }

    private static void ReadOutbox(ref ByteReader reader, Outbox outbox)
    {
        for (var items = reader.ReadUnsigned(); items > 0; items--)
        {
            outbox.Add(reader.ReadSigned(), new SettlementItem(
                (SettlementKind)reader.ReadByte(),
                reader.ReadSigned(),
                reader.ReadInt32(),
                reader.ReadSigned(),
                reader.ReadSigned(),
                (Side)reader.ReadByte(),
                reader.ReadDecimal(),
                reader.ReadDecimal(),
                reader.ReadDecimal(),
                (OrderStatus)reader.ReadByte(),
                (Reason)reader.ReadSigned(),
                reader.ReadBool() ? PositionMoveFields.Read(ref reader) : null));
        }
    }
}
