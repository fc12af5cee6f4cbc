using System.Diagnostics.CodeAnalysis;
using Exchange.Domain.Events;
using Exchange.Domain.Orders;

namespace Exchange.Domain.Symbols;

/// <summary>How a finished order ended, and in which journal record.</summary>
public readonly record struct OrderOutcome(OrderStatus Status, Reason Reason, long Sequence, long FilledLots, decimal FilledQuote);

/// <summary>
/// Which order ids this symbol has seen. A portfolio's floor says that lower ids have arrived or never will, so only
/// the ids above it need remembering: what is kept depends on what is on its way, not on what has ever happened.
/// </summary>
public sealed class KnownOrders
{
    private readonly Dictionary<long, LiveOrder> _live = [];
    private readonly Dictionary<long, AccountOrders> _accounts = [];

    public int LiveCount => _live.Count;
    public int AccountCount => _accounts.Count;
    public IEnumerable<LiveOrder> Live => _live.Values;

    public bool TryLive(long orderId, [NotNullWhen(true)] out LiveOrder? order) => _live.TryGetValue(orderId, out order);

    public bool TryFinished(long account, long orderId, out OrderOutcome finished)
    {
        finished = default;
        return _accounts.TryGetValue(account, out var known) && known.Finished.TryGetValue(orderId, out finished);
    }

    public bool IsBelowFloor(long account, long orderId) =>
        _accounts.TryGetValue(account, out var known) && orderId < known.Floor;

    public void RaiseFloor(long account, long floor, long nowMs)
    {
        var known = Of(account);
        known.LastSeenMs = nowMs;
        if (floor <= known.Floor)
            return;
        known.Floor = floor;
        if (known.Finished.Count == 0)
            return;
        foreach (var id in known.Finished.Keys)
        {
            if (id < floor)
                known.Finished.Remove(id);
        }
    }

    public LiveOrder Accept(OrderAccepted order)
    {
        var live = new LiveOrder(order);
        _live.Add(order.OrderId, live);
        Of(order.Account).Live++;
        return live;
    }

    public void Finish(long account, long orderId, in OrderOutcome finished, long nowMs)
    {
        var known = Of(account);
        known.LastSeenMs = Math.Max(known.LastSeenMs, nowMs);
        if (_live.Remove(orderId))
            known.Live--;
        if (orderId >= known.Floor)
            known.Finished[orderId] = finished;
    }

    /// <summary>After a start nobody can say how long an account has been quiet, so it counts from now.</summary>
    public void SeenAtLeast(long nowMs)
    {
        foreach (var known in _accounts.Values)
            known.LastSeenMs = Math.Max(known.LastSeenMs, nowMs);
    }

    /// <summary>As long as these have not been told what became of their orders, they may ask about them.</summary>
    public void SeenAtLeast(IEnumerable<long> accounts, long nowMs)
    {
        foreach (var account in accounts)
        {
            if (_accounts.TryGetValue(account, out var known))
                known.LastSeenMs = Math.Max(known.LastSeenMs, nowMs);
        }
    }

    /// <summary>Accounts without a live order that nobody has heard of since: no message of theirs can still be on its way.</summary>
    public void ForgetQuiet(long beforeMs)
    {
        foreach (var (account, known) in _accounts)
        {
            if (known.Live == 0 && known.LastSeenMs < beforeMs)
                _accounts.Remove(account);
        }
    }

    public IEnumerable<(long Account, long Floor, IReadOnlyDictionary<long, OrderOutcome> Finished)> Memory()
    {
        foreach (var (account, known) in _accounts)
            yield return (account, known.Floor, known.Finished);
    }

    private AccountOrders Of(long account)
    {
        if (!_accounts.TryGetValue(account, out var known))
            _accounts[account] = known = new AccountOrders();
        return known;
    }

    private sealed class AccountOrders
    {
        public long Floor;
        public long LastSeenMs;
        public int Live;
        public readonly Dictionary<long, OrderOutcome> Finished = [];
    }
}
