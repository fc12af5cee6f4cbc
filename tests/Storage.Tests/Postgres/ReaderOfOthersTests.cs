using Exchange.Domain.Events;
using Exchange.Storage.Journal;
using Exchange.Storage.Sql.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Storage.Tests.Postgres;

/// <summary>A process that neither writes the journal nor follows it, beside one that does.</summary>
public sealed class ReaderOfOthersTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [PostgresFact]
    public async Task It_reads_what_the_other_process_wrote_and_followed_and_writes_nothing_itself()
    {
        using ExchangeStorage writer = Open();
        using ExchangeStorage reader = Open(writesJournal: false);
        var deposit = new EventBatch(1, [new FundsDeposited("d", "USDT", 7)]);
        await writer.Journal.AppendAsync("portfolio/1", 0, EventCodec.Encode(deposit));

        await reader.ReadModel.CatchUpAsync();

        Assert.Equal(1, await reader.JournalReader.ReadHeadAsync("portfolio/1"));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => reader.Journal.AppendAsync("portfolio/1", 1, EventCodec.Encode(deposit)));
        await Assert.ThrowsAsync<StorageException>(() => reader.ReadModel.RebuildAsync());
        Assert.Equal(1, await writer.JournalReader.ReadHeadAsync("portfolio/1"));
    }

    [PostgresFact]
    public async Task It_never_becomes_the_one_that_follows()
    {
        Open().Dispose();
        using ExchangeStorage reader = Open(writesJournal: false);

        await reader.ReadModel.CatchUpAsync();

        Assert.Equal(0L, _database.Execute($"SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = {(int)PostgresLock.Follower} "
            + "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"));
    }

    [PostgresFact]
    public async Task What_users_tell_it_is_kept_for_all()
    {
        using ExchangeStorage writer = Open(), reader = Open(writesJournal: false);

        await reader.AuditLog.AddAsync("ann", "stop", "fire", "::1");

        Assert.Single(await writer.AuditLog.ListAsync());
    }

    [PostgresFact]
    public void It_leaves_an_empty_database_as_it_is()
    {
        var refusal = Assert.Throws<StorageException>(() => Open(writesJournal: false));

        Assert.Contains("Start a silo first", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0L, _database.Execute("SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'exchange%'"));
    }

    [PostgresFact]
    public void It_does_not_migrate()
    {
        Open().Dispose();
        _database.Execute("DELETE FROM exchange_state.migrations WHERE number = (SELECT MAX(number) FROM exchange_state.migrations)");

        var refusal = Assert.Throws<StorageException>(() => Open(writesJournal: false));

        Assert.Contains("Start a silo of this version first", refusal.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void It_is_not_let_in_by_one_that_has_the_database_alone()
    {
        using ExchangeStorage alone = Open(isShared: false);

        var refusal = Assert.Throws<StorageException>(() => Open(writesJournal: false));

        Assert.Equal(StorageFailure.InUse, refusal.Failure);
        Assert.Contains("Storage:IsShared=true", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_have_no_second_process()
    {
        using var folder = new TempFolder();

        Assert.Throws<ArgumentException>(() => ExchangeStorage.Open(
            new StorageOptions { DataFolder = folder.Path, WritesJournal = false }, TimeProvider.System, NullLogger.Instance));
    }

    private ExchangeStorage Open(bool isShared = true, bool writesJournal = true) => ExchangeStorage.Open(
        new StorageOptions { Postgres = _database.ConnectionString, IsShared = isShared, WritesJournal = writesJournal },
        TimeProvider.System,
        NullLogger.Instance);
}
