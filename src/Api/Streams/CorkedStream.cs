using System.Buffers;

namespace Exchange.Api.Streams;

/// <summary>
/// Holds back what is written while it is corked, so that several frames leave in one write: most of what a small message
/// costs is the write. The socket's own pings may come at any time, also from another thread.
/// </summary>
internal sealed class CorkedStream(Stream inner) : Stream
{
    private const int FirstSize = 4096;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private byte[] _held = [];
    private int _length;
    private bool _isCorked;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Cork()
    {
        lock (_gate)
            _isCorked = true;
    }

    public async ValueTask UncorkAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        var (held, length) = Release();
        try
        {
            if (length > 0)
                await inner.WriteAsync(held.AsMemory(0, length), cancellation);
        }
        finally
        {
            _turn.Release();
            if (held.Length > 0)
                ArrayPool<byte>.Shared.Return(held);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        TryHold(buffer.Span) ? default : WriteThroughAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    /// <summary>The server's stream flushes with every write.</summary>
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

    private bool TryHold(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (!_isCorked)
                return false;
            if (_held.Length - _length < bytes.Length)
                Grow(_length + bytes.Length);
            bytes.CopyTo(_held.AsSpan(_length));
            _length += bytes.Length;
            return true;
        }
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstSize, needed));
        _held.AsSpan(0, _length).CopyTo(larger);
        if (_held.Length > 0)
            ArrayPool<byte>.Shared.Return(_held);
        _held = larger;
    }

    private (byte[] Held, int Length) Release()
    {
        lock (_gate)
        {
            var released = (_held, _length);
            (_held, _length, _isCorked) = ([], 0, false);
            return released;
        }
    }

    private async ValueTask WriteThroughAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await inner.WriteAsync(buffer, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }
}
