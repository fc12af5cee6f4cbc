using System.Buffers;

namespace Exchange.Api.Streams;

/// <summary>
/// Takes what waits for one connection and writes it, several messages at once: most of what a small message costs is the
/// write. At most one worker is here at a time, for the queue names its sender only when nobody has it.
/// </summary>
internal sealed class StreamSender(SendQueue queue, FrameStream stream, StreamWriters writers, Action<Exception> failed, CancellationToken ended)
{
    private const int BatchBytes = 32 * 1024;
    private const int FirstBytes = 2 * 1024;

    public void Wake() => writers.Add(this);

    /// <summary>Never throws: whatever is wrong is wrong with this connection alone.</summary>
    public void SendSome()
    {
        byte[]? gathered = null;
        try
        {
            if (!queue.TryTake(out var first))
            {
                GoOn();
                return;
            }

            ReadOnlyMemory<byte> bytes = first;
            if (queue.TryTake(out var next))
                bytes = Gather(first, next, out gathered);
            var write = stream.WriteAsync(bytes, ended);
            if (!write.IsCompletedSuccessfully)
            {
                _ = FinishAsync(write, gathered);
                return;
            }

            Return(gathered);
            GoOn();
        }
        catch (Exception exception)
        {
            Return(gathered);
            failed(exception);
        }
    }

    private async Task FinishAsync(ValueTask write, byte[]? gathered)
    {
        try
        {
            await write;
            GoOn();
        }
        catch (Exception exception)
        {
            failed(exception);
        }
        finally
        {
            Return(gathered);
        }
    }

    private void GoOn()
    {
        if (!queue.TryRest())
            Wake();
    }

    private ReadOnlyMemory<byte> Gather(byte[] first, byte[] next, out byte[] gathered)
    {
        gathered = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, first.Length + next.Length));
        first.CopyTo(gathered, 0);
        var length = first.Length;
        while (true)
        {
            if (gathered.Length - length < next.Length)
                gathered = Grow(gathered, length, length + next.Length);
            next.CopyTo(gathered, length);
            length += next.Length;
            if (length >= BatchBytes || !queue.TryTake(out next!))
                return gathered.AsMemory(0, length);
        }
    }

    private static byte[] Grow(byte[] from, int length, int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(from.Length * 2, needed));
        from.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(from);
        return larger;
    }

    private static void Return(byte[]? gathered)
    {
        if (gathered is not null)
            ArrayPool<byte>.Shared.Return(gathered);
    }
}
