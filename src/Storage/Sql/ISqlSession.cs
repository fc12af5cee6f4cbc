namespace Exchange.Storage.Sql;

/// <summary>A connection with its statements, used by one thread at a time.</summary>
internal interface ISqlSession : IDisposable
{
    ISqlStatement Prepare(string sql);

    /// <summary>Runs a script of statements without parameters or results.</summary>
    void Execute(string script);

    void Begin();

    void Commit();

    /// <summary>Ends the transaction if one is open; never throws.</summary>
    void Rollback();
}

/// <summary>A prepared statement. Parameters count from 1, columns from 0.</summary>
internal interface ISqlStatement : IDisposable
{
    ISqlStatement Bind(int parameter, long value);

    ISqlStatement Bind(int parameter, string? value);

    ISqlStatement Bind(int parameter, decimal value);

    ISqlStatement Bind(int parameter, ReadOnlySpan<byte> value);

    /// <summary>Executes to the end and says how many rows it changed.</summary>
    int Run();

    /// <summary>
    /// Executes by the commit at the latest: a server gets the rows of many such calls at once. Only for inserts of one
    /// row of values and updates by key, of which no two in a transaction may concern the same row.
    /// </summary>
    void Add() => Run();

    /// <summary>Moves to the next row; after the last one the statement is ready to be bound again.</summary>
    bool Read();

    /// <summary>Leaves the remaining rows unread; binding does so too.</summary>
    void Reset();

    bool IsNull(int column);

    long Int64(int column);

    string Text(int column);

    decimal Decimal(int column);

    /// <summary>Valid until the statement moves on.</summary>
    ReadOnlySpan<byte> Bytes(int column);
}

internal static class SqlStatements
{
    public static int Int32(this ISqlStatement statement, int column) => checked((int)statement.Int64(column));
}
