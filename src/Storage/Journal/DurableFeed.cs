namespace Exchange.Storage.Journal;

internal readonly record struct DurableRecord(string Stream, long Sequence, ReadOnlyMemory<byte> Payload);

/// <summary>
/// What became durable, for whoever follows the journal. Bounded: when the follower is too slow it is told that it has
/// missed something, and reads that from the journal.
/// </summary>
internal sealed class DurableFeed(TimeProvider time, int maxRecords = 200_000, long maxBytes = 64L << 20)
{
    private readonly Lock _gate = new();
    private List<DurableRecord> _records = [];
    private long _bytes;
    private bool _missed;
    private bool _followed;
    private long _waitingSince = time.GetTimestamp();
    private long _takenSince;

    /// <summary>The age of the oldest record that has not been followed yet; before the first time, since this started.</summary>
    public TimeSpan Lag
    {
        get
        {
            lock (_gate)
            {
                long since = _takenSince != 0 ? _takenSince : _waitingSince;
                return since == 0 ? TimeSpan.Zero : time.GetElapsedTime(since);
            }
        }
    }

    public void Publish(List<PendingAppend> flushed)
    {
        lock (_gate)
        {
            if (_waitingSince == 0)
            {
                _waitingSince = time.GetTimestamp();
            }

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
            _takenSince = _takenSince != 0 ? _takenSince : _waitingSince;
            _waitingSince = 0;
            return complete;
        }
    }

    /// <summary>What was taken is where it belongs.</summary>
    public void CaughtUp()
    {
        lock (_gate)
        {
            _takenSince = 0;
        }
    }
}
