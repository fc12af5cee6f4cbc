using System.Collections.Concurrent;

namespace Exchange.Storage.Sql;

/// <summary>Reading blocks its thread, so it never happens on the one that asks; connections are kept for the next reader.</summary>
internal sealed class ReaderPool<TReader>(Func<TReader> open, TaskScheduler threads) : IDisposable
    where TReader : IDisposable
{
    private const int IdleMax = 8;
    private readonly ConcurrentBag<TReader> _idle = [];

    public Task<T> Run<T>(Func<TReader, T> read, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => Read(read), cancellation, TaskCreationOptions.DenyChildAttach, threads);

    public void Dispose()
    {
        while (_idle.TryTake(out TReader? reader))
        {
            reader.Dispose();
        }
    }

    /// <summary>A connection may have been lost while nobody used it; that is not the next reader's fault.</summary>
    private T Read<T>(Func<TReader, T> read)
    {
        while (_idle.TryTake(out TReader? idle))
        {
            try
            {
                return Read(idle, read);
            }
            catch (StorageException exception) when (exception.Failure == StorageFailure.Disconnected)
            {
            }
        }

        return Read(open(), read);
    }

    private T Read<T>(TReader reader, Func<TReader, T> read)
    {
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
