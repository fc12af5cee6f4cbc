using Exchange.Domain.Encoding;

namespace Exchange.Domain.Events;

internal static class EventFrames
{
    public static int BeginEvent(this ByteWriter writer, EventNumber number)
    {
        writer.WriteUnsigned((ulong)number);
        return writer.BeginFrame();
    }

    /// <summary>Reasons of a newer program are kept as the numbers they are.</summary>
    public static Reason ReadReason(this ref ByteReader reader)
    {
        var value = reader.ReadSigned();
        if (value is < 0 or > short.MaxValue)
            throw new CorruptDataException($"{value} cannot be the number of a reason.");
        return (Reason)value;
    }
}
