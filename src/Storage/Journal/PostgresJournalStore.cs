using System.Buffers;
using Exchange.Storage.Sql.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Exchange.Storage.Journal;

/// <summary>
/// Flushes have numbers, and the server remembers each writer's last: after a lost connection the same flush is sent
/// again until its outcome is known. Only when the server stays away for longer is the outcome reported as unknown.
/// </summary>
internal sealed class PostgresJournalStore : IJournalStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly Func<NpgsqlConnection> _open;
    private readonly TimeProvider _time;
    private readonly string _writer = Guid.NewGuid().ToString("N");
    private readonly FlushRows _rows = new();
    private NpgsqlConnection? _connection;
    private NpgsqlCommand _append = null!;
    private NpgsqlCommand _find = null!;
    private long _flush;
    private bool _isAway;

    public PostgresJournalStore(Func<NpgsqlConnection> open, TimeProvider time)
    {
        _open = open;
        _time = time;
        Connect();
        using var forget = new NpgsqlCommand("DELETE FROM writers WHERE flushed < now() - interval '7 days'", _connection);
        forget.ExecuteNonQuery();
    }

    public void Load(IReadOnlyList<StreamTail> tails)
    {
        Dictionary<string, StreamTail> wanted = tails.ToDictionary(tail => tail.Name);
        Persist(() => Find(wanted));
    }

    public void Write(List<StreamTail> streams)
    {
        _rows.Clear();
        foreach (StreamTail stream in streams)
        {
            if (stream.Adding.Count > 0)
            {
                _rows.Add(stream);
            }
        }

        if (_rows.Streams.Count > 0)
        {
            _flush++;
            Persist(Append);
        }
    }

    public void Reset()
    {
        _connection?.Dispose();
        _connection = null;
    }

    public void Dispose() => Reset();

    private void Append()
    {
        ((NpgsqlParameter<long>)_append.Parameters[1]).TypedValue = _flush;
        using NpgsqlDataReader answer = _append.ExecuteReader();
        answer.Read();
        long newest = answer.GetInt64(0);
        long[] refused = answer.GetFieldValue<long[]>(1);
        for (int place = 0; place < _rows.Streams.Count; place++)
        {
            _rows.Streams[place].LastEntry = newest + place + 1;
        }

        foreach (long place in refused)
        {
            _rows.Streams[(int)place - 1].Refused = true;
        }
    }

    private void Find(Dictionary<string, StreamTail> wanted)
    {
        _find.Parameters[0].Value = wanted.Keys.ToArray();
        using NpgsqlDataReader found = _find.ExecuteReader();
        while (found.Read())
        {
            StreamTail tail = wanted[found.GetString(0)];
            tail.Sequence = found.GetInt64(1);
            tail.LastEntry = found.GetInt64(2);
            tail.SinceMark = found.GetInt64(3);
        }
    }

    /// <summary>Both calls may be repeated: one reads, the other knows its number.</summary>
    private void Persist(Action call)
    {
        long start = _time.GetTimestamp();
        while (true)
        {
            try
            {
                Connect();
                call();
                _isAway = false;
                return;
            }
            catch (Exception exception) when (exception is StorageException || PostgresFailure.Explains(exception))
            {
                StorageException failure = exception as StorageException ?? PostgresFailure.Of(exception);
                Reset();
                bool mayPass = failure.Failure is StorageFailure.Disconnected or StorageFailure.InUse;
                if (!mayPass || _isAway || _time.GetElapsedTime(start) > Patience)
                {
                    _isAway = mayPass;
                    throw failure;
                }

                Thread.Sleep(BetweenTries);
            }
        }
    }

    private void Connect()
    {
        if (_connection is not null)
        {
            return;
        }

        NpgsqlConnection connection = _open();
        _append = new NpgsqlCommand(PostgresAppend.Call, connection);
        _append.Parameters.Add(new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text, TypedValue = _writer });
        _append.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint });
        _rows.AddTo(_append.Parameters);
        _find = new NpgsqlCommand("SELECT name, sequence, last_entry, since_mark FROM streams WHERE name = ANY ($1)", connection);
        _find.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        _connection = connection;
    }

    /// <summary>What a flush adds, as one array for each column.</summary>
    private sealed class FlushRows
    {
        private readonly ArrayBufferWriter<byte> _entry = new(64 << 10);
        private readonly List<string> _names = [];
        private readonly List<long> _expected = [];
        private readonly List<long> _records = [];
        private readonly List<long> _previous = [];
        private readonly List<long> _sinceMarks = [];
        private readonly List<bool> _marked = [];
        private readonly List<long> _checksums = [];
        private readonly List<byte[]> _payloads = [];

        public List<StreamTail> Streams { get; } = [];

        public void Add(StreamTail stream)
        {
            _entry.ResetWrittenCount();
            foreach (PendingAppend append in stream.Adding)
            {
                JournalEntry.Write(_entry, append.Payload.Span);
            }

            Streams.Add(stream);
            _names.Add(stream.Name);
            _expected.Add(stream.Sequence);
            _records.Add(stream.Adding.Count);
            _previous.Add(stream.LastEntry);
            _marked.Add(stream.Grow(_entry.WrittenCount));
            _sinceMarks.Add(stream.SinceMark);
            _checksums.Add(JournalEntry.Checksum(_entry.WrittenSpan));
            _payloads.Add(_entry.WrittenSpan.ToArray());
        }

        public void Clear()
        {
            Streams.Clear();
            _names.Clear();
            _expected.Clear();
            _records.Clear();
            _previous.Clear();
            _marked.Clear();
            _sinceMarks.Clear();
            _checksums.Clear();
            _payloads.Clear();
        }

        public void AddTo(NpgsqlParameterCollection parameters)
        {
            Add(parameters, NpgsqlDbType.Text, _names);
            Add(parameters, NpgsqlDbType.Bigint, _expected);
            Add(parameters, NpgsqlDbType.Bigint, _records);
            Add(parameters, NpgsqlDbType.Bigint, _previous);
            Add(parameters, NpgsqlDbType.Bigint, _sinceMarks);
            Add(parameters, NpgsqlDbType.Boolean, _marked);
            Add(parameters, NpgsqlDbType.Bigint, _checksums);
            Add(parameters, NpgsqlDbType.Bytea, _payloads);
        }

        private static void Add<T>(NpgsqlParameterCollection parameters, NpgsqlDbType type, List<T> values) =>
            parameters.Add(new NpgsqlParameter<List<T>> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values });
    }
}
