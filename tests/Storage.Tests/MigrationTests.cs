using Exchange.Storage.Sql;

namespace Exchange.Storage.Tests;

public sealed class MigrationTests : IDisposable
{
    private static readonly Migration First = new(1, "first", "CREATE TABLE steps (name TEXT); INSERT INTO steps VALUES ('first');");
    private static readonly Migration Second = new(2, "second", "INSERT INTO steps VALUES ('second');");
    private static readonly Migration Broken = new(3, "broken", "INSERT INTO steps VALUES ('third'); INSERT INTO nowhere VALUES (1)");

    private readonly TestDatabase _database = new();
    private readonly ISqlDialect _dialect;
    private readonly Migrator _migrator;

    public MigrationTests()
    {
        _dialect = _database.Open();
        _dialect.Create(StorePurpose.State);
        _migrator = new Migrator(_dialect, TimeProvider.System);
    }

    public void Dispose()
    {
        _dialect.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Steps_run_in_order_and_once()
    {
        _migrator.Apply(StorePurpose.State, [First]);
        _migrator.Apply(StorePurpose.State, [First, Second]);
        _migrator.Apply(StorePurpose.State, [First, Second]);

        Assert.Equal(["first", "second"], Column("SELECT name FROM steps"));
        Assert.Equal(["1 first", "2 second"], Column("SELECT number || ' ' || name FROM migrations ORDER BY number"));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_schema_as_it_was()
    {
        _migrator.Apply(StorePurpose.State, [First]);
        Assert.Throws<StorageException>(() => _migrator.Apply(StorePurpose.State, [First, Second, Broken]));

        Assert.Equal(["first"], Column("SELECT name FROM steps"));
        Assert.Equal(["1"], Column("SELECT number FROM migrations"));
    }

    [Fact]
    public void A_schema_newer_than_the_code_is_refused()
    {
        _migrator.Apply(StorePurpose.State, [First, Second]);
        var refusal = Assert.Throws<StorageException>(() => _migrator.RefuseNewer(StorePurpose.State, [First]));
        Assert.Equal(StorageFailure.Newer, refusal.Failure);
    }

    private List<string> Column(string sql)
    {
        using ISqlSession session = _dialect.OpenReader(StorePurpose.State);
        ISqlStatement query = session.Prepare(sql);
        var values = new List<string>();
        while (query.Read())
        {
            values.Add(query.Text(0));
        }

        return values;
    }
}
