using System.Buffers;
using Exchange.Storage.Sql;

namespace Exchange.Storage.Journal;

internal sealed class SqlJournalStore : IJournalStore
{
    private readonly Func<ISqlSession> _open;
    private readonly ArrayBufferWriter<byte> _payload = new(64 << 10);
    private ISqlSession? _session;
    private ISqlStatement _newest = null!;
    private ISqlStatement _find = null!;
    private ISqlStatement _create = null!;
    private ISqlStatement _move = null!;
    private ISqlStatement _insert = null!;
    private ISqlStatement _mark = null!;
    private long _lastEntry;

    public SqlJournalStore(Func<ISqlSession> open)
    {
        _open = open;
        Connect();
    }

    public void Load(IReadOnlyList<StreamTail> tails)
    {
        Connect();
        foreach (StreamTail tail in tails)
        {
            if (_find.Bind(1, tail.Name).Read())
            {
                tail.Id = _find.Int64(0);
                tail.Sequence = _find.Int64(1);
                tail.LastEntry = _find.Int64(2);
                tail.SinceMark = _find.Int64(3);
                _find.Reset();
            }
        }
    }

    public void Write(List<StreamTail> streams)
    {
        Connect();
        _session!.Begin();
        _newest.Read();
        _lastEntry = _newest.Int64(0);
        _newest.Reset();
        foreach (StreamTail stream in streams)
        {
            if (stream.Adding.Count > 0)
            {
                Write(stream);
            }
        }

        _session.Commit();
    }

    public void Reset()
    {
        _session?.Rollback();
        _session?.Dispose();
        _session = null;
    }

    public void Dispose() => Reset();

    private void Write(StreamTail stream)
    {
        _payload.ResetWrittenCount();
        foreach (PendingAppend append in stream.Adding)
        {
            JournalEntry.Write(_payload, append.Payload.Span);
        }

        long first = stream.Sequence + 1;
        long previous = stream.LastEntry;
        bool mark = stream.Grow(_payload.WrittenCount);
        stream.LastEntry = _lastEntry + 1;
        if (!Move(stream, stream.Sequence + stream.Adding.Count))
        {
            stream.Refused = true;
            return;
        }

        _lastEntry++;
        _insert.Bind(1, _lastEntry).Bind(2, stream.Id).Bind(3, first).Bind(4, stream.Adding.Count).Bind(5, previous)
            .Bind(6, JournalEntry.Checksum(_payload.WrittenSpan)).Bind(7, _payload.WrittenSpan).Run();
        if (mark)
        {
            _mark.Bind(1, stream.Id).Bind(2, first).Bind(3, previous).Run();
        }
    }

    /// <summary>The fence: succeeds only from the sequence that the writer believes in.</summary>
    private bool Move(StreamTail stream, long sequence)
    {
        if (stream.Id != 0)
        {
            return _move.Bind(1, sequence).Bind(2, stream.LastEntry).Bind(3, stream.SinceMark)
                .Bind(4, stream.Id).Bind(5, stream.Sequence).Run() == 1;
        }

        if (!_create.Bind(1, stream.Name).Bind(2, sequence).Bind(3, stream.LastEntry).Bind(4, stream.SinceMark).Read())
        {
            return false;
        }

        stream.Id = _create.Int64(0);
        _create.Reset();
        return true;
    }

    private void Connect()
    {
        if (_session is not null)
        {
            return;
        }

        ISqlSession session = _open();
        _find = session.Prepare("SELECT id, sequence, last_entry, since_mark FROM streams WHERE name = $1");
        _create = session.Prepare(
            "INSERT INTO streams (name, sequence, last_entry, since_mark) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO NOTHING RETURNING id");
        _move = session.Prepare("UPDATE streams SET sequence = $1, last_entry = $2, since_mark = $3 WHERE id = $4 AND sequence = $5");
        _insert = session.Prepare(
            "INSERT INTO entries (id, stream, first_sequence, records, previous, checksum, payload) VALUES ($1, $2, $3, $4, $5, $6, $7)");
        _mark = session.Prepare("INSERT INTO marks (stream, first_sequence, previous) VALUES ($1, $2, $3)");
        _newest = session.Prepare("SELECT COALESCE(MAX(id), 0) FROM entries");
        _session = session;
    }
}
