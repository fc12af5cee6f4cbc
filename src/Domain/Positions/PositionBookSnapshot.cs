using Exchange.Domain.Encoding;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>Everything a position book knows. Equal books write equal bytes, so this also tells whether two are equal.</summary>
public static class PositionBookSnapshot
{
    private const byte FormatVersion = 3;
    private const int TriggerBytesMin = 4;

    public static byte[] Write(PositionBook book)
    {
        var writer = ByteWriter.Rent();
        Write(writer, book);
        var bytes = writer.ToArray();
        writer.Return();
        return bytes;
    }

    public static void Write(ByteWriter writer, PositionBook book)
    {
        writer.WriteByte(FormatVersion);
        writer.WriteSigned(book.LastFundingDueMs);
        writer.WriteUnsigned((ulong)book.Count);
        foreach (var position in InOrder(book))
            WritePosition(writer, position);

        writer.WriteUnsigned((ulong)book.Conditionals.Count);
        foreach (var order in book.Conditionals.Orders.OrderBy(order => order.Armed.OrderId))
        {
            EventCodec.Write(writer, order.Armed);
            writer.WriteBool(order.IsActive);
        }

        writer.WriteUnsigned((ulong)book.Entries.Count);
        foreach (var entry in book.Entries.Waiting.OrderBy(entry => entry.PositionId))
            EventCodec.Write(writer, entry);

        WriteTriggers(writer, book.Watches.Mark.Triggers().ToList());
        WriteTriggers(writer, book.Watches.Clock.Triggers().ToList());
        foreach (var watch in new[] { book.Watches.Bid, book.Watches.Ask })
        {
            WriteTriggers(writer, watch.Triggers().ToList());
            WriteTrailing(writer, watch.Trailing().ToList());
        }

        writer.WriteUnsigned((ulong)book.Closed.Count);
        foreach (var (positionId, account) in book.Closed.InOrder())
        {
            writer.WriteSigned(positionId);
            writer.WriteSigned(account);
        }

        writer.WriteUnsigned((ulong)book.Requests.Count);
        foreach (var answered in book.Requests.InOrder())
            EventCodec.Write(writer, answered);
    }

    /// <summary>Into an empty book.</summary>
    public static void Read(ref ByteReader reader, PositionBook book)
    {
        var version = reader.ReadByte();
        if (version != FormatVersion)
            throw new CorruptDataException($"Snapshot format {version} of positions is not one this program reads.");
        book.LastFundingDueMs = reader.ReadSigned();
        for (var left = reader.ReadCount(1); left > 0; left--)
            ReadPosition(ref reader, book);
        for (var left = reader.ReadCount(1); left > 0; left--)
        {
            var armed = ReadEvent<ConditionalArmed>(ref reader);
            book.Conditionals.Add(armed).IsActive = reader.ReadBool();
        }

        for (var left = reader.ReadCount(1); left > 0; left--)
            book.Entries.Add(ReadEvent<EntryArmed>(ref reader));
        foreach (var trigger in ReadTriggers(ref reader))
            book.Watches.Mark.Arm(trigger);
        foreach (var trigger in ReadTriggers(ref reader))
            book.Watches.Clock.Arm(trigger);
        ReadWatch(ref reader, book.Watches.Bid, Side.Sell);
        ReadWatch(ref reader, book.Watches.Ask, Side.Buy);
        for (var left = reader.ReadCount(2); left > 0; left--)
            book.Closed.Add(reader.ReadSigned(), reader.ReadSigned());
        for (var left = reader.ReadCount(1); left > 0; left--)
            book.Requests.Note(EventCodec.Read(ref reader));
    }

    /// <summary>Those that close come last, in the order in which they are to be closed.</summary>
    private static IEnumerable<Position> InOrder(PositionBook book) =>
        book.Positions.Where(position => position.State == PositionState.Open).OrderBy(position => position.Id).Concat(book.Closing);

    private static void WritePosition(ByteWriter writer, Position position)
    {
        EventCodec.Write(writer, position.Opened);
        writer.WriteSigned(position.OpenedAtMs);
        EventCodec.Write(writer, new PositionChanged(position.Id, position.Account, position.Levels, 0));
        writer.WriteByte((byte)position.State);
        writer.WriteByte((byte)position.Cause);
        writer.WriteSigned(position.CauseLevelTicks);
        writer.WriteSigned(position.CausePriceTicks);
        writer.WriteSigned(position.Lots);
        writer.WriteDecimal(position.EntryNotional);
        writer.WriteDecimal(position.Margin);
        writer.WriteSigned(position.UnwoundLots);
        writer.WriteDecimal(position.UnwoundNotional);
        writer.WriteDecimal(position.TotalProfit);
        writer.WriteDecimal(position.TotalFees);
        writer.WriteDecimal(position.TotalFunding);
        writer.WriteDecimal(position.TotalPayout);
        writer.WriteUnsigned((ulong)position.MarginRequests.Count);
        foreach (var requestId in position.MarginRequests.Order())
            writer.WriteSigned(requestId);
    }

    private static void ReadPosition(ref ByteReader reader, PositionBook book)
    {
        var opened = ReadEvent<PositionOpened>(ref reader);
        var openedAtMs = reader.ReadSigned();
        var levels = ReadEvent<PositionChanged>(ref reader);
        var parts = new PositionParts
        {
            State = (PositionState)reader.ReadByteUpTo((byte)PositionState.Closing),
            Cause = (CloseCause)reader.ReadByteUpTo((byte)CloseCause.Operator),
            CauseLevelTicks = reader.ReadSigned(),
            CausePriceTicks = reader.ReadSigned(),
            Lots = reader.ReadSigned(),
            EntryNotional = reader.ReadDecimal(),
            Margin = reader.ReadDecimal(),
            UnwoundLots = reader.ReadSigned(),
            UnwoundNotional = reader.ReadDecimal(),
            TotalProfit = reader.ReadDecimal(),
            TotalFees = reader.ReadDecimal(),
            TotalFunding = reader.ReadDecimal(),
            TotalPayout = reader.ReadDecimal(),
            MarginRequests = ReadIds(ref reader),
        };
        book.Restore(opened, openedAtMs, levels, parts);
    }

    private static List<long> ReadIds(ref ByteReader reader)
    {
        var ids = new List<long>();
        for (var left = reader.ReadCount(1); left > 0; left--)
            ids.Add(reader.ReadSigned());
        return ids;
    }

    private static TEvent ReadEvent<TEvent>(ref ByteReader reader)
        where TEvent : DomainEvent => EventCodec.Read(ref reader) as TEvent
            ?? throw new CorruptDataException($"A snapshot of positions has no {typeof(TEvent).Name} where one must be.");

    private static void WriteTriggers(ByteWriter writer, List<Trigger> triggers)
    {
        writer.WriteUnsigned((ulong)triggers.Count);
        foreach (var trigger in triggers)
        {
            writer.WriteSigned(trigger.Id);
            writer.WriteByte((byte)trigger.Slot);
            writer.WriteByte((byte)trigger.Direction);
            writer.WriteSigned(trigger.Level);
        }
    }

    private static List<Trigger> ReadTriggers(ref ByteReader reader)
    {
        var triggers = new List<Trigger>();
        for (var left = reader.ReadCount(TriggerBytesMin); left > 0; left--)
        {
            triggers.Add(new Trigger(
                reader.ReadSigned(),
                reader.ReadByteUpTo(PriceWatch.SlotMax),
                (TriggerDirection)reader.ReadByteUpTo((byte)TriggerDirection.Rising),
                reader.ReadSigned()));
        }

        return triggers;
    }

    private static void WriteTrailing(ByteWriter writer, List<TrailingStop> stops)
    {
        writer.WriteUnsigned((ulong)stops.Count);
        foreach (var stop in stops)
        {
            writer.WriteSigned(stop.Id);
            writer.WriteByte((byte)stop.Slot);
            writer.WriteByte((byte)stop.Unit);
            writer.WriteSigned(stop.Distance);
            writer.WriteSigned(stop.Anchor);
        }
    }

    private static void ReadWatch(ref ByteReader reader, PriceWatch watch, Side side)
    {
        foreach (var trigger in ReadTriggers(ref reader))
            watch.Arm(trigger);
        for (var left = reader.ReadCount(TriggerBytesMin); left > 0; left--)
        {
            var id = reader.ReadSigned();
            var slot = reader.ReadByteUpTo(PriceWatch.SlotMax);
            var unit = (TrailUnit)reader.ReadByteUpTo((byte)TrailUnit.BasisPoints);
            watch.Arm(new TrailingStop(id, slot, side.TrailDirection(), unit, reader.ReadSigned(), reader.ReadSigned()));
        }
    }
}
