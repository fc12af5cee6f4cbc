using System.Data;
using Npgsql;

namespace Exchange.Storage.Sql.Postgres;

internal sealed class PostgresSession(NpgsqlConnection connection) : ISqlSession
{
    /// <summary>A migration, or emptying the read model, may take its time.</summary>
    public const int ScriptSeconds = 600;

    private readonly List<GatheredRows> _gathered = [];
    private NpgsqlTransaction? _transaction;

    public ISqlStatement Prepare(string sql) => new PostgresStatement(this, new NpgsqlCommand(sql, connection));

    public void Execute(string script)
    {
        try
        {
            WriteGathered();
            using var command = new NpgsqlCommand(script, connection) { CommandTimeout = ScriptSeconds };
            command.ExecuteNonQuery();
        }
        catch (Exception exception) when (PostgresFailure.Explains(exception))
        {
            throw PostgresFailure.Of(exception);
        }
    }

    public void Begin()
    {
        try
        {
            _transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        }
        catch (Exception exception) when (PostgresFailure.Explains(exception))
        {
            throw PostgresFailure.Of(exception);
        }
    }

    public void Commit()
    {
        try
        {
            WriteGathered();
            _transaction!.Commit();
            _transaction.Dispose();
            _transaction = null;
        }
        catch (Exception exception) when (PostgresFailure.Explains(exception))
        {
            throw PostgresFailure.Of(exception);
        }
    }

    public void Rollback()
    {
        _gathered.ForEach(rows => rows.Clear());
        _gathered.Clear();
        try
        {
            _transaction?.Rollback();
            _transaction?.Dispose();
        }
        catch (Exception exception) when (PostgresFailure.Explains(exception))
        {
            // The connection is gone, and the transaction with it.
        }

        _transaction = null;
    }

    public void Gather(GatheredRows rows) => _gathered.Add(rows);

    /// <summary>Whatever is executed next must find what was added before.</summary>
    public void WriteGathered()
    {
        if (_gathered.Count == 0)
        {
            return;
        }

        GatheredRows[] all = [.. _gathered];
        _gathered.Clear();
        try
        {
            foreach (GatheredRows rows in all)
            {
                rows.Write();
            }
        }
        catch (Exception exception) when (PostgresFailure.Explains(exception))
        {
            throw PostgresFailure.Of(exception);
        }
    }

    public void Dispose() => connection.Dispose();
}
