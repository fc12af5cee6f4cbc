using System.Globalization;
using SQLitePCL;

namespace Exchange.Storage.Sql.Sqlite;

internal sealed class SqliteStatement(SqliteSession session, sqlite3_stmt statement) : ISqlStatement
{
    private bool _hasRow;

    public ISqlStatement Bind(int parameter, long value)
    {
        Reset();
        session.Check(raw.sqlite3_bind_int64(statement, parameter, value));
        return this;
    }

    public ISqlStatement Bind(int parameter, string? value)
    {
        Reset();
        session.Check(value is null
            ? raw.sqlite3_bind_null(statement, parameter)
            : raw.sqlite3_bind_text(statement, parameter, value));
        return this;
    }

    public ISqlStatement Bind(int parameter, decimal value)
    {
        Reset();
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        session.Check(raw.sqlite3_bind_text(statement, parameter, text[..length]));
        return this;
    }

    public ISqlStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Reset();
        // An empty span has no address, which SQLite would take for NULL.
        session.Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(statement, parameter, 0)
            : raw.sqlite3_bind_blob(statement, parameter, value));
        return this;
    }

    public int Run()
    {
        while (Read())
        {
        }

        return session.Changes;
    }

    public bool Read()
    {
        int result = raw.sqlite3_step(statement);
        _hasRow = result == raw.SQLITE_ROW;
        if (_hasRow)
        {
            return true;
        }

        raw.sqlite3_reset(statement);
        if (result != raw.SQLITE_DONE)
        {
            session.Check(result);
        }

        return false;
    }

    public void Reset()
    {
        if (_hasRow)
        {
            _hasRow = false;
            raw.sqlite3_reset(statement);
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "";

    public decimal Decimal(int column) => decimal.Parse(Bytes(column), NumberStyles.Number, CultureInfo.InvariantCulture);

    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public void Dispose()
    {
        session.Forget(this);
        statement.Dispose();
    }
}
