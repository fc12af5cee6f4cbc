using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Exchange.Bench.Streaming;

/// <summary>A WebSocket client as small as it can be: it subscribes once and then only reads, so that ten thousand fit beside the silo.</summary>
public sealed class StreamReader(Uri silo, string symbol) : IDisposable
{
    private const int LargestFrame = 64 * 1024;
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[2048];
    private int _length;

    public bool IsClosed { get; private set; }

    public async Task ConnectAsync(CancellationToken cancellation)
    {
        await _socket.ConnectAsync(silo.Host, silo.Port, cancellation);
        var handshake = $"GET /ws HTTP/1.1\r\nHost: {silo.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(handshake));
        int end;
        while ((end = _buffer.AsSpan(0, _length).IndexOf(HeadEnd)) < 0)
            await FillAsync();
        if (!_buffer.AsSpan(0, _length).StartsWith("HTTP/1.1 101"u8))
            throw new InvalidOperationException(Encoding.ASCII.GetString(_buffer, 0, _length));
        Consume(end + HeadEnd.Length);
        await _socket.SendAsync(Frame($$"""{"method":"SUBSCRIBE","params":["depth@{{symbol}}","trade@{{symbol}}"],"id":1}"""));
    }

    /// <summary>Counts the delays of increments and trades until the connection ends.</summary>
    public async Task ReadAsync(Func<DelayCounts> delays)
    {
        try
        {
            while (true)
            {
                while (TryFrame(out var payload, out var frameLength))
                {
                    Count(_buffer.AsSpan(payload.Offset, payload.Length), delays());
                    Consume(frameLength);
                }

                await FillAsync();
            }
        }
        catch (Exception exception) when (exception is SocketException or EndOfStreamException or ObjectDisposedException)
        {
            IsClosed = true;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static void Count(ReadOnlySpan<byte> message, DelayCounts delays)
    {
        if (message.IndexOf("depthSnapshot"u8) >= 0)
            return;
        var at = message.IndexOf("\"E\":"u8);
        if (at >= 0 && Utf8Parser.TryParse(message[(at + 4)..], out long sentMs, out _))
            delays.Record(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - sentMs);
    }

    private bool TryFrame(out (int Offset, int Length) payload, out int frameLength)
    {
        (payload, frameLength) = (default, 0);
        if (_length < 2)
            return false;
        var (offset, length) = (2, _buffer[1] & 0x7f);
        if (length == 126)
        {
            if (_length < 4)
                return false;
            (offset, length) = (4, BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(2)));
        }
        else if (length == 127)
        {
            if (_length < 10)
                return false;
            (offset, length) = (10, (int)BinaryPrimitives.ReadUInt64BigEndian(_buffer.AsSpan(2)));
        }

        if (offset + length > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, offset + length));
        payload = (offset, length);
        frameLength = offset + length;
        return _length >= frameLength;
    }

    private async Task FillAsync()
    {
        if (_length == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length < LargestFrame ? _buffer.Length * 2 : throw new InvalidOperationException("Too large a frame."));
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_length));
        if (read == 0)
            throw new EndOfStreamException();
        _length += read;
    }

    private void Consume(int count)
    {
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
    }

    /// <summary>A client's frames must be masked; a mask of zeros leaves the text as it is.</summary>
    private static byte[] Frame(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        return [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload];
    }
}
