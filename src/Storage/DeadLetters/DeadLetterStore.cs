using Exchange.Storage.Closures;
using Exchange.Storage.Sql;
using Exchange.Storage.State;

namespace Exchange.Storage.DeadLetters;

internal sealed class DeadLetterStore(StateSession session, StorageOptions options, TimeProvider time) : IDeadLetters
{
    private const string Columns = "id, source, target, reason, payload, added_ms, retries, retried_ms, resolved";

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<long> AddAsync(string source, string target, string reason, ReadOnlyMemory<byte> payload) => session.Run(state =>
    {
        ISqlStatement insert = state["INSERT INTO dead_letters (source, target, reason, payload, added_ms, retries, retried_ms) VALUES ($1, $2, "
            + "$3, $4, $5, 0, 0) RETURNING id"];
        insert.Bind(1, source).Bind(2, target).Bind(3, reason).Bind(4, payload.Span).Bind(5, NowMs).Read();
        long id = insert.Int64(0);
        insert.Reset();
        return id;
    });

    public Task<IReadOnlyList<DeadLetter>> ListAsync(
        long afterId, int limit, CancellationToken cancellation) => session.Run<IReadOnlyList<DeadLetter>>(
        state =>
        {
            ISqlStatement query = state[$"SELECT {Columns} FROM dead_letters WHERE id > $1 AND resolved = 0 AND source <> 'closures' ORDER BY id "
                + "LIMIT $2"];
            return Letters(query.Bind(1, afterId).Bind(2, Paging.Cap(limit)));
        },
        cancellation);

    public Task<IReadOnlyList<DeadLetter>> PastAsync(
        long beforeId, int limit, CancellationToken cancellation) => session.Run<IReadOnlyList<DeadLetter>>(
        state =>
        {
            ISqlStatement query = state[$"SELECT {Columns} FROM dead_letters WHERE id < $1 AND resolved <> 0 AND source <> 'closures' ORDER BY id "
                + "DESC LIMIT $2"];
            return Letters(query.Bind(1, beforeId).Bind(2, Paging.Cap(limit)));
        },
        cancellation);

    public Task<DeadLetter?> FindAsync(long id, CancellationToken cancellation) => session.Run(
        state =>
        {
            ISqlStatement query = state[$"SELECT {Columns} FROM dead_letters WHERE id = $1 AND resolved = 0 AND source <> 'closures'"];
            if (!query.Bind(1, id).Read())
            {
                return null;
            }

            DeadLetter letter = Letter(query);
            query.Reset();
            return letter;
        },
        cancellation);

    public Task<bool> MarkRetriedAsync(long id) => session.Run(state =>
        state["UPDATE dead_letters SET retries = retries + 1, retried_ms = $1 WHERE id = $2 AND resolved = 0"].Bind(1, NowMs).Bind(2, id).Run() == 1);

    public Task<bool> CompleteAsync(long id) => session.Run(state => Resolve(state, id, DeadLetterState.Delivered));

    public Task<bool> DropAsync(long id) => session.Run(state => Resolve(state, id, DeadLetterState.GivenUp));

    public Task<long> CountAsync(CancellationToken cancellation) => session.Run(
        state => state.Number("SELECT COUNT(*) FROM dead_letters WHERE resolved = 0 AND source <> 'closures'") ?? 0, cancellation);

    private bool Resolve(StatementCache state, long id, DeadLetterState outcome)
    {
        ISqlStatement update = state["UPDATE dead_letters SET resolved = $1 WHERE id = $2 AND resolved = 0"];
        if (update.Bind(1, (long)outcome).Bind(2, id).Run() == 0)
        {
            return false;
        }

        ClosureRetention.Trim(state, options);
        return true;
    }

    private static List<DeadLetter> Letters(ISqlStatement query)
    {
        var letters = new List<DeadLetter>();
        while (query.Read())
        {
            letters.Add(Letter(query));
        }

        return letters;
    }

    private static DeadLetter Letter(ISqlStatement row) => new(
        row.Int64(0), row.Text(1), row.Text(2), row.Text(3), row.Bytes(4).ToArray(), row.Int64(5), row.Int32(6), row.Int64(7),
        (DeadLetterState)row.Int64(8));
}
