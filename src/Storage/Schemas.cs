using Exchange.Storage.Journal;
using Exchange.Storage.ReadModel;
using Exchange.Storage.Sql;
using Exchange.Storage.State;

namespace Exchange.Storage;

internal static class Schemas
{
    private static readonly (StorePurpose Purpose, Migration[] Migrations)[] All =
    [
        (StorePurpose.Journal, JournalSchema.Migrations),
        (StorePurpose.State, StateSchema.Migrations),
        (StorePurpose.ReadModel, ReadModelSchema.Migrations),
    ];

    /// <summary>Looks at every store before it changes the first, so that a refusal leaves all of them as they were.</summary>
    public static void Prepare(ISqlDialect dialect, TimeProvider time)
    {
        using IDisposable alone = dialect.LockSchemas();
        var migrator = new Migrator(dialect, time);
        var missing = All.Where(store => !dialect.Inspect(store.Purpose)).ToList();
        foreach ((StorePurpose purpose, Migration[] migrations) in All.Except(missing))
        {
            migrator.RefuseNewer(purpose, migrations);
        }

        missing.ForEach(store => dialect.Create(store.Purpose));
        foreach ((StorePurpose purpose, Migration[] migrations) in All)
        {
            migrator.Apply(purpose, migrations);
        }

        GiveIdentity(dialect);
    }

    /// <summary>There is a journal, of this version or an earlier one that it can read.</summary>
    public static void RequireReadable(ISqlDialect dialect, TimeProvider time)
    {
        if (!dialect.Inspect(StorePurpose.Journal))
        {
            throw new StorageException(StorageFailure.Unavailable, "There is no journal of this exchange in the database.");
        }

        new Migrator(dialect, time).RefuseNewer(StorePurpose.Journal, JournalSchema.Migrations);
    }

    /// <summary>Every store is there as this version knows it, and nobody has the database alone.</summary>
    public static void RequireCurrent(ISqlDialect dialect, TimeProvider time)
    {
        using IDisposable alone = dialect.LockSchemas();
        var migrator = new Migrator(dialect, time);
        foreach ((StorePurpose purpose, Migration[] migrations) in All)
        {
            if (!dialect.Inspect(purpose))
            {
                throw new StorageException(StorageFailure.Unavailable, "The database holds no exchange yet. Start a silo first.");
            }

            migrator.RequireApplied(purpose, migrations);
        }
    }

    private static void GiveIdentity(ISqlDialect dialect)
    {
        using ISqlSession session = dialect.OpenWriter(StorePurpose.Journal);
        session.Prepare("INSERT INTO journal (id) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM journal)")
            .Bind(1, Guid.NewGuid().ToString("N")).Run();
    }
}
