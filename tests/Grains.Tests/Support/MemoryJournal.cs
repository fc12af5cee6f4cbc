using System.Runtime.CompilerServices;
using Exchange.Storage.Journal;

namespace Exchange.Grains.Tests.Support;

/// <summary>A journal that outlives the grains of a test and fails on command.</summary>
public sealed class MemoryJournal : IJournal, IJournalReader
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, List<byte[]>> _streams = new(StringComparer.Ordinal);
    private readonly List<(string Stream, long Sequence)> _order = [];

    /// <summary>Asked before each append: whether it fails, and if so whether it takes effect nevertheless.</summary>
    public Func<string, AppendFault> Fault { get; set; } = _ => AppendFault.None;

    /// <summary>While set, appends are accepted but become durable only when it completes.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public JournalLoad Load { get; set; }

    public int Count
    {
        get
        {
            lock (_lock)
                return _order.Count;
        }
    }

    public Task AppendAsync(string stream, long expectedSequence, ReadOnlyMemory<byte> payload) =>
        new Writer(this, stream).AppendAsync(expectedSequence, payload);

    public IStreamWriter OpenWriter(string stream) => new Writer(this, stream);

    public async IAsyncEnumerable<JournalRecord> ReadAsync(
        string stream, long afterSequence, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        foreach (var (payload, index) in Records(stream).Select((payload, index) => (payload, index)).Skip((int)afterSequence))
            yield return new JournalRecord(index + 1, payload);
    }

    public ValueTask<long> ReadHeadAsync(string stream, CancellationToken cancellation = default) => new(Records(stream).Length);

    public async IAsyncEnumerable<StreamHead> ReadHeadsAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        string[] names;
        lock (_lock)
            names = [.. _streams.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        foreach (var name in names)
            yield return new StreamHead(name, Records(name).Length);
    }

    public async IAsyncEnumerable<StreamRecord> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        (string Stream, long Sequence)[] order;
        lock (_lock)
            order = [.. _order];
        foreach (var (stream, sequence) in order)
            yield return new StreamRecord(stream, sequence, Records(stream)[sequence - 1]);
    }

    private byte[][] Records(string stream)
    {
        lock (_lock)
            return _streams.TryGetValue(stream, out var records) ? [.. records] : [];
    }

    private void Store(string stream, long expectedSequence, ReadOnlyMemory<byte> payload)
    {
        lock (_lock)
        {
            if (!_streams.TryGetValue(stream, out var records))
                _streams[stream] = records = [];
            if (records.Count != expectedSequence)
                throw new JournalConflictException(stream, expectedSequence);
            records.Add(payload.ToArray());
            _order.Add((stream, records.Count));
        }
    }

    private sealed class Writer(MemoryJournal journal, string stream) : IStreamWriter
    {
        private bool _isRefused;

        public async Task AppendAsync(long expectedSequence, ReadOnlyMemory<byte> payload)
        {
            if (_isRefused)
                throw new JournalUnavailableException("An earlier append of this writer was refused.");
            var fault = journal.Fault(stream);
            try
            {
                if (fault == AppendFault.Lost)
                    throw new JournalUnavailableException("The flush failed.");
                journal.Store(stream, expectedSequence, payload);
                if (fault == AppendFault.ReplyLost)
                    throw new JournalUnavailableException("Nobody knows whether the flush took effect.");
            }
            catch
            {
                _isRefused = true;
                throw;
            }

            if (journal.Gate is { } gate)
                await gate.Task;
        }
    }
}

public enum AppendFault
{
    None = 0,
    Lost = 1,
    ReplyLost = 2,
}
