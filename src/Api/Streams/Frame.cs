using System.Buffers.Binary;

namespace Exchange.Api.Streams;

/// <summary>A text message as a WebSocket frame. A server's frames are not masked, so they are the same for every reader.</summary>
internal static class Frame
{
    private const byte FinalText = 0x81;
    private const int ShortMax = 125;
    private const byte TwoBytes = 126;
    private const byte EightBytes = 127;

    public static byte[] Of(ReadOnlySpan<byte> text)
    {
        var head = text.Length <= ShortMax ? 2 : text.Length <= ushort.MaxValue ? 4 : 10;
        var frame = new byte[head + text.Length];
        frame[0] = FinalText;
        switch (head)
        {
            case 2:
                frame[1] = (byte)text.Length;
                break;
            case 4:
                frame[1] = TwoBytes;
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)text.Length);
                break;
            default:
                frame[1] = EightBytes;
                BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)text.Length);
                break;
        }

        text.CopyTo(frame.AsSpan(head));
        return frame;
    }
}
