using SQLitePCL;

namespace Exchange.Storage.Sql.Sqlite;

internal sealed class SqliteSession : ISqlSession
{
    private readonly string _path;
    private readonly sqlite3 _database;
    private readonly HashSet<SqliteStatement> _statements = [];
    private readonly ISqlStatement _begin;
    private readonly ISqlStatement _commit;

    static SqliteSession() => Batteries_V2.Init();

    public SqliteSession(string path, bool readOnly)
    {
        _path = path;
        int flags = readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;
        int result = raw.sqlite3_open_v2(path, out _database, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        try
        {
            Check(result);
            raw.sqlite3_extended_result_codes(_database, 1);
            raw.sqlite3_busy_timeout(_database, 5_000);
            _begin = Prepare(readOnly ? "BEGIN" : "BEGIN IMMEDIATE");
            _commit = Prepare("COMMIT");
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    public int Changes => raw.sqlite3_changes(_database);

    public ISqlStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt statement));
        var prepared = new SqliteStatement(this, statement);
        _statements.Add(prepared);
        return prepared;
    }

    public void Forget(SqliteStatement statement) => _statements.Remove(statement);

    public void Execute(string script) => Check(raw.sqlite3_exec(_database, script));

    public void Begin() => _begin.Run();

    public void Commit() => _commit.Run();

    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_database) == 0)
        {
            raw.sqlite3_exec(_database, "ROLLBACK");
        }
    }

    public void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw Failure(result);
        }
    }

    public void Dispose()
    {
        // A connection with a statement left keeps its file open.
        foreach (SqliteStatement statement in _statements.ToArray())
        {
            statement.Dispose();
        }

        raw.sqlite3_close_v2(_database);
    }

    private StorageException Failure(int result)
    {
        string detail = raw.sqlite3_errmsg(_database).utf8_to_string();
        return (result & 0xFF) switch
        {
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_FORMAT =>
                new StorageException(StorageFailure.Damaged, $"'{_path}' is damaged: {detail}."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
                new StorageException(StorageFailure.InUse, $"'{_path}' is in use by another program: {detail}."),
            _ => new StorageException(StorageFailure.Unavailable, $"'{_path}': {detail} (SQLite code {result})."),
        };
    }
}
