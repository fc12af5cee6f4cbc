using Exchange.Storage.Sql;

namespace Exchange.Storage.Journal;

/// <summary>A reading connection to the journal with its statements; not to be shared between threads.</summary>
internal sealed class JournalReads(ISqlSession session) : IDisposable
{
    private const int HeadsPerPage = 1_000;
    private const int EntriesPerPage = 256;
    private const int BytesPerPage = 4 << 20;

    private readonly ISqlStatement _head = session.Prepare("SELECT sequence, last_entry, id FROM streams WHERE name = $1");
    private readonly ISqlStatement _heads = session.Prepare("SELECT name, sequence FROM streams WHERE name > $1 ORDER BY name LIMIT $2");
    private readonly ISqlStatement _markAfter = session.Prepare(
        "SELECT previous FROM marks WHERE stream = $1 AND first_sequence > $2 ORDER BY first_sequence LIMIT 1");
    private readonly ISqlStatement _newest = session.Prepare("SELECT COALESCE(MAX(id), 0) FROM entries");

    /// <summary>
    /// Walks back within the database: a server would be asked for each entry otherwise. SQLite keeps to the order of a
    /// cross join, and would read all entries to find these without it.
    /// </summary>
    private readonly ISqlStatement _walk = session.Prepare(
        """
        WITH RECURSIVE walk (id, first_sequence, previous) AS (
            SELECT id, first_sequence, previous FROM entries WHERE id = $1
            UNION ALL
            SELECT e.id, e.first_sequence, e.previous FROM walk w CROSS JOIN entries e WHERE e.id = w.previous AND w.first_sequence > $2)
        SELECT e.id, e.first_sequence, e.records, e.checksum, e.payload FROM walk w CROSS JOIN entries e WHERE e.id = w.id ORDER BY w.id
        """);

    private readonly ISqlStatement _entries = session.Prepare(
        "SELECT e.id, s.name, e.first_sequence, e.records, e.checksum, e.payload FROM entries e JOIN streams s ON s.id = e.stream WHERE e.id > $1 "
            + "ORDER BY e.id LIMIT $2");

    private readonly ISqlStatement _identity = session.Prepare("SELECT id FROM journal");

    /// <summary>Given to the journal when it was created, to tell it from every other.</summary>
    public string Identity()
    {
        string identity = _identity.Read() ? _identity.Text(0) : throw Damaged("it has no identity");
        _identity.Reset();
        return identity;
    }

    /// <summary>The id of the last entry: with it, or a lower one, nothing comes any more.</summary>
    public long Newest()
    {
        _newest.Read();
        long id = _newest.Int64(0);
        _newest.Reset();
        return id;
    }

    public long Head(string stream)
    {
        if (!_head.Bind(1, stream).Read())
        {
            return 0;
        }

        long sequence = _head.Int64(0);
        _head.Reset();
        return sequence;
    }

    /// <summary>A page of streams with the prefix that come after <paramref name="name"/>.</summary>
    public List<StreamHead> Heads(string prefix, string? name)
    {
        // The prefix itself may be a stream's name, so the first page must not be strictly after it.
        var page = new List<StreamHead>();
        if (name is null && prefix.Length > 0 && Head(prefix) is > 0 and long sequence)
        {
            page.Add(new StreamHead(prefix, sequence));
        }

        _heads.Bind(1, name ?? prefix).Bind(2, HeadsPerPage);
        while (_heads.Read())
        {
            var head = new StreamHead(_heads.Text(0), _heads.Int64(1));
            if (!head.Stream.StartsWith(prefix, StringComparison.Ordinal))
            {
                _heads.Reset();
                break;
            }

            page.Add(head);
        }

        return page;
    }

    /// <summary>The next stretch of a stream's records, up to a mark or its end; none when there is nothing after the sequence.</summary>
    public List<JournalRecord> Next(string stream, long after)
    {
        var records = new List<JournalRecord>();
        if (!_head.Bind(1, stream).Read())
        {
            return records;
        }

        long head = _head.Int64(0), from = _head.Int64(1), id = _head.Int64(2);
        _head.Reset();
        if (head <= after)
        {
            return records;
        }

        if (_markAfter.Bind(1, id).Bind(2, after + 1).Read())
        {
            from = _markAfter.Int64(0);
            _markAfter.Reset();
        }

        Read(stream, from, after, records);
        return records;
    }

    /// <summary>A page of entries of all streams, opened up, and the id of the last.</summary>
    public long All(long afterEntry, List<StreamRecord> records)
    {
        _entries.Bind(1, afterEntry).Bind(2, EntriesPerPage);
        var unpacked = new List<JournalRecord>();
        for (int bytes = 0; bytes < BytesPerPage && _entries.Read();)
        {
            afterEntry = _entries.Int64(0);
            string stream = _entries.Text(1);
            unpacked.Clear();
            var entry = new Entry(_entries.Int64(2), _entries.Int64(3), Payload(_entries, 4, afterEntry));
            bytes += entry.Payload.Length;
            Unpack(entry, 0, unpacked);
            foreach (JournalRecord record in unpacked)
            {
                records.Add(new StreamRecord(stream, record.Sequence, record.Payload));
            }
        }

        _entries.Reset();
        return afterEntry;
    }

    public void Dispose() => session.Dispose();

    /// <summary>Reads what comes after a sequence, up to the entry with the id and with it.</summary>
    private void Read(string stream, long id, long after, List<JournalRecord> records)
    {
        long next = 0;
        _walk.Bind(1, id).Bind(2, after + 1);
        while (_walk.Read())
        {
            var entry = new Entry(_walk.Int64(1), _walk.Int64(2), Payload(_walk, 3, _walk.Int64(0)));
            if (next == 0 ? entry.First > after + 1 : entry.First != next)
            {
                throw Damaged($"stream '{stream}' has a gap before {entry.First}");
            }

            next = entry.First + entry.Records;
            Unpack(entry, after, records);
        }

        if (next == 0)
        {
            throw Damaged($"entry {id} of stream '{stream}' is missing");
        }
    }

    private static void Unpack(Entry entry, long after, List<JournalRecord> records)
    {
        ReadOnlyMemory<byte> rest = entry.Payload;
        for (long sequence = entry.First; sequence < entry.First + entry.Records; sequence++)
        {
            ReadOnlyMemory<byte> record = JournalEntry.Next(ref rest);
            if (sequence > after)
            {
                records.Add(new JournalRecord(sequence, record));
            }
        }
    }

    /// <summary>Reads the checksum at the column and the payload after it.</summary>
    private static byte[] Payload(ISqlStatement row, int column, long id)
    {
        byte[] payload = row.Bytes(column + 1).ToArray();
        return JournalEntry.Checksum(payload) == row.Int64(column) ? payload : throw Damaged($"entry {id} does not match its checksum");
    }

    private static StorageException Damaged(string what) => new(StorageFailure.Damaged, $"The journal is damaged: {what}.");

    private readonly record struct Entry(long First, long Records, byte[] Payload);
}
