namespace Exchange.Storage.Sql;

/// <summary>A connection that prepares each statement once.</summary>
internal sealed class StatementCache(ISqlSession session) : IDisposable
{
    private readonly Dictionary<string, ISqlStatement> _statements = [];

    public ISqlSession Session { get; } = session;

    public ISqlStatement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out ISqlStatement? statement))
            {
                statement = Session.Prepare(sql);
                _statements.Add(sql, statement);
            }

            return statement;
        }
    }

    /// <summary>The value of a query that has one row, or none.</summary>
    public long? Number(string sql)
    {
        ISqlStatement query = this[sql];
        if (!query.Read())
        {
            return null;
        }

        long? value = query.IsNull(0) ? null : query.Int64(0);
        query.Reset();
        return value;
    }

    public void Dispose() => Session.Dispose();
}
