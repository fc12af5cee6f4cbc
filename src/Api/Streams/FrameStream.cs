using System.Net.Sockets;

namespace Exchange.Api.Streams;

/// <summary>
/// What a WebSocket's frames leave through, whole and one after the other: ours, which are the same bytes for everybody, and
/// the socket's own pings and its close, which may come at any time from another thread. Where nothing lies between the
/// server and the network they go to the network's socket at once, and only what it does not take at once is waited for.
/// </summary>
/// <param name="direct">The network's socket; null where the bytes have to pass something else, such as TLS.</param>
internal sealed class FrameStream(Stream inner, Socket? direct) : Stream
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _isDirect;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>To be called once the peer has spoken: until then the handshake's answer may still be on its way.</summary>
    public void GoDirect()
    {
        if (direct is null || _isDirect)
            return;
        direct.Blocking = false;
        Volatile.Write(ref _isDirect, true);
    }

    /// <summary>Whole frames. The bytes must stay as they are until this completes.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!Volatile.Read(ref _isDirect) || !_turn.Wait(0, CancellationToken.None))
            return new ValueTask(WaitAndWriteAsync(buffer, cancellationToken));
        int sent;
        try
        {
            sent = SendNow(buffer.Span);
        }
        catch
        {
            _turn.Release();
            throw;
        }

        if (sent < buffer.Length)
            return new ValueTask(WriteInTurnAsync(buffer[sent..], cancellationToken));
        _turn.Release();
        return default;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    /// <summary>Whatever is written leaves at once.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int SendNow(ReadOnlySpan<byte> bytes)
    {
        var sent = direct!.Send(bytes, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => sent,
            SocketError.WouldBlock => 0,
            _ => throw new IOException("The connection is gone.", new SocketException((int)error)),
        };
    }

    private async Task WaitAndWriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        await WriteInTurnAsync(bytes, cancellation);
    }

    /// <summary>The turn is taken and is given back at the end.</summary>
    private async Task WriteInTurnAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            if (!_isDirect)
                await inner.WriteAsync(bytes, cancellation);
            else
                await SendAllAsync(bytes, cancellation);
        }
        catch (SocketException exception)
        {
            throw new IOException("The connection is gone.", exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
            bytes = bytes[await direct!.SendAsync(bytes, SocketFlags.None, cancellation)..];
    }
}
