using Exchange.Storage.Sql;
using Exchange.Storage.Sql.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Storage.Tests.Postgres;

public sealed class PostgresOpeningTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [PostgresFact]
    public async Task The_first_start_creates_the_schemas_and_the_next_finds_what_was_stored()
    {
        using (ExchangeStorage storage = Open())
        {
            await storage.Journal.AppendAsync("a", 0, "one"u8.ToArray());
        }

        using ExchangeStorage again = Open();
        Assert.Equal(1, await again.JournalReader.ReadHeadAsync("a"));
        await again.ReadModel.CatchUpAsync();
    }

    [PostgresFact]
    public async Task A_second_opener_is_told_so_and_the_first_goes_on()
    {
        using ExchangeStorage first = Open();
        var refusal = Assert.Throws<StorageException>(() => Open());
        Assert.Equal(StorageFailure.InUse, refusal.Failure);
        Assert.Contains("in use by another process", refusal.Message, StringComparison.Ordinal);
        await first.Journal.AppendAsync("a", 0, "one"u8.ToArray());
    }

    [PostgresFact]
    public void Those_who_share_a_database_keep_out_one_that_does_not()
    {
        using ExchangeStorage one = Open(isShared: true), other = Open(isShared: true);
        Assert.Equal(StorageFailure.InUse, Assert.Throws<StorageException>(() => Open()).Failure);
    }

    [PostgresFact]
    public async Task Processes_that_start_at_once_migrate_in_turn()
    {
        const int Processes = 6;
        using var together = new Barrier(Processes);
        Task[] starts = [.. Enumerable.Range(0, Processes).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var dialect = new PostgresDialect(_database.ConnectionString, isShared: true);
                together.SignalAndWait();
                Schemas.Prepare(dialect, TimeProvider.System);
            },
            TaskCreationOptions.LongRunning))];
        await Task.WhenAll(starts);

        Assert.Equal(1L, _database.Execute("SELECT COUNT(*) FROM exchange_journal.journal"));
        Assert.Equal(0L, _database.Execute("SELECT COUNT(*) - COUNT(DISTINCT number) FROM exchange_journal.migrations"));
    }

    [PostgresFact]
    public void A_schema_of_somebody_else_is_left_as_it_is()
    {
        _database.Execute("CREATE SCHEMA exchange_state; CREATE TABLE exchange_state.recipes (name TEXT)");
        var refusal = Assert.Throws<StorageException>(() => Open());
        Assert.Equal(StorageFailure.Foreign, refusal.Failure);
        Assert.Contains("exchange_state", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0L, _database.Execute("SELECT COUNT(*) FROM pg_namespace WHERE nspname = 'exchange_journal'"));
        Assert.Equal(1L, _database.Execute("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'exchange_state'"));
    }

    [PostgresFact]
    public void Data_of_a_later_version_is_left_as_it_is()
    {
        Open().Dispose();
        _database.Execute("INSERT INTO exchange_state.migrations VALUES ('State', 1000, 'from the future', 0)");
        var refusal = Assert.Throws<StorageException>(() => Open());
        Assert.Equal(StorageFailure.Newer, refusal.Failure);
        Assert.Contains("State", refusal.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void A_server_that_is_not_there_is_named()
    {
        var options = new StorageOptions { Postgres = "Host=127.0.0.1;Port=1;Database=nowhere;Username=nobody;Password=secret" };
        var refusal = Assert.Throws<StorageException>(() => ExchangeStorage.Open(options, TimeProvider.System, NullLogger.Instance));
        Assert.Equal(StorageFailure.Disconnected, refusal.Failure);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void Trades_and_candles_become_hypertables_where_there_are_any()
    {
        _database.Execute(
            """
            CREATE TABLE hypertables (name TEXT);
            CREATE FUNCTION create_hypertable(relation REGCLASS, time_column NAME, chunk_time_interval BIGINT) RETURNS VOID
            LANGUAGE sql AS $$ INSERT INTO public.hypertables VALUES (relation || ' by ' || time_column) $$
            """);
        Open().Dispose();
        Assert.Equal("candles by open_ms, trades by at_ms", _database.Execute("SELECT string_agg(name, ', ' ORDER BY name) FROM hypertables"));
        Assert.Equal(
            "PRIMARY KEY (market, id, at_ms)",
            _database.Execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'trades_pkey'"));
    }

    [PostgresFact]
    public void What_is_acknowledged_is_on_the_disk_even_if_the_server_would_not_wait_for_it()
    {
        _database.Execute(
            $"ALTER DATABASE \"{new Npgsql.NpgsqlConnectionStringBuilder(_database.ConnectionString).Database}\" SET synchronous_commit = off");
        using var dialect = new PostgresDialect(_database.ConnectionString);
        Schemas.Prepare(dialect, TimeProvider.System);
        using ISqlSession session = dialect.OpenWriter(StorePurpose.State);
        ISqlStatement setting = session.Prepare("SHOW synchronous_commit");
        setting.Read();
        Assert.Equal("on", setting.Text(0));
    }

    private ExchangeStorage Open(bool isShared = false) => ExchangeStorage.Open(
        new StorageOptions { Postgres = _database.ConnectionString, IsShared = isShared }, TimeProvider.System, NullLogger.Instance);
}
