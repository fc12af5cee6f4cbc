using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Exchange.Storage.Journal;

/// <summary>The records of one stream in one flush as one value: each as its length (7 bits a byte) and its bytes.</summary>
internal static class JournalEntry
{
    public static void Write(ArrayBufferWriter<byte> writer, ReadOnlySpan<byte> record)
    {
        Span<byte> target = writer.GetSpan(record.Length + 5);
        int at = 0;
        uint length = (uint)record.Length;
        for (; length >= 0x80; length >>= 7)
        {
            target[at++] = (byte)(length | 0x80);
        }

        target[at++] = (byte)length;
        record.CopyTo(target[at..]);
        writer.Advance(at + record.Length);
    }

    public static ReadOnlyMemory<byte> Next(ref ReadOnlyMemory<byte> rest)
    {
        ReadOnlySpan<byte> bytes = rest.Span;
        int at = 0, length = 0, shift = 0;
        byte part;
        do
        {
            part = bytes[at++];
            length |= (part & 0x7F) << shift;
            shift += 7;
        }
        while (part >= 0x80);

        ReadOnlyMemory<byte> record = rest.Slice(at, length);
        rest = rest[(at + length)..];
        return record;
    }

    public static uint Checksum(ReadOnlySpan<byte> payload)
    {
        uint sum = uint.MaxValue;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(payload))
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (byte rest in payload[(payload.Length & ~7)..])
        {
            sum = BitOperations.Crc32C(sum, rest);
        }

        return ~sum;
    }
}
