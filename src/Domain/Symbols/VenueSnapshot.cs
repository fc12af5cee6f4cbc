using Exchange.Domain.Encoding;
using Exchange.Domain.Orders;
using Exchange.Domain.Venue;

namespace Exchange.Domain.Symbols;

/// <summary>What a symbol keeps about its venue: the places of its orders in the venue's queues, and what was taken from levels.</summary>
internal static class VenueSnapshot
{
    private const long Unknown = -1;

    public static void Write(ByteWriter writer, SymbolState state)
    {
        writer.WriteUnsigned((ulong)state.Queue.Orders);
        foreach (var (orderId, ahead) in state.Queue.Places())
        {
            writer.WriteSigned(orderId);
            writer.WriteSigned(ahead ?? Unknown);
        }

        var taken = state.Venue.Taken().ToList();
        writer.WriteUnsigned((ulong)taken.Count);
        foreach (var level in taken)
        {
            writer.WriteByte((byte)level.Side);
            writer.WriteSigned(level.Price);
            writer.WriteSigned(level.ShownLots);
            writer.WriteSigned(level.TakenLots);
        }
    }

    public static void Read(ref ByteReader reader, SymbolState state)
    {
        for (var left = reader.ReadUnsigned(); left > 0; left--)
        {
            var orderId = reader.ReadSigned();
            var ahead = reader.ReadSigned();
            if (state.Book.TryGet(orderId, out var resting))
                state.Queue.Join(orderId, resting.Side, resting.Price, resting.Lots, ahead == Unknown ? null : ahead);
        }

        for (var left = reader.ReadUnsigned(); left > 0; left--)
        {
            state.Venue.Remember(new TakenLevel(
                (Side)reader.ReadByteUpTo((byte)Side.Sell), reader.ReadSigned(), reader.ReadSigned(), reader.ReadSigned()));
        }
    }
}
