using Exchange.Storage.Journal;

namespace Exchange.Storage.Sql.Sqlite;

internal sealed class SqliteDialect(string folder) : ISqlDialect
{
    public bool IsShared => false;

    public TaskScheduler Readers => TaskScheduler.Default;

    /// <summary>Whoever holds the folder is alone already.</summary>
    public IDisposable LockSchemas() => new MemoryStream();

    public bool Inspect(StorePurpose purpose) => SqliteFile.Inspect(PathOf(purpose), purpose);

    /// <summary>The id is the file's first transaction, so that a crash leaves either an empty file or one that is known as ours.</summary>
    public void Create(StorePurpose purpose)
    {
        using var session = new SqliteSession(PathOf(purpose), readOnly: false);
        session.Execute($"PRAGMA page_size = 4096; PRAGMA application_id = {SqliteFile.ApplicationId(purpose)}; PRAGMA journal_mode = WAL");
    }

    public ISqlSession OpenWriter(StorePurpose purpose)
    {
        var session = new SqliteSession(PathOf(purpose), readOnly: false);
        try
        {
            session.Execute(WriterSettings(purpose));
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public ISqlSession OpenReader(StorePurpose purpose)
    {
        var session = new SqliteSession(PathOf(purpose), readOnly: true);
        session.Execute("PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1073741824");
        return session;
    }

    public IJournalStore OpenJournal(TimeProvider time) => new SqlJournalStore(() => OpenWriter(StorePurpose.Journal));

    public bool TryLead(ISqlSession session) => true;

    public string Script(Migration migration) => Schema(migration.Script);

    public string Schema(string shared) => shared
        .Replace("{identity}", "INTEGER PRIMARY KEY", StringComparison.Ordinal)
        .Replace("{id}", "INTEGER PRIMARY KEY", StringComparison.Ordinal)
        .Replace("{bytes}", "BLOB", StringComparison.Ordinal)
        .Replace("{decimal}", "TEXT", StringComparison.Ordinal)
        .Replace("{clustered}", "WITHOUT ROWID", StringComparison.Ordinal);

    public bool HasTable(ISqlSession session, string table)
    {
        using ISqlStatement find = session.Prepare("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1");
        find.Bind(1, table).Read();
        bool has = find.Int64(0) == 1;
        find.Reset();
        return has;
    }

    public void Dispose()
    {
    }

    public string PathOf(StorePurpose purpose) => Path.Combine(folder, purpose switch
    {
        StorePurpose.Journal => "journal.db",
        StorePurpose.ReadModel => "readmodel.db",
        _ => "state.db",
    });

    /// <summary>What can be rebuilt from the journal need not survive a power cut, only stay whole.</summary>
    private static string WriterSettings(StorePurpose purpose) => purpose switch
    {
        StorePurpose.ReadModel => "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192; PRAGMA wal_autocheckpoint = 16000",
        StorePurpose.Journal => "PRAGMA synchronous = FULL; PRAGMA cache_size = -4096; PRAGMA wal_autocheckpoint = 2000",
        _ => "PRAGMA synchronous = FULL; PRAGMA cache_size = -4096",
    } + "; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864";
}
