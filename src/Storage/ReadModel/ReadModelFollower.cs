using Exchange.Storage.Journal;
using Exchange.Storage.Sql;
using Microsoft.Extensions.Logging;

namespace Exchange.Storage.ReadModel;

/// <summary>
/// Takes durable records into the read model. In step with the journal it lives on the feed; whenever that is not
/// complete, at the start and after any failure, it compares its watermarks with the journal and reads what it lacks.
/// One thread at a time calls it.
/// </summary>
internal sealed class ReadModelFollower(
    Func<ISqlSession> openWriter, Func<ISqlSession> openJournal, DurableFeed feed, CommandLog commands, ILogger logger) : IDisposable
{
    private const int RecordsPerTransaction = 20_000;
    private readonly JournalReads _journal = new(openJournal());
    private List<DurableRecord> _records = [];
    private Projection? _projection;
    private bool _isBehind = true;
    private int _uncommitted;

    /// <summary>Takes in everything that is durable now.</summary>
    public void Step()
    {
        bool complete = feed.Take(ref _records);
        try
        {
            Connect();
            if (!complete || _isBehind)
            {
                _isBehind = true;
                CatchUp();
                _isBehind = false;
            }

            foreach (DurableRecord record in _records)
            {
                Take(record);
            }

            WriteCommands();
            Commit();
        }
        catch
        {
            _isBehind = true;
            _uncommitted = 0;
            _projection?.Dispose();
            _projection = null;
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
        Connect();
        Clear(_projection!.Session);
        _projection.Dispose();
        _projection = null;
        _isBehind = true;
    }

    public void Dispose()
    {
        _projection?.Dispose();
        _journal.Dispose();
    }

    private void Connect()
    {
        if (_projection is not null)
        {
            return;
        }

        var session = new StatementCache(openWriter());
        try
        {
            CheckSource(session);
            _projection = new Projection(session, _journal);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>A read model of another journal, or of this one before it was put back from a copy, tells what never happened.</summary>
    private void CheckSource(StatementCache session)
    {
        ISqlStatement query = session["SELECT journal FROM source"];
        string? source = query.Read() ? query.Text(0) : null;
        query.Reset();
        if (source != _journal.Identity() || IsAheadOfJournal(session))
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
        ISqlStatement query = session["SELECT stream, sequence FROM watermarks"];
        while (query.Read())
        {
            if (query.Int64(1) > _journal.Head(query.Text(0)))
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
        session["INSERT INTO source (journal) VALUES ($1)"].Bind(1, _journal.Identity()).Run();
        session.Session.Commit();
    }

    private void CatchUp()
    {
        if (_projection!.Session.Number("SELECT COUNT(*) FROM watermarks") == 0)
        {
            ReadEverything();
            return;
        }

        string? last = null;
        while (_journal.Heads("", last) is { Count: > 0 } heads)
        {
            foreach (StreamHead head in heads)
            {
                CatchUp(_projection.ProgressOf(head.Stream), head.Sequence);
            }

            last = heads[^1].Stream;
        }
    }

    private void CatchUp(StreamProgress stream, long head)
    {
        while (stream.Sequence < head)
        {
            foreach (JournalRecord record in _journal.Next(stream.Stream, stream.Sequence))
            {
                // Looking up a market may have taken in the stream that lists them.
                if (record.Sequence > stream.Sequence)
                {
                    Apply(stream, record.Payload);
                }
            }
        }
    }

    private void ReadEverything()
    {
        var records = new List<StreamRecord>();
        for (long entry = 0; ;)
        {
            records.Clear();
            entry = _journal.All(entry, records);
            if (records.Count == 0)
            {
                return;
            }

            foreach (StreamRecord record in records)
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
        if (!commands.IsEmpty)
        {
            _projection!.Open();
            commands.Write(_projection.Session);
        }
    }

    private void Commit()
    {
        _projection!.Commit();
        _uncommitted = 0;
    }
}
