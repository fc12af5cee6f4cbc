using Exchange.Domain.Encoding;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Portfolios;

/// <summary>Everything a portfolio knows. Equal portfolios write equal bytes, so this also tells whether two are equal.</summary>
public static class PortfolioSnapshot
{
    private const byte FormatVersion = 5;
    private const byte WithControls = 3;
    private const byte WithResetsAndAnnouncements = 4;
    private const byte WithClosedPositions = 5;
    private const byte OldestVersion = 2;

    public static byte[] Write(Portfolio portfolio)
    {
        var writer = ByteWriter.Rent();
        Write(writer, portfolio);
        var bytes = writer.ToArray();
        writer.Return();
        return bytes;
    }

    public static void Write(ByteWriter writer, Portfolio portfolio)
    {
        var state = portfolio.ToState();
        writer.WriteByte(FormatVersion);
        writer.WriteSigned(state.Account);
        writer.WriteString(state.Email);
        writer.WriteBool(state.IsOpened);
        writer.WriteSigned(state.LastOrderCounter);

        writer.WriteUnsigned((ulong)state.Balances.Count);
        foreach (var balance in state.Balances)
        {
            writer.WriteString(balance.Asset);
            writer.WriteDecimal(balance.Available);
            writer.WriteDecimal(balance.Held);
            writer.WriteDecimal(balance.InPositions);
        }

        writer.WriteUnsigned((ulong)state.Marks.Count);
        foreach (var (symbol, sequence) in state.Marks.OrderBy(mark => mark.Key, StringComparer.Ordinal))
        {
            writer.WriteString(symbol);
            writer.WriteSigned(sequence);
        }

        writer.WriteUnsigned((ulong)state.OpenOrders.Count);
        foreach (var order in state.OpenOrders)
            WriteOrder(writer, order);

        writer.WriteUnsigned((ulong)state.Finished.Count);
        foreach (var (id, order) in state.Finished.InOrder())
        {
            writer.WriteString(id);
            writer.WriteSigned(order.OrderId);
            writer.WriteUnsigned(order.Fingerprint);
            writer.WriteByte((byte)order.Status);
            writer.WriteSigned((short)order.Reason);
        }

        writer.WriteUnsigned((ulong)state.Deposits.Count);
        foreach (var (id, deposit) in state.Deposits.InOrder())
        {
            writer.WriteString(id);
            writer.WriteString(deposit.Asset);
            writer.WriteDecimal(deposit.Amount);
        }

        PositionAccountFields.Write(writer, portfolio.Positions);
        writer.WriteUnsigned((ulong)state.SetAside.Count);
        foreach (var ((symbol, sequence), reason) in state.SetAside.All)
        {
            writer.WriteString(symbol);
            writer.WriteSigned(sequence);
            writer.WriteSigned((short)reason);
        }

        portfolio.Controls.Write(writer);
        WriteResets(writer, portfolio.Resets);
        writer.WriteSigned(portfolio.Announcements.LastNumber);
        writer.WriteUnsigned((ulong)portfolio.Announcements.Count);
        foreach (var announcement in portfolio.Announcements.Pending)
        {
            writer.WriteSigned(announcement.Number);
            writer.WriteSigned(announcement.AtMs);
            EventCodec.Write(writer, announcement.Happened);
        }
    }

    public static Portfolio Read(ReadOnlySpan<byte> bytes, int rememberedRequests = Portfolio.RememberedRequestsDefault)
    {
        var reader = new ByteReader(bytes);
        var version = reader.ReadByte();
        if (version is < OldestVersion or > FormatVersion)
            throw new CorruptDataException($"Snapshot format {version} is not one this program reads.");

        var portfolio = new Portfolio(reader.ReadSigned(), rememberedRequests);
        portfolio.Restore(reader.ReadString(), reader.ReadBool(), reader.ReadSigned());
        for (var count = reader.ReadCount(4); count > 0; count--)
            portfolio.Restore(new Balance(reader.ReadString(), reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadDecimal()));
        for (var count = reader.ReadCount(2); count > 0; count--)
            portfolio.RestoreMark(reader.ReadString(), reader.ReadSigned());
        for (var count = reader.ReadCount(8); count > 0; count--)
            portfolio.Restore(ReadOrder(ref reader));
        for (var count = reader.ReadCount(5); count > 0; count--)
            portfolio.Restore(reader.ReadString(), ReadFinished(ref reader));
        for (var count = reader.ReadCount(3); count > 0; count--)
            portfolio.Restore(reader.ReadString(), new Deposit(reader.ReadString(), reader.ReadDecimal()));
        PositionAccountFields.Read(
            ref reader, portfolio.Positions, withExits: version >= WithResetsAndAnnouncements, withClosed: version >= WithClosedPositions);
        for (var count = reader.ReadCount(3); count > 0; count--)
            portfolio.RestoreSetAside(reader.ReadString(), reader.ReadSigned(), reader.ReadReason());
        if (version >= WithControls)
            portfolio.Controls.Read(ref reader);
        if (version < WithResetsAndAnnouncements)
            return portfolio;
        ReadResets(ref reader, portfolio.Resets);
        portfolio.Announcements.Restore(reader.ReadSigned());
        for (var count = reader.ReadCount(4); count > 0; count--)
            portfolio.Announcements.Restore(new Announcement(reader.ReadSigned(), reader.ReadSigned(), EventCodec.Read(ref reader)));
        return portfolio;
    }

    private static void WriteResets(ByteWriter writer, AccountResets resets)
    {
        writer.WriteString(resets.RunningId);
        writer.WriteString(resets.LastId);
        writer.WriteSigned(resets.StartedAtMs);
        writer.WriteUnsigned((ulong)resets.Finished.Count);
        foreach (var (id, atMs) in resets.Finished.InOrder())
        {
            writer.WriteString(id);
            writer.WriteSigned(atMs);
        }
    }

    private static void ReadResets(ref ByteReader reader, AccountResets resets)
    {
        resets.Restore(reader.ReadString(), reader.ReadString(), reader.ReadSigned());
        for (var count = reader.ReadCount(2); count > 0; count--)
            resets.Finished.Add(reader.ReadString(), reader.ReadSigned());
    }

    private static void WriteOrder(ByteWriter writer, OpenOrder order)
    {
        EventCodec.Write(writer, order.Terms);
        writer.WriteSigned(order.PlacedAtMs);
        writer.WriteSigned(order.UpdatedAtMs);
        writer.WriteDecimal(order.Held);
        writer.WriteDecimal(order.FilledBase);
        writer.WriteDecimal(order.FilledQuote);
        writer.WriteDecimal(order.Fee);
        writer.WriteDecimal(order.ReducedBy);
        if (order.Terms.Type.IsConditional())
            writer.WriteSigned(order.TriggeredAtMs);
    }

    private static OpenOrder ReadOrder(ref ByteReader reader)
    {
        if (EventCodec.Read(ref reader) is not OrderPlaced terms)
            throw new CorruptDataException("An open order does not begin with its terms.");
        return new OpenOrder(terms, reader.ReadSigned())
        {
            UpdatedAtMs = reader.ReadSigned(),
            Held = reader.ReadDecimal(),
            FilledBase = reader.ReadDecimal(),
            FilledQuote = reader.ReadDecimal(),
            Fee = reader.ReadDecimal(),
            ReducedBy = reader.ReadDecimal(),
            TriggeredAtMs = terms.Type.IsConditional() ? reader.ReadSigned() : 0,
        };
    }

    private static FinishedOrder ReadFinished(ref ByteReader reader) => new(
        reader.ReadSigned(),
        reader.ReadUnsigned(),
        (OrderStatus)reader.ReadByteUpTo((byte)OrderStatus.Rejected),
        reader.ReadReason());
}
