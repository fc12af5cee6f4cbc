using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Storage.Sql;

namespace Exchange.Storage.ReadModel;

/// <summary>
/// Positions that were asked for at a price, and what became of them. Few, so they are written as they change; those that
/// are not over are in memory.
/// </summary>
internal sealed class EntryTable
{
    public const string Columns =
        "id, account, market, client_id, side, leverage, margin, trigger_price, requested_ms, reached, reason, triggered_ms";

    private readonly HashSet<long> _open = [];
    private readonly ISqlStatement _add;
    private readonly ISqlStatement _decide;
    private readonly ISqlStatement _end;

    public EntryTable(StatementCache session)
    {
        _add = session[$"INSERT INTO position_entries ({Columns}, ended) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, 0)"];
        _decide = session["UPDATE position_entries SET reached = $1, reason = $2, triggered_ms = $3 WHERE id = $4"];
        _end = session["UPDATE position_entries SET ended = 1 WHERE id = $1"];
        ISqlStatement open = session["SELECT id FROM position_entries WHERE ended = 0"];
        while (open.Read())
        {
            _open.Add(open.Int64(0));
        }
    }

    public void Add(long account, PositionRequested e, Market market, long atMs)
    {
        _open.Add(e.PositionId);
        _add.Bind(1, e.PositionId).Bind(2, account).Bind(3, market.Number).Bind(4, e.ClientPositionId).Bind(5, (long)e.Side)
            .Bind(6, e.LeverageTenths).Bind(7, e.Margin).Bind(8, market.PriceOf(e.TriggerTicks)).Bind(9, atMs).Bind(10, 0m).Run();
    }

    /// <summary>One that ran out of time has not been triggered.</summary>
    public void Decide(EntryDecided e, long atMs) => _decide.Bind(1, e.ReachedPrice).Bind(2, (long)e.Reason)
        .Bind(3, e.ReachedPrice > 0 ? atMs : 0).Bind(4, e.PositionId).Run();

    public void End(long id)
    {
        if (_open.Remove(id))
        {
            _end.Bind(1, id).Run();
        }
    }
}
