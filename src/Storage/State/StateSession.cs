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
            return await Task.Run(() => Transact(work), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => Close();

    private T Transact<T>(Func<StatementCache, T> work)
    {
        _session ??= new StatementCache(dialect.OpenWriter(StorePurpose.State));
        try
        {
            _session.Session.Begin();
            T result = work(_session);
            _session.Session.Commit();
            return result;
        }
        catch
        {
            // A statement that was left in the middle would keep the next transaction from committing.
            Close();
            throw;
        }
    }

    private void Close()
    {
        _session?.Session.Rollback();
        _session?.Dispose();
        _session = null;
    }
}
