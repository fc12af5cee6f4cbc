using Exchange.Domain;
using Exchange.Storage.Sql;

namespace Exchange.Storage.ReadModel;

internal sealed class CommandLog(ReaderPool<StatementCache> readers, StorageOptions options) : ICommandLog
{
    private const int WaitingMax = 20_000;
    private readonly Lock _gate = new();
    private List<CommandEntry> _waiting = [];
    private List<CommandEntry> _writing = [];

    public bool IsEmpty => _waiting.Count == 0;

    public void Record(in CommandEntry command)
    {
        lock (_gate)
        {
            if (_waiting.Count < WaitingMax)
            {
                _waiting.Add(command);
                return;
            }
        }

        StorageMetrics.CommandsDropped.Add(1);
    }

    /// <summary>Writes what waits within the transaction that is open on the session.</summary>
    public void Write(StatementCache session)
    {
        lock (_gate)
        {
            _writing.Clear();
            (_waiting, _writing) = (_writing, _waiting);
        }

        ISqlStatement insert = session[
            "INSERT INTO commands (account, kind, subject, outcome, received_ms, latency_us) VALUES ($1, $2, $3, $4, $5, $6)"];
        foreach (CommandEntry command in _writing)
        {
            insert.Bind(1, command.Account).Bind(2, command.Kind).Bind(3, command.Subject).Bind(4, (long)command.Outcome)
                .Bind(5, command.ReceivedAtMs).Bind(6, command.LatencyMicroseconds).Add();
        }

        session["DELETE FROM commands WHERE id <= (SELECT MAX(id) FROM commands) - $1"].Bind(1, options.CommandsKept).Run();
    }

    public Task<IReadOnlyList<CommandRow>> ListAsync(long? account, long beforeId, int limit, CancellationToken cancellation) =>
        readers.Run<IReadOnlyList<CommandRow>>(
            reader =>
            {
                ISqlStatement query = reader[
                    "SELECT id, account, kind, subject, outcome, received_ms, latency_us FROM commands WHERE id < $1 AND account BETWEEN $2 AND $3 "
                        + "ORDER BY id DESC LIMIT $4"];
                query.Bind(1, beforeId).Bind(2, account ?? long.MinValue).Bind(3, account ?? long.MaxValue).Bind(4, Paging.Cap(limit));
                var rows = new List<CommandRow>();
                while (query.Read())
                {
                    rows.Add(new CommandRow(query.Int64(0), new CommandEntry(
                        query.Int64(1), query.Text(2), query.Text(3), (Reason)query.Int64(4), query.Int64(5), query.Int64(6))));
                }

                return rows;
            },
            cancellation);
}
