namespace Exchange.Storage.Journal;

internal readonly record struct DurableRecord(string Stream, long Sequence, ReadOnlyMemory<byte> Payload);

/// <summary>
/// What became durable, for whoever follows the journal. Bounded: when the follower is too slow it is told that it has
/// missed something, and reads that from the journal.
/// </summary>
internal sealed class DurableFeed(int maxRecords = 200_000, long maxBytes = 64L << 20)
{
    private readonly Lock _gate = new();
    private List<DurableRecord> _records = [];
    private long _bytes;
    private bool _missed;
    private bool _followed;

    public void Publish(List<PendingAppend> flushed)
    {
        lock (_gate)
        {
            if (!_followed || _missed)
            {
                return;
            }

            foreach (PendingAppend append in flushed)
            {
                if (!append.Refused)
                {
                    _records.Add(new DurableRecord(append.Stream, append.Expected + 1, append.Payload));
                    _bytes += append.Payload.Length;
                }
            }

            if (_records.Count > maxRecords || _bytes > maxBytes)
            {
                _records.Clear();
                _missed = true;
            }
        }
    }

    /// <summary>Exchanges the gathered records for an empty list.</summary>
    /// <returns>False when records are missing: before the first call, and after the follower was too slow.</returns>
    public bool Take(ref List<DurableRecord> records)
    {
        lock (_gate)
        {
            bool complete = _followed && !_missed;
            (_records, records) = (records, _records);
            _followed = true;
            _missed = false;
            _bytes = 0;
            return complete;
        }
    }
}
