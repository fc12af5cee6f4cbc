using Exchange.Storage.Sql;

namespace Exchange.Storage.State;

/// <summary>
/// The one connection to the state store. Its users are few and small next to the journal, so they take turns,
/// and each turn is one durable transaction off the caller's thread.
/// </summary>
internal sealed class StateSession(ISqlDialect dialect) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private StatementCache? _session;

    public async Task<T> Run<T>(Func<StatementCache, T> work, CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Factory.StartNew(
                () => Transact(work), CancellationToken.None, TaskCreationOptions.DenyChildAttach, dialect.Readers).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => Close();

    private T Transact<T>(Func<StatementCache, T> work)
    {
        bool isFresh = _session is null;
        try
        {
            T result = Work(work);
            _session!.Session.Commit();
            return result;
        }
        catch (LostBeforeCommitException) when (!isFresh)
        {
            Close();
            return Transact(work);
        }
        catch (LostBeforeCommitException exception)
        {
            Close();
            throw exception.InnerException!;
        }
        catch
        {
            // A statement that was left in the middle would keep the next transaction from committing.
            Close();
            throw;
        }
    }

    private T Work<T>(Func<StatementCache, T> work)
    {
        _session ??= new StatementCache(dialect.OpenWriter(StorePurpose.State));
        try
        {
            _session.Session.Begin();
            return work(_session);
        }
        catch (StorageException exception) when (exception.Failure == StorageFailure.Disconnected)
        {
            throw new LostBeforeCommitException(exception);
        }
    }

    private void Close()
    {
        _session?.Session.Rollback();
        _session?.Dispose();
        _session = null;
    }

    /// <summary>Nothing came of it, so on a new connection it may be done again.</summary>
    private sealed class LostBeforeCommitException(StorageException inner) : Exception(inner.Message, inner);
}
