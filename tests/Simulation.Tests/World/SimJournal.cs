using System.Runtime.CompilerServices;
using Exchange.Storage.Journal;

namespace Exchange.Simulation.Tests.World;

/// <summary>
/// One silo's way to the store: appends gather, and a timer of the virtual clock flushes them together. A flush can fail, or
/// take effect and nobody hears of it. It has no thread: whoever waits is resumed through the scheduler.
/// </summary>
public sealed class SimJournal(SimStore store, TimeProvider clock, Chance chance) : IJournal, IJournalReader
{
    private List<Pending> _pending = [];
    private ITimer? _flush;
    private bool _isDead;

    public JournalLoad Load => chance.Fault(chance.JournalFull)
        ? JournalLoad.Full
        : chance.Fault(chance.JournalBusy) ? JournalLoad.Busy : JournalLoad.Normal;

    public Task AppendAsync(string stream, long expectedSequence, ReadOnlyMemory<byte> payload) =>
        OpenWriter(stream).AppendAsync(expectedSequence, payload);

    public IStreamWriter OpenWriter(string stream) => new Writer(this, stream);

    public async IAsyncEnumerable<JournalRecord> ReadAsync(
        string stream, long afterSequence, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Reach();
        var records = store.Records(stream);
        for (var i = (int)afterSequence; i < records.Count; i++)
            yield return new JournalRecord(i + 1, records[i]);
    }

    public ValueTask<long> ReadHeadAsync(string stream, CancellationToken cancellation = default) => new(store.Records(stream).Count);

    public async IAsyncEnumerable<StreamHead> ReadHeadsAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Reach();
        foreach (var name in store.Streams.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToArray())
            yield return new StreamHead(name, store.Records(name).Count);
    }

    public IAsyncEnumerable<StreamRecord> ReadAllAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>The process dies: what was on its way has reached the disk as a whole, or not at all.</summary>
    public void Crash()
    {
        _isDead = true;
        if (chance.OneIn(2))
            Write(_pending);
        _pending.Clear();
    }

    private async Task Reach()
    {
        await Task.Delay(chance.Ms(0, 3), clock);
        if (chance.Fault(chance.ReadFails))
            throw new JournalUnavailableException("The journal could not be read.");
    }

    private Task Add(Pending append)
    {
        if (append.Writer.IsRefused)
            throw new JournalUnavailableException("An earlier append of this writer was refused.");
        _pending.Add(append);
        if (_pending.Count == 1 && !_isDead)
            _flush = clock.CreateTimer(_ => Flush(), null, chance.Ms(1, 8), Timeout.InfiniteTimeSpan);
        return append.Done.Task;
    }

    private void Flush()
    {
        _flush?.Dispose();
        if (_isDead)
            return;
        var batch = _pending;
        _pending = [];
        if (chance.Fault(chance.FlushLost))
            Fail(batch, "The flush failed.");
        else
            Write(batch);
        if (chance.Fault(chance.FlushReplyLost))
            Fail(batch, "Nobody knows whether the flush took effect.");
        foreach (var append in batch)
            append.Answer();
    }

    private static void Fail(List<Pending> batch, string message)
    {
        foreach (var append in batch)
            append.Refuse(new JournalUnavailableException(message));
    }

    private void Write(List<Pending> batch)
    {
        foreach (var append in batch)
        {
            try
            {
                if (append.Writer.IsRefused)
                    append.Refuse(new JournalUnavailableException("An earlier append of this writer was refused."));
                else
                    store.Append(append.Writer.Stream, append.Expected, append.Payload);
            }
            catch (JournalConflictException conflict)
            {
                append.Refuse(conflict);
            }
        }
    }

    private sealed class Writer(SimJournal journal, string stream) : IStreamWriter
    {
        public string Stream => stream;
        public bool IsRefused { get; set; }

        public async Task AppendAsync(long expectedSequence, ReadOnlyMemory<byte> payload) =>
            await journal.Add(new Pending(this, expectedSequence, payload.ToArray()));
    }

    private sealed record Pending(Writer Writer, long Expected, byte[] Payload)
    {
        private Exception? _refusal;

        public TaskCompletionSource Done { get; } = new();

        public void Refuse(Exception refusal)
        {
            _refusal ??= refusal;
            Writer.IsRefused = true;
        }

        public void Answer()
        {
            if (_refusal is null)
                Done.SetResult();
            else
                Done.SetException(_refusal);
        }
    }
}
