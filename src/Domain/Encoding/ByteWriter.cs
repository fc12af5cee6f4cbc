using System.Buffers.Binary;
using System.Numerics;

namespace Exchange.Domain.Encoding;

/// <summary>
/// Appends values to a growing buffer in the one compact form that journal and snapshots share: equal values give equal bytes.
/// </summary>
public sealed class ByteWriter(int capacity = 256)
{
    private const int VarintBytesMax = 10;
    private const int KeptBytesMax = 64 * 1024;

    [ThreadStatic]
    private static ByteWriter? _kept;

    private byte[] _buffer = new byte[Math.Max(capacity, VarintBytesMax)];
    private int _length;

    public int Length => _length;
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public byte[] ToArray() => Written.ToArray();

    /// <summary>An empty writer, one per thread kept for the next to come. Give it back with <see cref="Return"/>.</summary>
    public static ByteWriter Rent()
    {
        var writer = _kept ?? new ByteWriter();
        _kept = null;
        writer._length = 0;
        return writer;
    }

    public void Return()
    {
        if (_buffer.Length <= KeptBytesMax)
            _kept = this;
    }

    public void WriteByte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    public void WriteBool(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    public void WriteUnsigned(ulong value)
    {
        Reserve(VarintBytesMax);
        var buffer = _buffer;
        var at = _length;
        while (value >= 0x80)
        {
            buffer[at++] = unchecked((byte)(value | 0x80));
            value >>= 7;
        }

        buffer[at++] = (byte)value;
        _length = at;
    }

    /// <summary>Zig-zag, so that small negative numbers are short too.</summary>
    public void WriteSigned(long value) => WriteUnsigned(unchecked((ulong)((value << 1) ^ (value >> 63))));

    public void WriteString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var bytesMax = ByteReader.Utf8.GetMaxByteCount(value.Length);
        if (bytesMax >= 0x80)
        {
            WriteLongString(value);
            return;
        }

        Reserve(bytesMax + 1);
        var bytes = ByteReader.Utf8.GetBytes(value, _buffer.AsSpan(_length + 1));
        _buffer[_length] = (byte)bytes;
        _length += bytes + 1;
    }

    /// <summary>
    /// Zero is one zero byte. Otherwise a head (scale and sign, plus one; 0x40 where the digits need more than 64 bits)
    /// and the digits, without trailing zeros: 1.50 and 1.5 are the same bytes.
    /// </summary>
    public void WriteDecimal(decimal value)
    {
        if (value == 0)
        {
            WriteByte(0);
            return;
        }

        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        if (bits[2] != 0)
        {
            // Dividing by one with 28 decimals leaves the shortest scale; only such rare numbers pay for it.
            decimal.GetBits(value / 1.0000000000000000000000000000m, bits);
        }

        var scale = (bits[3] >> 16) & 0xFF;
        var negative = bits[3] < 0 ? 1 : 0;
        var digits = unchecked(((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        if (bits[2] != 0)
        {
            WriteByte((byte)(((scale << 1) | negative) + 1 | 0x40));
            Reserve(12);
            BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), digits);
            BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_length + 8), bits[2]);
            _length += 12;
            return;
        }

        StripZeros(ref digits, ref scale);
        WriteByte((byte)(((scale << 1) | negative) + 1));
        WriteUnsigned(digits);
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Starts a part that will be preceded by its length. Give the result to <see cref="EndFrame"/>.</summary>
    public int BeginFrame()
    {
        WriteByte(0);
        return _length;
    }

    public void EndFrame(int start)
    {
        var frame = _length - start;
        if (frame < 0x80)
        {
            _buffer[start - 1] = (byte)frame;
            return;
        }

        // The one byte kept for the length is too short: move the frame up to make room for the rest.
        var extra = BitOperations.Log2((uint)frame) / 7;
        Reserve(extra);
        _buffer.AsSpan(start, frame).CopyTo(_buffer.AsSpan(start + extra));
        _length = start - 1;
        WriteUnsigned((ulong)frame);
        _length = start + extra + frame;
    }

    private static void StripZeros(ref ulong digits, ref int scale)
    {
        while (scale >= 4)
        {
            var quotient = digits / 10_000;
            if (quotient * 10_000 != digits)
                break;
            digits = quotient;
            scale -= 4;
        }

        while (scale > 0)
        {
            var quotient = digits / 10;
            if (quotient * 10 != digits)
                break;
            digits = quotient;
            scale--;
        }
    }

    private void WriteLongString(string value)
    {
        var bytes = ByteReader.Utf8.GetByteCount(value);
        WriteUnsigned((ulong)bytes);
        Reserve(bytes);
        _length += ByteReader.Utf8.GetBytes(value, _buffer.AsSpan(_length));
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
    }
}
