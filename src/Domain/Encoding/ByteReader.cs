using System.Buffers.Binary;
using System.Text;

namespace Exchange.Domain.Encoding;

/// <summary>
/// Reads what <see cref="ByteWriter"/> wrote. Every length is checked against what is really there before anything is allocated.
/// </summary>
public ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    internal static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly bool AtEnd => _at == _bytes.Length;
    public readonly int Remaining => _bytes.Length - _at;

    public byte ReadByte()
    {
        if (_at == _bytes.Length)
            throw Truncated();
        return _bytes[_at++];
    }

    public bool ReadBool() => ReadByteUpTo(1) == 1;

    /// <summary>A small number with a known limit, such as the value of an enum.</summary>
    public byte ReadByteUpTo(byte max)
    {
        var value = ReadByte();
        if (value > max)
            throw new CorruptDataException($"The value {value} is above its limit {max}.");
        return value;
    }

    public ulong ReadUnsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            if (shift == 63 && next > 1)
                break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new CorruptDataException("A number has more than 64 bits.");
    }

    public long ReadSigned()
    {
        var raw = ReadUnsigned();
        return unchecked((long)(raw >> 1) ^ -(long)(raw & 1));
    }

    public int ReadInt32()
    {
        var value = ReadSigned();
        if (value is < int.MinValue or > int.MaxValue)
            throw new CorruptDataException($"The number {value} has more than 32 bits.");
        return (int)value;
    }

    /// <summary>How many items follow, believed only if so many can still be there.</summary>
    public int ReadCount(int itemBytesMin)
    {
        var count = ReadUnsigned();
        if (count > (ulong)(Remaining / itemBytesMin))
            throw Truncated();
        return (int)count;
    }

    public string ReadString()
    {
        var length = ReadCount(1);
        if (length == 0)
            return "";
        try
        {
            return Utf8.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw new CorruptDataException("A text is not valid UTF-8.");
        }
    }

    public decimal ReadDecimal()
    {
        var head = ReadByte();
        if (head == 0)
            return 0;

        var wide = (head & 0x40) != 0;
        var scaleAndSign = (head & 0x3F) - 1;
        var scale = scaleAndSign >> 1;
        if (head > 0x7F || scaleAndSign < 0 || scale > 28)
            throw new CorruptDataException($"A decimal cannot start with {head}.");

        ulong low;
        var high = 0;
        if (wide)
        {
            var digits = Take(12);
            low = BinaryPrimitives.ReadUInt64LittleEndian(digits);
            high = BinaryPrimitives.ReadInt32LittleEndian(digits[8..]);
        }
        else
        {
            low = ReadUnsigned();
        }

        return unchecked(new decimal((int)low, (int)(low >> 32), high, (scaleAndSign & 1) != 0, (byte)scale));
    }

    public ReadOnlySpan<byte> ReadBytes(int count) => Take(count);

    /// <summary>A part with its own end: what its reader leaves unread there is skipped.</summary>
    public ByteReader ReadFrame() => new(Take(ReadCount(1)));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
            throw Truncated();
        var taken = _bytes.Slice(_at, count);
        _at += count;
        return taken;
    }

    private static CorruptDataException Truncated() => new("The data ends too early.");
}
