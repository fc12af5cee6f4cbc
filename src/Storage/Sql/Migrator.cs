namespace Exchange.Storage.Sql;

internal sealed class Migrator(ISqlDialect dialect, TimeProvider time)
{
    public void RefuseNewer(StorePurpose purpose, IReadOnlyList<Migration> migrations)
    {
        using ISqlSession session = dialect.OpenReader(purpose);
        if (dialect.HasTable(session, "migrations"))
        {
            RefuseNewer(purpose, Applied(session, purpose), migrations[^1].Number);
        }
    }

    public void RequireApplied(StorePurpose purpose, IReadOnlyList<Migration> migrations)
    {
        using ISqlSession session = dialect.OpenReader(purpose);
        int applied = dialect.HasTable(session, "migrations") ? Applied(session, purpose) : 0;
        RefuseNewer(purpose, applied, migrations[^1].Number);
        if (applied < migrations[^1].Number)
        {
            throw new StorageException(
                StorageFailure.Unavailable,
                $"The {purpose} store has schema {applied}; this version of the exchange needs {migrations[^1].Number}. Start a silo of this "
                    + "version first.");
        }
    }

    public void Apply(StorePurpose purpose, IReadOnlyList<Migration> migrations)
    {
        using ISqlSession session = dialect.OpenWriter(purpose);
        session.Begin();
        try
        {
            session.Execute(dialect.Schema(
                "CREATE TABLE IF NOT EXISTS migrations (purpose TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, applied_ms BIGINT NOT "
                    + "NULL, PRIMARY KEY (purpose, number))"));
            int applied = Applied(session, purpose);
            RefuseNewer(purpose, applied, migrations[^1].Number);
            foreach (Migration migration in migrations)
            {
                if (migration.Number > applied)
                {
                    session.Execute(dialect.Script(migration));
                    Record(session, purpose, migration);
                }
            }

            session.Commit();
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    private static int Applied(ISqlSession session, StorePurpose purpose)
    {
        using ISqlStatement newest = session.Prepare("SELECT COALESCE(MAX(number), 0) FROM migrations WHERE purpose = $1");
        newest.Bind(1, purpose.ToString()).Read();
        int number = newest.Int32(0);
        newest.Reset();
        return number;
    }

    private static void RefuseNewer(StorePurpose purpose, int applied, int known)
    {
        if (applied > known)
        {
            throw new StorageException(
                StorageFailure.Newer,
                $"The {purpose} store has schema {applied}; this version of the exchange knows {known}. Start the version that wrote it, or a "
                    + "later one.");
        }
    }

    private void Record(ISqlSession session, StorePurpose purpose, Migration migration)
    {
        using ISqlStatement insert = session.Prepare("INSERT INTO migrations (purpose, number, name, applied_ms) VALUES ($1, $2, $3, $4)");
        insert.Bind(1, purpose.ToString()).Bind(2, migration.Number).Bind(3, migration.Name)
            .Bind(4, time.GetUtcNow().ToUnixTimeMilliseconds()).Run();
    }
}
