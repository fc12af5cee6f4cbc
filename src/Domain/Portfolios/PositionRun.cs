using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Portfolios;

/// <summary>The part of a settlement run that has to do with positions: each is followed through the batch in a sketch.</summary>
internal sealed class PositionRun(PositionAccount positions)
{
    private readonly Dictionary<long, decimal?> _margins = [];
    private readonly HashSet<long> _usedHolds = [];

    public void Clear()
    {
        _margins.Clear();
        _usedHolds.Clear();
    }

    public bool Knows(in SettlementItem item) =>
        item.Kind == SettlementKind.Position || (item.Kind == SettlementKind.Done && positions.FindHold(item.OrderId) is not null);

    public Reason Decide(Market market, in SettlementItem item, List<DomainEvent> events) => item.Kind == SettlementKind.Done
        ? DecideRefused(market, item, events)
        : item.Move is { } move ? DecideMove(market, item, move, events) : Reason.InvalidRequest;

    private Reason DecideRefused(Market market, in SettlementItem item, List<DomainEvent> events)
    {
        var reason = UseHold(market, item.OrderId, out var held);
        if (reason == Reason.None)
            events.Add(new OrderEnded(market.Symbol, item.Sequence, item.OrderId, item.Status, item.Reason, held));
        return reason;
    }

    private Reason DecideMove(Market market, in SettlementItem item, PositionMove move, List<DomainEvent> events)
    {
        if (move.Payout < 0 || move.Fee < 0 || !IsWhole(market, move))
            return Reason.InvalidAmount;
        var released = 0m;
        if (move.RequestId != 0)
        {
            var reason = UseHold(market, move.RequestId, out var held);
            released = held - move.MarginChange - move.Fee;
            if (reason != Reason.None || move.MarginChange < 0 || released < 0)
                return reason != Reason.None ? reason : Reason.InsufficientBalance;
        }

        if (MarginOf(move) is not { } margin)
            return Reason.UnknownPosition;
        margin += move.MarginChange;
        var isClosed = move.Kind == PositionMoveKind.Closed;
        if (margin < 0 || (isClosed && margin != 0))
            return Reason.InsufficientBalance;
        _margins[move.PositionId] = isClosed ? null : margin;
        events.Add(new PositionSettled(
            market.Symbol, item.Sequence, item.Index, move.Kind, move.PositionId, move.RequestId, market.Quote, move.MarginChange,
            move.Payout, move.Fee, released, move.Cause, move.Volume));
        return Reason.None;
    }

    private Reason UseHold(Market market, long id, out decimal held)
    {
        var hold = positions.FindHold(id);
        held = hold?.Held ?? 0;
        if (hold is null || !_usedHolds.Add(id))
            return Reason.UnknownOrder;
        return hold.Symbol == market.Symbol ? Reason.None : Reason.UnknownSymbol;
    }

    private decimal? MarginOf(PositionMove move)
    {
        if (move.Kind == PositionMoveKind.Opened)
            return 0;
        return _margins.TryGetValue(move.PositionId, out var margin) ? margin : positions.Find(move.PositionId)?.Margin;
    }

    private static bool IsWhole(Market market, PositionMove move) =>
        move.MarginChange.IsWholeAt(market.QuotePrecision)
        && move.Payout.IsWholeAt(market.QuotePrecision)
        && move.Fee.IsWholeAt(market.QuotePrecision);
}
