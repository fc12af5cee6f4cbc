using System.Text;
using Exchange.Storage.Journal;
using Exchange.Storage.Sql;
using Exchange.Storage.Sql.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Storage.Tests;

[Trait("Dialect", "Sqlite")]
public sealed class OpeningTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_start_creates_the_folder_and_the_next_finds_what_was_stored()
    {
        string deep = _folder.File("new/data");
        using (ExchangeStorage storage = Open(deep))
        {
            await storage.Journal.AppendAsync("a", 0, "one"u8.ToArray());
        }

        using ExchangeStorage again = Open(deep);
        Assert.Equal(1, await again.JournalReader.ReadHeadAsync("a"));
    }

    [Fact]
    public async Task Closing_writes_what_was_accepted_and_refuses_the_rest()
    {
        ExchangeStorage storage = Open(_folder.Path);
        Task accepted = storage.Journal.AppendAsync("a", 0, "one"u8.ToArray());
        storage.Dispose();

        await accepted;
        await Assert.ThrowsAsync<JournalUnavailableException>(() => storage.Journal.AppendAsync("a", 1, "two"u8.ToArray()));
    }

    [Fact]
    public async Task A_second_opener_is_told_so_and_changes_nothing()
    {
        using ExchangeStorage first = Open(_folder.Path);
        await first.ReadModel.CatchUpAsync();
        Dictionary<string, string> before = _folder.Contents();

        var refusal = Assert.Throws<StorageException>(() => Open(_folder.Path));

        Assert.Equal(StorageFailure.InUse, refusal.Failure);
        Assert.Contains("in use by another process", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Contents());
    }

    [Fact]
    public void The_folder_is_free_again_after_closing()
    {
        Open(_folder.Path).Dispose();
        Open(_folder.Path).Dispose();
    }

    [Theory]
    [InlineData("journal.db")]
    [InlineData("state.db")]
    public void A_file_that_is_no_database_is_left_as_it_is(string name)
    {
        File.WriteAllText(_folder.File(name), "My shopping list. " + new string('.', 200));
        AssertRefused(StorageFailure.Foreign, name);
    }

    [Fact]
    public void A_database_of_another_program_is_left_as_it_is()
    {
        using (var session = new SqliteSession(_folder.File("journal.db"), readOnly: false))
        {
            session.Execute("CREATE TABLE recipes (name TEXT)");
        }

        AssertRefused(StorageFailure.Foreign, "journal.db");
    }

    [Fact]
    public void Stores_that_were_exchanged_for_one_another_are_noticed()
    {
        Open(_folder.Path).Dispose();
        File.Copy(_folder.File("state.db"), _folder.File("journal.db"), overwrite: true);
        AssertRefused(StorageFailure.Foreign, "journal.db");
    }

    [Fact]
    public void A_database_that_was_cut_short_is_left_as_it_is()
    {
        Open(_folder.Path).Dispose();
        using (FileStream file = File.OpenWrite(_folder.File("journal.db")))
        {
            file.SetLength(file.Length - 4096);
        }

        AssertRefused(StorageFailure.Damaged, "journal.db");
    }

    [Fact]
    public void A_database_whose_schema_is_garbage_is_left_as_it_is()
    {
        Open(_folder.Path).Dispose();
        using (FileStream file = File.OpenWrite(_folder.File("journal.db")))
        {
            file.Position = 100;
            file.Write(Encoding.ASCII.GetBytes(new string('?', 3_996)));
        }

        AssertRefused(StorageFailure.Damaged, "journal.db");
    }

    [Fact]
    public void Data_of_a_later_version_is_left_as_it_is()
    {
        Open(_folder.Path).Dispose();
        using (ISqlSession session = new SqliteDialect(_folder.Path).OpenWriter(StorePurpose.State))
        {
            session.Execute("INSERT INTO migrations VALUES ('State', 1000, 'from the future', 0)");
        }

        AssertRefused(StorageFailure.Newer, "State");
    }

    [Fact]
    public void An_empty_file_that_a_crash_left_is_taken_for_none()
    {
        File.WriteAllBytes(_folder.File("journal.db"), []);
        Open(_folder.Path).Dispose();
    }

    [Fact]
    public async Task After_a_crash_everything_that_was_acknowledged_is_there()
    {
        using var rig = new JournalRig(TestDatabase.On(_folder));
        var appends = new List<Task>();
        for (int sequence = 0; sequence < 500; sequence++)
        {
            appends.Add(rig.Append("a", sequence, $"{sequence}"));
            if (sequence % 7 == 0)
            {
                rig.Flush();
            }
        }

        int acknowledged = appends.Count(append => append.IsCompletedSuccessfully);
        using TempFolder crashed = _folder.CopyAsAfterCrash();
        using var restarted = new JournalRig(TestDatabase.On(crashed));
        Assert.Equal(498, acknowledged);
        Assert.Equal(498, (await restarted.Read("a")).Count);
    }

    [Fact]
    public async Task A_log_that_was_torn_in_the_middle_of_a_flush_gives_all_flushes_before_it()
    {
        using var rig = new JournalRig(TestDatabase.On(_folder));
        _ = rig.Append("a", 0, "one");
        rig.Flush();
        long whole = new FileInfo(_folder.File("journal.db-wal")).Length;
        _ = rig.Append("a", 1, "two");
        rig.Flush();

        using TempFolder crashed = _folder.CopyAsAfterCrash();
        using (FileStream log = File.OpenWrite(crashed.File("journal.db-wal")))
        {
            log.SetLength(whole + ((log.Length - whole) / 2));
        }

        using var restarted = new JournalRig(TestDatabase.On(crashed));
        Assert.Equal(["1:one"], await restarted.Read("a"));
        Task again = restarted.Append("a", 1, "two");
        restarted.Flush();
        await again;
    }

    private static ExchangeStorage Open(string folder) =>
        ExchangeStorage.Open(new StorageOptions { DataFolder = folder }, TimeProvider.System, NullLogger.Instance);

    private void AssertRefused(StorageFailure failure, string named)
    {
        Dictionary<string, string> before = Databases();
        var refusal = Assert.Throws<StorageException>(() => Open(_folder.Path));
        Assert.Equal(failure, refusal.Failure);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, Databases());
    }

    private Dictionary<string, string> Databases() => _folder.Contents()
        .Where(file => file.Key.EndsWith(".db", StringComparison.Ordinal)).ToDictionary();
}
