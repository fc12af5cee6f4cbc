using Exchange.Storage.Journal;
using Exchange.Storage.Sql;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Storage.Tests;

/// <summary>A journal on a real database whose flushes are stepped by the test.</summary>
internal sealed class JournalRig : IDisposable
{
    private readonly JournalWriter _writer;
    private readonly SqlJournal _journal;

    public JournalRig(TestDatabase database, StorageOptions? options = null, bool isShared = true)
    {
        Dialect = database.Open(isShared);
        Schemas.Prepare(Dialect, TimeProvider.System);
        Store = new FaultyStore(Dialect.OpenJournal(TimeProvider.System));
        var queue = new AppendQueue(options ?? new StorageOptions());
        Feed = new DurableFeed(TimeProvider.System, maxRecords: 100);
        _journal = new SqlJournal(queue, Dialect);
        _writer = new JournalWriter(Store, queue, Feed, TimeProvider.System, NullLogger.Instance);
    }

    public ISqlDialect Dialect { get; }

    public FaultyStore Store { get; }

    public DurableFeed Feed { get; }

    public IJournal Journal => _journal;

    public IJournalReader Reader => _journal;

    public Task Append(string stream, long expected, string record) =>
        Journal.AppendAsync(stream, expected, System.Text.Encoding.UTF8.GetBytes(record));

    public bool Flush() => _writer.FlushOnce();

    /// <summary>"sequence:record" of everything after a sequence.</summary>
    public async Task<List<string>> Read(string stream, long after = 0)
    {
        var records = new List<string>();
        await foreach (JournalRecord record in Journal.ReadAsync(stream, after))
        {
            records.Add($"{record.Sequence}:{System.Text.Encoding.UTF8.GetString(record.Payload.Span)}");
        }

        return records;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _journal.Dispose();
        Dialect.Dispose();
    }
}
