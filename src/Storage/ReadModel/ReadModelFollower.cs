using System.Diagnostics;
using Exchange.Storage.Journal;
using Exchange.Storage.Sql;
using Microsoft.Extensions.Logging;

namespace Exchange.Storage.ReadModel;

/// <summary>
/// Takes durable records into the read model. In step with the journal it lives on the feed; whenever that is not
/// complete, at the start and after any failure, it compares its watermarks with the journal and reads what it lacks.
/// Where several processes write, it reads the journal's entries in order instead, and of all followers only one is
/// active: the one whose session the database lets lead. One thread at a time calls it.
/// </summary>
internal sealed class ReadModelFollower(
    ISqlDialect dialect, DurableFeed feed, CommandLog commands, ILogger logger, bool mayLead = true) : IDisposable
{
    private const int RecordsPerTransaction = 20_000;
    private static readonly TimeSpan OthersPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OthersPoll = TimeSpan.FromMilliseconds(20);
    private readonly List<StreamRecord> _entries = [];
    private List<DurableRecord> _records = [];
    private JournalReads? _reads;
    private StatementCache? _session;
    private Projection? _projection;
    private bool _isBehind = true;
    private long _entry;
    private int _uncommitted;

    private JournalReads Journal => _reads ??= new JournalReads(dialect.OpenReader(StorePurpose.Journal));

    /// <summary>
    /// Takes in everything that is durable now. Where another process does so, somebody who waits gets here what that
    /// process has taken in.
    /// </summary>
    public void Step(bool someoneWaits)
    {
        bool complete = feed.Take(ref _records);
        try
        {
            if (TryLead() || (someoneWaits && !OthersHaveCaughtUp()))
            {
                Follow(complete);
            }
            else
            {
                WriteCommands();
            }
        }
        catch
        {
            Disconnect();
            throw;
        }
        finally
        {
            _records.Clear();
        }
    }

    /// <summary>Empties the tables; the next step fills them again.</summary>
    public void Clear()
    {
        if (!TryLead())
        {
            throw new StorageException(StorageFailure.InUse, "Another process follows the journal; ask that one.");
        }

        Clear(_session!);
        Disconnect();
    }

    public void Dispose() => Disconnect();

    private void Disconnect()
    {
        _isBehind = true;
        _uncommitted = 0;
        _projection?.Dispose();
        _projection = null;
        _session?.Dispose();
        _session = null;
        _reads?.Dispose();
        _reads = null;
    }

    private bool TryLead()
    {
        if (_projection is not null)
        {
            return true;
        }

        _session ??= new StatementCache(dialect.OpenWriter(StorePurpose.ReadModel));
        if (!mayLead || !dialect.TryLead(_session.Session))
        {
            return false;
        }

        CheckSource(_session);
        _projection = new Projection(_session, Journal);
        return true;
    }

    /// <returns>False when this process is the one that leads now.</returns>
    private bool OthersHaveCaughtUp()
    {
        long newest = Journal.Newest();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < OthersPatience)
        {
            if (dialect.IsShared && _session!.Number("SELECT entry FROM source") >= newest)
            {
                return true;
            }

            Thread.Sleep(OthersPoll);
            if (TryLead())
            {
                return false;
            }
        }

        throw new TimeoutException("The process that follows the journal for all of them is behind.");
    }

    private void Follow(bool feedIsComplete)
    {
        if (_isBehind || (!feedIsComplete && !dialect.IsShared))
        {
            _isBehind = true;
            _entry = Journal.Newest();
            CatchUp();
            _isBehind = false;
        }

        if (dialect.IsShared)
        {
            ReadEntries();
            NoteEntry();
        }
        else
        {
            foreach (DurableRecord record in _records)
            {
                Take(record);
            }
        }

        WriteCommands();
        Commit();
    }

    private void NoteEntry()
    {
        if (_session!.Number("SELECT entry FROM source") != _entry)
        {
            _projection!.Open();
            _session["UPDATE source SET entry = $1"].Bind(1, _entry).Run();
        }
    }

    /// <summary>A read model of another journal, or of this one before it was put back from a copy, tells what never happened.</summary>
    private void CheckSource(StatementCache session)
    {
        ISqlStatement query = session["SELECT journal FROM source"];
        string? source = query.Read() ? query.Text(0) : null;
        query.Reset();
        if (source != Journal.Identity() || IsAheadOfJournal(session))
        {
            if (source is not null)
            {
                Log.ReadModelOfAnotherJournal(logger);
            }

            Clear(session);
        }
    }

    private bool IsAheadOfJournal(StatementCache session)
    {
        using IEnumerator<StreamHead> heads = AllHeads().GetEnumerator();
        bool isAtHead = heads.MoveNext();
        ISqlStatement query = session["SELECT stream, sequence FROM watermarks ORDER BY stream"];
        while (query.Read())
        {
            string stream = query.Text(0);
            while (isAtHead && string.CompareOrdinal(heads.Current.Stream, stream) < 0)
            {
                isAtHead = heads.MoveNext();
            }

            long head = isAtHead && heads.Current.Stream == stream ? heads.Current.Sequence : 0;
            if (query.Int64(1) > head)
            {
                query.Reset();
                return true;
            }
        }

        return false;
    }

    private void Clear(StatementCache session)
    {
        session.Session.Begin();
        session.Session.Execute(ReadModelSchema.Clear);
        session["INSERT INTO source (journal) VALUES ($1)"].Bind(1, Journal.Identity()).Run();
        session.Session.Commit();
    }

    private void CatchUp()
    {
        if (_session!.Number("SELECT COUNT(*) FROM watermarks") == 0)
        {
            _entry = 0;
            ReadEntries();
            return;
        }

        foreach (StreamHead head in AllHeads())
        {
            CatchUp(_projection!.ProgressOf(head.Stream), head.Sequence);
        }
    }

    private IEnumerable<StreamHead> AllHeads()
    {
        string? last = null;
        while (Journal.Heads("", last) is { Count: > 0 } heads)
        {
            foreach (StreamHead head in heads)
            {
                yield return head;
            }

            last = heads[^1].Stream;
        }
    }

    private void CatchUp(StreamProgress stream, long head)
    {
        while (stream.Sequence < head)
        {
            foreach (JournalRecord record in Journal.Next(stream.Stream, stream.Sequence))
            {
                // Looking up a market may have taken in the stream that lists them.
                if (record.Sequence > stream.Sequence)
                {
                    Apply(stream, record.Payload);
                }
            }
        }
    }

    private void ReadEntries()
    {
        while (true)
        {
            _entries.Clear();
            _entry = Journal.All(_entry, _entries);
            if (_entries.Count == 0)
            {
                return;
            }

            foreach (StreamRecord record in _entries)
            {
                Take(new DurableRecord(record.Stream, record.Sequence, record.Payload));
            }
        }
    }

    private void Take(DurableRecord record)
    {
        StreamProgress stream = _projection!.ProgressOf(record.Stream);
        if (record.Sequence > stream.Sequence + 1)
        {
            CatchUp(stream, record.Sequence - 1);
        }

        if (record.Sequence == stream.Sequence + 1)
        {
            Apply(stream, record.Payload);
        }
    }

    private void Apply(StreamProgress stream, ReadOnlyMemory<byte> payload)
    {
        try
        {
            _projection!.Apply(stream, payload.Span);
        }
        catch (Exception exception)
        {
            throw new ReadModelException(stream.Stream, stream.Sequence + 1, exception);
        }

        if (++_uncommitted >= RecordsPerTransaction)
        {
            Commit();
        }
    }

    private void WriteCommands()
    {
        if (commands.IsEmpty)
        {
            return;
        }

        if (_projection is not null)
        {
            _projection.Open();
            commands.Write(_session!);
            return;
        }

        _session!.Session.Begin();
        commands.Write(_session);
        _session.Session.Commit();
    }

    private void Commit()
    {
        _projection!.Commit();
        _uncommitted = 0;
    }
}
