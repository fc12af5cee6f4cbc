using System.Diagnostics;
using System.Globalization;
using Exchange.Bench.Harness;
using Exchange.Storage;
using Exchange.Storage.Journal;
using Exchange.Storage.Sql.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Exchange.Bench.Journal;

/// <summary>
/// One flush of so many streams on PostgreSQL in the two ways there are: one call with arrays, as the journal does it, and
/// a transaction that moves the streams and sends the entries by binary COPY. Each has streams of its own.
/// </summary>
public static class FlushBench
{
    private const int PayloadBytes = 300;
    private static readonly int[] Sizes = [10, 100, 1_000];

    public static int Run(string[] words)
    {
        var arguments = new Arguments(words, "postgres", "seconds");
        var seconds = arguments.Number("seconds", 3);
        using var dialect = new PostgresDialect(arguments.Text("postgres", ""));
        Schemas.Prepare(dialect, TimeProvider.System);
        foreach (int size in Sizes)
        {
            using (IJournalStore store = dialect.OpenJournal(TimeProvider.System))
            {
                Measure("one call with arrays", size, seconds, Tails("call", size), store.Write);
            }

            using var copy = new CopyingStore(arguments.Text("postgres", ""));
            Measure("COPY", size, seconds, Tails("copy", size), copy.Write);
        }

        return 0;
    }

    private static List<StreamTail> Tails(string name, int size) =>
        [.. Enumerable.Range(0, size).Select(number => new StreamTail($"{name}/{Guid.NewGuid():N}/{number}"))];

    private static void Measure(string way, int size, int seconds, List<StreamTail> tails, Action<List<StreamTail>> write)
    {
        var payload = new byte[PayloadBytes];
        long flushes = 0, started = 0;
        for (long end = long.MaxValue; Stopwatch.GetTimestamp() < end; flushes++)
        {
            foreach (StreamTail tail in tails)
            {
                tail.Adding.Add(new PendingAppend(tail.Name, tail.Sequence, payload, null));
            }

            write(tails);
            foreach (StreamTail tail in tails)
            {
                tail.Sequence += tail.Refused ? throw new InvalidOperationException("Somebody else writes here.") : 1;
                tail.Adding.Clear();
            }

            if (end == long.MaxValue)
            {
                // The first flush creates the streams and is not measured.
                flushes = -1;
                started = Stopwatch.GetTimestamp();
                end = started + (seconds * Stopwatch.Frequency);
            }
        }

        double each = Stopwatch.GetElapsedTime(started).TotalMilliseconds / flushes;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{way}, {size} streams: {each:0.00} ms a flush, {size / each * 1_000:0} entries/s"));
    }

    private sealed class CopyingStore : IDisposable
    {
        private readonly NpgsqlConnection _connection;

        public CopyingStore(string postgres)
        {
            _connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(postgres)
                {
                    SearchPath = "exchange_journal",
                    Pooling = false,
                    MaxAutoPrepare = 20,
                    AutoPrepareMinUsages = 2,
                }.ConnectionString);
            _connection.Open();
        }

        public void Write(List<StreamTail> tails)
        {
            using NpgsqlTransaction transaction = _connection.BeginTransaction();
            (long newest, Dictionary<string, long> ids) = Move(tails);
            using (NpgsqlBinaryImporter copy = _connection.BeginBinaryImport(
                "COPY entries (id, stream, first_sequence, records, previous, checksum, payload) FROM STDIN (FORMAT BINARY)"))
            {
                foreach (StreamTail tail in tails)
                {
                    copy.StartRow();
                    copy.Write(++newest, NpgsqlDbType.Bigint);
                    copy.Write(ids[tail.Name], NpgsqlDbType.Bigint);
                    copy.Write(tail.Sequence + 1, NpgsqlDbType.Bigint);
                    copy.Write(1L, NpgsqlDbType.Bigint);
                    copy.Write(tail.LastEntry, NpgsqlDbType.Bigint);
                    copy.Write((long)JournalEntry.Checksum(tail.Adding[0].Payload.Span), NpgsqlDbType.Bigint);
                    copy.Write(tail.Adding[0].Payload, NpgsqlDbType.Bytea);
                    tail.LastEntry = newest;
                }

                copy.Complete();
            }

            transaction.Commit();
        }

        public void Dispose() => _connection.Dispose();

        private (long Newest, Dictionary<string, long> Ids) Move(List<StreamTail> tails)
        {
            using var batch = new NpgsqlBatch(_connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT pg_advisory_xact_lock({PostgresLock.Append.Keys()})"));
            var move = new NpgsqlBatchCommand(
                """
                INSERT INTO streams (name, sequence, last_entry, since_mark)
                SELECT a.name, 1, 0, 0 FROM unnest($1, $2) AS a(name, expected)
                ON CONFLICT (name) DO UPDATE SET sequence = streams.sequence + 1
                RETURNING name, id
                """);
            move.Parameters.Add(new NpgsqlParameter { Value = tails.Select(tail => tail.Name).ToArray() });
            move.Parameters.Add(new NpgsqlParameter { Value = tails.Select(tail => tail.Sequence).ToArray() });
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT COALESCE(MAX(id), 0) FROM entries"));
            batch.BatchCommands.Add(move);
            using NpgsqlDataReader answer = batch.ExecuteReader();
            answer.NextResult();
            answer.Read();
            long newest = answer.GetInt64(0);
            answer.NextResult();
            var ids = new Dictionary<string, long>();
            while (answer.Read())
            {
                ids[answer.GetString(0)] = answer.GetInt64(1);
            }

            return (newest, ids);
        }
    }
}
