using Exchange.Storage.Sql;

namespace Exchange.Storage.State;

/// <summary>
/// The one connection to the state store. Its users are few and small next to the journal, so they take turns,
/// and each turn is one durable transaction off the caller's thread.
/// </summary>
internal sealed class StateSession(ISqlDialect dialect) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, ISqlStatement> _statements = [];
    private ISqlSession? _session;

    public async Task<T> Run<T>(Func<StateSession, T> work, CancellationToken cancellation = default)
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

    /// <summary>Only for the work that <see cref="Run"/> runs.</summary>
    public ISqlStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out ISqlStatement? statement))
        {
            statement = _session!.Prepare(sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    public void Dispose() => Close();

    private T Transact<T>(Func<StateSession, T> work)
    {
        _session ??= dialect.OpenWriter(StorePurpose.State);
        try
        {
            _session.Begin();
            T result = work(this);
            _session.Commit();
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
        _session?.Rollback();
        _session?.Dispose();
        _session = null;
        _statements.Clear();
    }
}
