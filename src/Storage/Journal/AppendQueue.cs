namespace Exchange.Storage.Journal;

/// <summary>Appends that wait for the next flush: bounded, in order, from any thread to the one writer.</summary>
internal sealed class AppendQueue(StorageOptions options)
{
    private readonly Queue<PendingAppend> _appends = new();
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _arrived = new(false);
    private long _bytes;
    private bool _writerWaits;
    private bool _closed;

    public int Count => _appends.Count;

    /// <summary>Busy from one half of what may wait, full from three quarters: the rest is for work that was taken on before.</summary>
    public JournalLoad Load
    {
        get
        {
            double filled = Math.Max((double)Count / options.QueueMaxAppends, (double)Volatile.Read(ref _bytes) / options.QueueMaxBytes);
            return filled < 0.5 ? JournalLoad.Normal : filled < 0.75 ? JournalLoad.Busy : JournalLoad.Full;
        }
    }

    /// <exception cref="JournalUnavailableException">Too much is waiting already, or the journal has been closed.</exception>
    public void Add(PendingAppend append)
    {
        bool wake;
        lock (_gate)
        {
            if (_closed)
            {
                throw new JournalUnavailableException("The journal is closed.");
            }

            if (append.Writer is { Failed: true })
            {
                throw new JournalUnavailableException($"An earlier append to '{append.Stream}' failed: its writer must start over.");
            }

            if (_appends.Count >= options.QueueMaxAppends || _bytes + append.Payload.Length > options.QueueMaxBytes)
            {
                throw new JournalUnavailableException($"Overloaded: {_appends.Count} appends of {_bytes} bytes wait to be written.");
            }

            _appends.Enqueue(append);
            _bytes += append.Payload.Length;
            wake = _writerWaits;
            _writerWaits = false;
        }

        if (wake)
        {
            _arrived.Set();
        }
    }

    /// <summary>Moves the next flush's appends into <paramref name="batch"/>, at least one if there is any.</summary>
    public void Take(List<PendingAppend> batch)
    {
        lock (_gate)
        {
            long bytes = 0;
            while (batch.Count < options.FlushMaxAppends && _appends.TryPeek(out PendingAppend? next)
                && (batch.Count == 0 || bytes + next.Payload.Length <= options.FlushMaxBytes))
            {
                bytes += next.Payload.Length;
                batch.Add(_appends.Dequeue());
            }

            _bytes -= bytes;
        }
    }

    /// <returns>False once the queue is closed and empty.</returns>
    public bool Wait()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_appends.Count > 0)
                {
                    return true;
                }

                if (_closed)
                {
                    return false;
                }

                _writerWaits = true;
            }

            _arrived.WaitOne();
        }
    }

    /// <summary>
    /// Takes out what was decided on top of the failed appends and hands all of it to <paramref name="fail"/> before
    /// anything else can be added. Writers know what they decided; for other appends it is all that waits for the stream.
    /// </summary>
    public void Reject(List<PendingAppend> failed, bool wholeStreams, Action<PendingAppend> fail)
    {
        lock (_gate)
        {
            var streams = new HashSet<string>();
            foreach (PendingAppend append in failed)
            {
                streams.Add(append.Stream);
                append.Writer?.Failed = true;
            }

            for (int left = _appends.Count; left > 0; left--)
            {
                PendingAppend append = _appends.Dequeue();
                if (streams.Contains(append.Stream) && (wholeStreams || append.Writer is null or { Failed: true }))
                {
                    append.Writer?.Failed = true;
                    _bytes -= append.Payload.Length;
                    failed.Add(append);
                }
                else
                {
                    _appends.Enqueue(append);
                }
            }

            failed.ForEach(fail);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }

        _arrived.Set();
    }
}
