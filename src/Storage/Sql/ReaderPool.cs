using System.Collections.Concurrent;

namespace Exchange.Storage.Sql;

/// <summary>Reading blocks its thread, so it never happens on the one that asks; connections are kept for the next reader.</summary>
internal sealed class ReaderPool<TReader>(Func<TReader> open) : IDisposable
    where TReader : IDisposable
{
    private const int IdleMax = 8;
    private readonly ConcurrentBag<TReader> _idle = [];

    public Task<T> Run<T>(Func<TReader, T> read, CancellationToken cancellation) => Task.Run(() => Read(read), cancellation);

    public void Dispose()
    {
        while (_idle.TryTake(out TReader? reader))
        {
            reader.Dispose();
        }
    }

    private T Read<T>(Func<TReader, T> read)
    {
        TReader reader = _idle.TryTake(out TReader? idle) ? idle : open();
        T result;
        try
        {
            result = read(reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }

        if (_idle.Count < IdleMax)
        {
            _idle.Add(reader);
        }
        else
        {
            reader.Dispose();
        }

        return result;
    }
}
