using Exchange.Domain.Events;
using Exchange.Domain.Portfolios;
using Exchange.Storage.Sql;

namespace Exchange.Storage.ReadModel;

/// <summary>
/// What accounts have begun and not ended beside orders: requests for positions that are on their way, and announcements that
/// their owner has not been told. Small, so it is all in memory, and written as it changes.
/// </summary>
internal sealed class UnfinishedTable
{
    private readonly HashSet<long> _requests = [];
    private readonly Dictionary<long, (long Made, long Told)> _announcements = [];
    private readonly HashSet<long> _changed = [];
    private readonly ISqlStatement _addRequest;
    private readonly ISqlStatement _removeRequest;
    private readonly ISqlStatement _findAnnouncements;
    private readonly ISqlStatement _writeAnnouncements;

    public UnfinishedTable(StatementCache session)
    {
        _addRequest = session["INSERT INTO position_requests (id, account) VALUES ($1, $2)"];
        _removeRequest = session["DELETE FROM position_requests WHERE id = $1"];
        _findAnnouncements = session["SELECT made, told FROM announcements WHERE account = $1"];
        _writeAnnouncements = session[
            "INSERT INTO announcements (account, made, told) VALUES ($1, $2, $3) ON CONFLICT (account) DO UPDATE SET made = excluded.made, told = "
                + "excluded.told"];
        ISqlStatement requests = session["SELECT id FROM position_requests"];
        while (requests.Read())
        {
            _requests.Add(requests.Int64(0));
        }
    }

    public void Apply(long account, DomainEvent happened)
    {
        switch (happened)
        {
            case PositionRequested e: Add(e.PositionId, account); break;
            case MarginRequested e: Add(e.RequestId, account); break;
            case PositionSettled e: Remove(e.RequestId); break;
            case OrderEnded e: Remove(e.OrderId); break;
            case Announced e: Change(account, made: 0, e.UpTo); break;
            default:
                if (account > 0 && Announcements.IsOne(happened))
                {
                    Change(account, made: 1, told: 0);
                }

                break;
        }
    }

    public void Write()
    {
        foreach (long account in _changed)
        {
            (long made, long told) = _announcements[account];
            _writeAnnouncements.Bind(1, account).Bind(2, made).Bind(3, told).Run();
        }

        _changed.Clear();
        _announcements.Clear();
    }

    private void Add(long id, long account)
    {
        _requests.Add(id);
        _addRequest.Bind(1, id).Bind(2, account).Run();
    }

    private void Remove(long id)
    {
        if (_requests.Remove(id))
        {
            _removeRequest.Bind(1, id).Run();
        }
    }

    private void Change(long account, long made, long told)
    {
        if (!_announcements.TryGetValue(account, out (long Made, long Told) sum) && _findAnnouncements.Bind(1, account).Read())
        {
            sum = (_findAnnouncements.Int64(0), _findAnnouncements.Int64(1));
            _findAnnouncements.Reset();
        }

        _announcements[account] = (sum.Made + made, Math.Max(sum.Told, told));
        _changed.Add(account);
    }
}
