using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Exchange.VenueSimulator;

/// <summary>
/// The venue's end of a WebSocket, frame by frame, because a venue that misbehaves does so in frames: pings that want
/// their payload back, messages in pieces, half a message and then nothing.
/// </summary>
public sealed class VenueSocket
{
    private const int Text = 1;
    private const int CloseFrame = 8;
    private const int Ping = 9;
    private const int Pong = 10;

    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });
    private readonly HttpContext _context;
    private readonly Stream _stream;
    private long _queued;

    private VenueSocket(HttpContext context, Stream stream) => (_context, _stream) = (context, stream);

    /// <summary>The payloads of the pongs the client sent.</summary>
    public ConcurrentQueue<string> Pongs { get; } = new();

    /// <summary>How many frames are not yet handed to the network.</summary>
    public long Queued => Interlocked.Read(ref _queued);

    public static async Task<VenueSocket> AcceptAsync(HttpContext context)
    {
        string key = context.Request.Headers.SecWebSocketKey.ToString();
        byte[] hash = SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
        context.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(hash);
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
        var stream = await context.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync();
        var socket = new VenueSocket(context, stream);
        _ = socket.SendAllAsync();
        return socket;
    }

    public void Send(string message) => Send(Encoding.UTF8.GetBytes(message));

    public void Send(ReadOnlySpan<byte> message) => Enqueue(Frame(Text, isFinal: true, message));

    /// <summary>One message in as many frames as there are pieces.</summary>
    public void SendInPieces(params string[] pieces)
    {
        for (int i = 0; i < pieces.Length; i++)
            Enqueue(Frame(i == 0 ? Text : 0, isFinal: i == pieces.Length - 1, Encoding.UTF8.GetBytes(pieces[i])));
    }

    public void SendPing(string payload) => Enqueue(Frame(Ping, isFinal: true, Encoding.UTF8.GetBytes(payload)));

    public void SendClose() => Enqueue(Frame(CloseFrame, isFinal: true, [0x03, 0xE8]));

    public void Abort() => _context.Abort();

    /// <summary>The client's next message, or null when it has gone.</summary>
    public async Task<string?> ReceiveAsync()
    {
        var message = new MemoryStream();
        try
        {
            while (true)
            {
                var (opcode, isFinal, payload) = await ReadFrameAsync();
                if (opcode == CloseFrame)
                    return null;
                if (opcode == Pong)
                    Pongs.Enqueue(Encoding.UTF8.GetString(payload));
                else if (opcode == Ping)
                    Enqueue(Frame(Pong, isFinal: true, payload));
                else
                    message.Write(payload);
                if (opcode is Text or 0 && isFinal)
                    return Encoding.UTF8.GetString(message.ToArray());
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException
            or InvalidOperationException)
        {
            return null;
        }
    }

    private void Enqueue(byte[] frame)
    {
        Interlocked.Increment(ref _queued);
        _outgoing.Writer.TryWrite(frame);
    }

    private async Task SendAllAsync()
    {
        try
        {
            var batch = new MemoryStream();
            while (await _outgoing.Reader.WaitToReadAsync(_context.RequestAborted))
            {
                int frames = 0;
                batch.SetLength(0);
                while (batch.Length < 64 * 1024 && _outgoing.Reader.TryRead(out byte[]? frame))
                {
                    batch.Write(frame);
                    frames++;
                }
                await _stream.WriteAsync(batch.GetBuffer().AsMemory(0, (int)batch.Length), _context.RequestAborted);
                await _stream.FlushAsync(_context.RequestAborted);
                Interlocked.Add(ref _queued, -frames);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException
            or InvalidOperationException)
        {
            // The client has gone; the receiving side notices too.
        }
    }

    private async Task<(int Opcode, bool IsFinal, byte[] Payload)> ReadFrameAsync()
    {
        byte[] head = new byte[2];
        await _stream.ReadExactlyAsync(head, _context.RequestAborted);
        long length = head[1] & 0x7F;
        if (length == 126)
        {
            byte[] extended = new byte[2];
            await _stream.ReadExactlyAsync(extended, _context.RequestAborted);
            length = BinaryPrimitives.ReadUInt16BigEndian(extended);
        }
        else if (length == 127)
        {
            byte[] extended = new byte[8];
            await _stream.ReadExactlyAsync(extended, _context.RequestAborted);
            length = BinaryPrimitives.ReadInt64BigEndian(extended);
        }
        if ((head[1] & 0x80) == 0)
            throw new IOException("A client's frame must be masked.");
        byte[] mask = new byte[4];
        await _stream.ReadExactlyAsync(mask, _context.RequestAborted);
        byte[] payload = new byte[length];
        await _stream.ReadExactlyAsync(payload, _context.RequestAborted);
        for (int i = 0; i < payload.Length; i++)
            payload[i] ^= mask[i & 3];
        return (head[0] & 0x0F, (head[0] & 0x80) != 0, payload);
    }

    private static byte[] Frame(int opcode, bool isFinal, ReadOnlySpan<byte> payload)
    {
        int headLength = payload.Length < 126 ? 2 : payload.Length <= ushort.MaxValue ? 4 : 10;
        byte[] frame = new byte[headLength + payload.Length];
        frame[0] = (byte)(opcode | (isFinal ? 0x80 : 0));
        if (headLength == 2)
        {
            frame[1] = (byte)payload.Length;
        }
        else if (headLength == 4)
        {
            frame[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        }
        else
        {
            frame[1] = 127;
            BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), payload.Length);
        }
        payload.CopyTo(frame.AsSpan(headLength));
        return frame;
    }
}
