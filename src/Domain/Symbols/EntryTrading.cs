using Exchange.Domain.Events;
using Exchange.Domain.Orders;
using Exchange.Domain.Positions;

namespace Exchange.Domain.Symbols;

/// <summary>What fired in a tick and has yet to go to the market: an order, or a position's entry.</summary>
internal readonly record struct Fired(ConditionalArmed? Order, EntryArmed? Entry);

/// <summary>
/// Positions that are to be opened at a price, in a symbol's records. One that fires is opened or refused in the record in
/// which it fires. To be called between the order desk's Begin and End.
/// </summary>
public sealed class EntryTrading
{
    private readonly SymbolState _state;
    private readonly OrderDesk _orders;
    private readonly List<Fired> _fired;
    private readonly EntryDesk _entries;

    internal EntryTrading(SymbolState state, OrderDesk orders, PositionDesk positions, List<Fired> fired)
    {
        _state = state;
        _orders = orders;
        _fired = fired;
        _entries = new EntryDesk(state.Positions, positions, orders.Emit);
    }

    public bool IsWaiting(long account, long positionId) => _state.Positions.Entries.IsWaiting(account, positionId);

    /// <summary>A refusal is journaled as the end of the request, which lets its owner's hold go.</summary>
    public Reason Place(OpenPosition request, EntryTrigger trigger, in Quotes quotes, long nowMs)
    {
        var reason = _entries.Arm(request, trigger, quotes, nowMs);
        if (reason != Reason.None)
            _orders.Refuse(request.Account, request.PositionId, reason);
        return reason;
    }

    public Reason Cancel(long account, long positionId, Reason why = Reason.CancelledByUser)
    {
        if (!IsWaiting(account, positionId))
            return Reason.UnknownPosition;
        End(new EntryCancelled(positionId, account, why), OrderStatus.Cancelled);
        return Reason.None;
    }

    internal void Take(EntryFired fired)
    {
        _state.Positions.Entries.TryGet(fired.PositionId, out var entry);
        _fired.Add(new Fired(null, entry));
        _orders.Emit(fired);
    }

    internal void Take(EntryCancelled cancelled) => End(cancelled, OrderStatus.Expired);

    private void End(EntryCancelled cancelled, OrderStatus status)
    {
        _orders.Emit(cancelled);
        _orders.Emit(new OrderDone(cancelled.PositionId, cancelled.Account, status, cancelled.Reason, 0, 0));
    }
}
