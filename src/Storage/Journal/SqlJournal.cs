using System.Runtime.CompilerServices;
using Exchange.Storage.Sql;

namespace Exchange.Storage.Journal;

/// <summary>
/// The journal as grains and readers see it. A payload is kept by reference until it is written and followed: whoever
/// appends it must not change it afterwards.
/// </summary>
internal sealed class SqlJournal(AppendQueue queue, ISqlDialect dialect) : IJournal, IJournalReader, IDisposable
{
    private readonly ReaderPool<JournalReads> _readers = new(() => new JournalReads(dialect.OpenReader(StorePurpose.Journal)), dialect.Readers);

    public JournalLoad Load => queue.Load;

    public Task AppendAsync(string stream, long expectedSequence, ReadOnlyMemory<byte> payload) =>
        Append(new PendingAppend(stream, expectedSequence, payload, null));

    public IStreamWriter OpenWriter(string stream) => new StreamWriter(this, stream);

    public Task Append(PendingAppend append)
    {
        try
        {
            queue.Add(append);
        }
        catch (JournalUnavailableException refusal)
        {
            return Task.FromException(refusal);
        }

        return append.Task;
    }

    public async IAsyncEnumerable<JournalRecord> ReadAsync(
        string stream, long afterSequence, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            long after = afterSequence;
            List<JournalRecord> records = await Read(reads => reads.Next(stream, after), cancellation).ConfigureAwait(false);
            if (records.Count == 0)
            {
                yield break;
            }

            foreach (JournalRecord record in records)
            {
                yield return record;
            }

            afterSequence = records[^1].Sequence;
        }
    }

    public async ValueTask<long> ReadHeadAsync(string stream, CancellationToken cancellation = default) =>
        await Read(reads => reads.Head(stream), cancellation).ConfigureAwait(false);

    public async IAsyncEnumerable<StreamHead> ReadHeadsAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? last = null;
        while (true)
        {
            string? after = last;
            List<StreamHead> page = await Read(reads => reads.Heads(prefix, after), cancellation).ConfigureAwait(false);
            if (page.Count == 0)
            {
                yield break;
            }

            foreach (StreamHead head in page)
            {
                yield return head;
            }

            last = page[^1].Stream;
        }
    }

    public async IAsyncEnumerable<StreamRecord> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var records = new List<StreamRecord>();
        for (long entry = 0; ;)
        {
            records.Clear();
            long after = entry;
            entry = await Read(reads => reads.All(after, records), cancellation).ConfigureAwait(false);
            if (records.Count == 0)
            {
                yield break;
            }

            foreach (StreamRecord record in records)
            {
                yield return record;
            }
        }
    }

    public void Dispose() => _readers.Dispose();

    private Task<T> Read<T>(Func<JournalReads, T> read, CancellationToken cancellation) => _readers.Run(read, cancellation);
}
