using System.Globalization;
using System.Text.Json;
using Exchange.Storage.Sql;
using Exchange.Storage.State;

namespace Exchange.Storage.Closures;

/// <summary>
/// Accounts that have something to tell at the same time share a transaction, as appends to the journal do. One that fails is
/// repeated caller by caller, so that nobody suffers from another's closure.
/// </summary>
internal sealed class ClosureStore(StateSession session, StorageOptions options, TimeProvider time) : IClosures, IClosureRecords
{
    public const string LetterSource = "closures";

    private const int FiledAtOnceMax = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<Filing> _waiting = new();
    private bool _isFiling;

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<IReadOnlyList<long>> FileAsync(IReadOnlyList<Closure> closures, int attempts)
    {
        var filing = new Filing(closures, attempts);
        lock (_gate)
        {
            _waiting.Enqueue(filing);
            if (_isFiling)
                return filing.Task;
            _isFiling = true;
        }

        _ = Task.Run(FileAll);
        return filing.Task;
    }

    public Task BuryAsync(Closure closure, int attempts, string reason) => session.Run(state =>
    {
        if (Find(state, closure.Key) != null)
        {
            return false;
        }

        ISqlStatement letter = state["INSERT INTO dead_letters (source, target, reason, payload, added_ms, retries, retried_ms) VALUES ($1, $2, "
            + "$3, $4, $5, 0, 0) RETURNING id"];
        letter.Bind(1, LetterSource).Bind(2, closure.Account.ToString(CultureInfo.InvariantCulture)).Bind(3, reason)
            .Bind(4, JsonSerializer.SerializeToUtf8Bytes(closure)).Bind(5, NowMs).Read();
        long letterId = letter.Int64(0);
        letter.Reset();
        Record(state, closure, attempts, reason, letterId);
        return true;
    });

    public Task<IReadOnlyList<ClosureRow>> ListAsync(long beforeId, int limit, CancellationToken cancellation) =>
        session.Run<IReadOnlyList<ClosureRow>>(
            state =>
            {
                ISqlStatement query = state["SELECT id, source, account, kind, outcome, attempts, error, at_ms, filed_ms FROM closures WHERE id < "
                    + "$1 ORDER BY id DESC LIMIT $2"];
                query.Bind(1, beforeId).Bind(2, Paging.Cap(limit));
                var rows = new List<ClosureRow>();
                while (query.Read())
                {
                    rows.Add(new ClosureRow(
                        query.Int64(0), query.Text(1), query.Int64(2), query.Text(3), (ClosureOutcome)query.Int64(4), query.Int32(5), query.Text(6),
                        query.Int64(7), query.Int64(8)));
                }

                return rows;
            },
            cancellation);

    public Task<IReadOnlyList<ClosureCount>> CountAsync(CancellationToken cancellation) => session.Run<IReadOnlyList<ClosureCount>>(
        state =>
        {
            ISqlStatement query = state["SELECT kind, completed, failed FROM closure_counts ORDER BY kind"];
            var counts = new List<ClosureCount>();
            while (query.Read())
            {
                counts.Add(new ClosureCount(query.Text(0), query.Int64(1), query.Int64(2)));
            }

            return counts;
        },
        cancellation);

    public Task<IReadOnlyList<ClosureLetter>> LettersAsync(long afterId, int limit, CancellationToken cancellation) =>
        session.Run<IReadOnlyList<ClosureLetter>>(
            state =>
            {
                ISqlStatement query = state["SELECT id, payload, reason, added_ms FROM dead_letters WHERE id > $1 AND source = $2 AND resolved = 0 "
                    + "ORDER BY id LIMIT $3"];
                query.Bind(1, afterId).Bind(2, LetterSource).Bind(3, Paging.Cap(limit));
                var letters = new List<ClosureLetter>();
                while (query.Read())
                {
                    letters.Add(
                        new ClosureLetter(query.Int64(0), JsonSerializer.Deserialize<Closure>(query.Bytes(1))!, query.Text(2), query.Int64(3)));
                }

                return letters;
            },
            cancellation);

    public Task<bool> GiveUpAsync(long letterId) => session.Run(state =>
    {
        ISqlStatement update = state["UPDATE dead_letters SET resolved = 2 WHERE id = $1 AND source = $2 AND resolved = 0"];
        if (update.Bind(1, letterId).Bind(2, LetterSource).Run() == 0)
        {
            return false;
        }

        ClosureRetention.LetterGivenUp(state, letterId);
        ClosureRetention.Trim(state, options);
        return true;
    });

    public Task<bool> RetryAsync(long letterId) => session.Run(state =>
    {
        ISqlStatement find = state["SELECT payload FROM dead_letters WHERE id = $1 AND source = $2 AND resolved = 0"];
        if (!find.Bind(1, letterId).Bind(2, LetterSource).Read())
        {
            return false;
        }

        Closure closure = JsonSerializer.Deserialize<Closure>(find.Bytes(0))!;
        find.Reset();
        state["DELETE FROM closures WHERE letter = $1"].Bind(1, letterId).Run();
        state["UPDATE closure_counts SET failed = failed - 1 WHERE kind = $1"].Bind(1, closure.Kind).Run();
        File(state, closure, attempts: 1);
        state["UPDATE dead_letters SET retries = retries + 1, retried_ms = $1, resolved = 1 WHERE id = $2"].Bind(1, NowMs).Bind(2, letterId).Run();
        ClosureRetention.Trim(state, options);
        return true;
    });

    private async Task FileAll()
    {
        while (Take() is { Count: > 0 } filings)
        {
            try
            {
                var ids = await session.Run(state => filings.ConvertAll(filing => File(state, filing)));
                for (int i = 0; i < ids.Count; i++)
                {
                    filings[i].TrySetResult(ids[i]);
                }
            }
            catch (Exception) when (filings.Count > 1)
            {
                foreach (Filing filing in filings)
                {
                    await FileAlone(filing);
                }
            }
            catch (Exception exception)
            {
                filings[0].TrySetException(exception);
            }
        }
    }

    private async Task FileAlone(Filing filing)
    {
        try
        {
            filing.TrySetResult(await session.Run(state => File(state, filing)));
        }
        catch (Exception exception)
        {
            filing.TrySetException(exception);
        }
    }

    private List<Filing> Take()
    {
        lock (_gate)
        {
            var taken = new List<Filing>();
            int closures = 0;
            while (closures < FiledAtOnceMax && _waiting.TryDequeue(out Filing? filing))
            {
                taken.Add(filing);
                closures += filing.Closures.Count;
            }

            _isFiling = taken.Count > 0;
            return taken;
        }
    }

    private IReadOnlyList<long> File(StatementCache state, Filing filing)
    {
        var ids = new long[filing.Closures.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = File(state, filing.Closures[i], filing.Attempts);
        }

        ClosureRetention.Trim(state, options);
        return ids;
    }

    private long File(StatementCache state, Closure closure, int attempts)
    {
        ISqlStatement insert = state["INSERT INTO notifications (account, kind, body, added_ms, is_read, source) VALUES ($1, $2, $3, $4, 0, $5) ON "
            + "CONFLICT (source) DO NOTHING RETURNING id"];
        if (!insert.Bind(1, closure.Account).Bind(2, closure.Kind).Bind(3, closure.Body).Bind(4, closure.AtMs).Bind(5, closure.Key).Read())
        {
            return Find(state, closure.Key) ?? 0;
        }

        long id = insert.Int64(0);
        insert.Reset();
        state["INSERT INTO audit_log (at_ms, actor, action, detail, address) VALUES ($1, $2, $3, $4, $5)"]
            .Bind(1, closure.AtMs).Bind(2, $"account {closure.Account}").Bind(3, closure.Action).Bind(4, closure.Detail).Bind(5, "").Run();
        Record(state, closure, attempts, error: "", letter: 0);
        ClosureRetention.TrimNotifications(state, options, closure.Account, id);
        return id;
    }

    private void Record(StatementCache state, Closure closure, int attempts, string error, long letter)
    {
        int failed = letter == 0 ? 0 : 1;
        state["INSERT INTO closures (source, account, kind, outcome, attempts, error, at_ms, filed_ms, letter) VALUES ($1, $2, $3, $4, $5, $6, "
            + "$7, $8, $9)"]
            .Bind(1, closure.Key).Bind(2, closure.Account).Bind(3, closure.Kind).Bind(4, failed).Bind(5, attempts).Bind(6, error)
            .Bind(7, closure.AtMs).Bind(8, NowMs).Bind(9, letter).Run();
        state["INSERT INTO closure_counts (kind, completed, failed) VALUES ($1, $2, $3) ON CONFLICT (kind) DO UPDATE SET completed = "
            + "closure_counts.completed + excluded.completed, failed = closure_counts.failed + excluded.failed"]
            .Bind(1, closure.Kind).Bind(2, 1 - failed).Bind(3, failed).Run();
    }

    /// <summary>The notification with this key, zero for one that waits among the dead letters.</summary>
    private static long? Find(StatementCache state, string key)
    {
        ISqlStatement told = state["SELECT id FROM notifications WHERE source = $1"];
        if (told.Bind(1, key).Read())
        {
            long id = told.Int64(0);
            told.Reset();
            return id;
        }

        ISqlStatement buried = state["SELECT 1 FROM closures WHERE source = $1 AND letter <> 0"];
        if (!buried.Bind(1, key).Read())
        {
            return null;
        }

        buried.Reset();
        return 0;
    }

    private sealed class Filing(IReadOnlyList<Closure> closures, int attempts)
        : TaskCompletionSource<IReadOnlyList<long>>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public IReadOnlyList<Closure> Closures { get; } = closures;

        public int Attempts { get; } = attempts;
    }
}
