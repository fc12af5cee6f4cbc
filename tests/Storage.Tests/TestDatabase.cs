using Exchange.Storage.Sql;
using Exchange.Storage.Sql.Postgres;
using Exchange.Storage.Sql.Sqlite;
using Npgsql;

namespace Exchange.Storage.Tests;

/// <summary>
/// A store of a test's own: a folder of SQLite files or, where EXCHANGE_TEST_POSTGRES names a server, a database there.
/// </summary>
public sealed class TestDatabase : IDisposable
{
    public const string ServerVariable = "EXCHANGE_TEST_POSTGRES";
    private static readonly string? Server = Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } server ? server : null;

    private readonly TempFolder? _folder;
    private readonly string _name = $"exchange_{Guid.NewGuid():N}";
    private bool _isHandedOn;

    public TestDatabase()
        : this(IsPostgres)
    {
    }

    private TestDatabase(bool onPostgres)
    {
        if (onPostgres)
        {
            OnServer($"CREATE DATABASE {_name}");
        }
        else
        {
            _folder = new TempFolder();
        }
    }

    private TestDatabase(TempFolder folder) => _folder = folder;

    private TestDatabase(string name) => _name = name;

    public static bool IsPostgres => Server is not null;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(Server) { Database = _name }.ConnectionString;

    public static TestDatabase On(TempFolder folder) => new(folder);

    /// <summary>Shared by several processes where that is possible.</summary>
    internal ISqlDialect Open(bool isShared = true) =>
        _folder is null ? new PostgresDialect(ConnectionString, isShared) : new SqliteDialect(_folder.Path);

    /// <summary>The same store as the next process finds it after this one died; what the read model did not sync may be lost.</summary>
    public TestDatabase AfterCrash(bool losesReadModelLog)
    {
        if (_folder is null)
        {
            TerminateConnections();
            _isHandedOn = true;
            return new TestDatabase(_name);
        }

        TempFolder copy = _folder.CopyAsAfterCrash();
        if (losesReadModelLog)
        {
            File.Delete(copy.File("readmodel.db-wal"));
        }

        return new TestDatabase(copy);
    }

    /// <returns>How many there were.</returns>
    public int TerminateConnections(string ofUse = "%") => (int)(long)OnServer(
        $"SELECT COUNT(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = '{_name}' AND application_name LIKE 'exchange "
            + $"{ofUse}'")!;

    /// <summary>The server is there, but this database is not, until it is let in again.</summary>
    public void Close()
    {
        OnServer($"ALTER DATABASE {_name} ALLOW_CONNECTIONS false");
        TerminateConnections();
    }

    public void Reopen() => OnServer($"ALTER DATABASE {_name} ALLOW_CONNECTIONS true");

    public void Lose(StorePurpose purpose)
    {
        if (_folder is null)
        {
            Execute($"DROP SCHEMA {PostgresDialect.SchemaOf(purpose)} CASCADE");
            return;
        }

        foreach (string file in Directory.GetFiles(_folder.Path, $"{purpose.ToString().ToLowerInvariant()}.db*"))
        {
            File.Delete(file);
        }
    }

    /// <summary>Keeps the journal as it is now, closed, and puts it back later.</summary>
    public Action KeepJournal()
    {
        if (_folder is not null)
        {
            string journal = _folder.File("journal.db"), kept = _folder.File("kept");
            File.Copy(journal, kept);
            return () => File.Copy(kept, journal, overwrite: true);
        }

        string[] tables = ["streams", "entries", "marks"];
        Execute("CREATE SCHEMA kept" + string.Concat(tables.Select(table => $"; CREATE TABLE kept.{table} AS TABLE exchange_journal.{table}")));
        return () => Execute(string.Join("; ", tables.Select(
            table => $"DELETE FROM exchange_journal.{table}; INSERT INTO exchange_journal.{table} SELECT * FROM kept.{table}")));
    }

    /// <summary>A literal of bytes given in hex.</summary>
    public static string Bytes(string hex) => IsPostgres ? $"'\\x{hex}'::bytea" : $"CAST(x'{hex}' AS BLOB)";

    public object? Execute(string sql)
    {
        using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        _folder?.Dispose();
        if (_folder is null && !_isHandedOn)
        {
            OnServer($"DROP DATABASE {_name} WITH (FORCE)");
        }
    }

    private static object? OnServer(string sql)
    {
        using var connection = new NpgsqlConnection($"{Server};Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }
}

/// <summary>A test of what only PostgreSQL does.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (!TestDatabase.IsPostgres)
        {
            Skip = $"Needs PostgreSQL: {TestDatabase.ServerVariable} names no server.";
        }
    }
}
