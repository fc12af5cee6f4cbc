using Exchange.Storage.Journal;
using Exchange.Storage.Sql.Postgres;

namespace Exchange.Storage;

/// <summary>The journal of a PostgreSQL database, only to be read: an exchange may be at work on it meanwhile.</summary>
public sealed class StoredJournal : IDisposable
{
    private readonly PostgresDialect _dialect;
    private readonly SqlJournal _journal;

    private StoredJournal(PostgresDialect dialect)
    {
        _dialect = dialect;
        var closed = new AppendQueue(new StorageOptions());
        closed.Close();
        _journal = new SqlJournal(closed, dialect);
    }

    public IJournal Journal => _journal;

    public IJournalReader Reader => _journal;

    /// <exception cref="StorageException">There is no journal there that this version can read.</exception>
    public static StoredJournal Open(string postgres, TimeProvider time)
    {
        var dialect = new PostgresDialect(postgres);
        try
        {
            Schemas.RequireReadable(dialect, time);
            return new StoredJournal(dialect);
        }
        catch
        {
            dialect.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _journal.Dispose();
        _dialect.Dispose();
    }
}
