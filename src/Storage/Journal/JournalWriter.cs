using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Exchange.Storage.Journal;

/// <summary>Turns what waits in the queue into flushes. Each call of <see cref="FlushOnce"/> is one; one thread at a time calls it.</summary>
internal sealed class JournalWriter(IJournalStore store, AppendQueue queue, DurableFeed feed, TimeProvider time, ILogger logger) : IDisposable
{
    private const int MaxKnownStreams = 65_536;
    private readonly Dictionary<string, StreamTail> _tails = [];
    private readonly List<PendingAppend> _batch = [];
    private readonly List<StreamTail> _touched = [];
    private readonly List<StreamTail> _unknown = [];
    private readonly List<PendingAppend> _failed = [];

    /// <returns>False when nothing was waiting.</returns>
    public bool FlushOnce()
    {
        queue.Take(_batch);
        if (_batch.Count == 0)
        {
            return false;
        }

        long start = time.GetTimestamp();
        Activity? trace = JournalActivities.StartFlush(_batch);
        try
        {
            Arrange();
            store.Write(_touched);
            Settle();
        }
        catch (Exception exception)
        {
            Abandon(exception);
        }

        JournalActivities.End(trace, _batch);
        StorageMetrics.Flushed(time.GetElapsedTime(start), _batch.Count);
        Forget();
        return true;
    }

    public void Dispose() => store.Dispose();

    /// <summary>Gives each append to its stream, or refuses it where it does not continue what is there.</summary>
    private void Arrange()
    {
        Meet();
        foreach (PendingAppend append in _batch)
        {
            StreamTail tail = Tail(append.Stream);
            bool followsRefused = append.Writer is { } writer ? writer.Refused : tail.Refused;
            if (followsRefused || !Continues(append, tail))
            {
                tail.Refused = true;
                append.Refused = true;
                append.Writer?.Refused = true;
                _failed.Add(append);
            }
            else
            {
                tail.Adding.Add(append);
            }
        }

        foreach (StreamTail tail in _touched)
        {
            tail.Refused = false;
        }
    }

    private bool Continues(PendingAppend append, StreamTail tail)
    {
        if (append.Expected != tail.Sequence + tail.Adding.Count && tail.Adding.Count == 0)
        {
            // Where several processes share one database, another one may have moved the stream since it was last read here.
            store.Load([tail]);
        }

        return append.Expected == tail.Sequence + tail.Adding.Count;
    }

    /// <summary>Finds where the streams end that this writer sees for the first time.</summary>
    private void Meet()
    {
        foreach (PendingAppend append in _batch)
        {
            if (!_tails.ContainsKey(append.Stream))
            {
                var tail = new StreamTail(append.Stream);
                _tails.Add(append.Stream, tail);
                _unknown.Add(tail);
            }
        }

        if (_unknown.Count > 0)
        {
            store.Load(_unknown);
            _unknown.Clear();
        }
    }

    private StreamTail Tail(string stream)
    {
        StreamTail tail = _tails[stream];
        if (tail.Adding.Count == 0 && !tail.Refused)
        {
            _touched.Add(tail);
        }

        return tail;
    }

    /// <summary>The transaction stands: those whose stream took their append hear so, the others that they came too late.</summary>
    private void Settle()
    {
        foreach (StreamTail tail in _touched)
        {
            if (tail.Refused)
            {
                foreach (PendingAppend append in tail.Adding)
                {
                    append.Refused = true;
                }

                _failed.InsertRange(0, tail.Adding);
                _tails.Remove(tail.Name);
            }
            else
            {
                tail.Sequence += tail.Adding.Count;
            }
        }

        feed.Publish(_batch);
        foreach (PendingAppend append in _batch)
        {
            if (!append.Refused)
            {
                append.TrySetResult();
            }
        }

        if (_failed.Count > 0)
        {
            queue.Reject(_failed, wholeStreams: false, static append => append.Conflict());
            StorageMetrics.Conflicts.Add(_failed.Count);
            Log.AppendsRefused(logger, _failed.Count, string.Join(", ", _failed.Select(append => append.Stream).Distinct()));
        }
    }

    /// <summary>Nobody knows what of this flush is on the disk: all of its streams start over from what is stored.</summary>
    private void Abandon(Exception exception)
    {
        store.Reset();
        _unknown.Clear();
        _failed.Clear();
        _failed.AddRange(_batch);
        foreach (PendingAppend append in _batch)
        {
            _tails.Remove(append.Stream);
        }

        var failure = new JournalUnavailableException("A flush failed, or its outcome is unknown.", exception);
        queue.Reject(_failed, wholeStreams: true, append => append.TrySetException(failure));
        StorageMetrics.FlushFailures.Add(1);
        Log.FlushFailed(logger, _failed.Count, exception);
    }

    private void Forget()
    {
        foreach (StreamTail tail in _touched)
        {
            tail.Adding.Clear();
            tail.Refused = false;
        }

        _batch.Clear();
        _touched.Clear();
        _failed.Clear();
        if (_tails.Count > MaxKnownStreams)
        {
            _tails.Clear();
        }
    }
}
