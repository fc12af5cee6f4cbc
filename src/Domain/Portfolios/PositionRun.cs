using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Money;
using Exchange.Domain.Positions;
using Exchange.Domain.Settlement;

namespace Exchange.Domain.Portfolios;

/// <summary>The part of a settlement run that has to do with positions: each is followed through the batch in a sketch.</summary>
internal sealed class PositionRun(PositionAccount positions)
{
    private readonly Dictionary<long, Sketch?> _sketches = [];
    private readonly HashSet<long> _usedHolds = [];

    public void Clear()
    {
        _sketches.Clear();
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

        if (SketchOf(move) is not { } sketch)
            return Reason.UnknownPosition;
        sketch.Margin += move.MarginChange;
        sketch.Result += move.RequestId != 0 ? -move.Fee : move.MarginChange + move.Payout;
        var isClosed = move.Kind == PositionMoveKind.Closed;
        if (sketch.Margin < 0 || (isClosed && sketch.Margin != 0))
            return Reason.InsufficientBalance;
        _sketches[move.PositionId] = isClosed ? null : sketch;
        events.Add(new PositionSettled(
            market.Symbol, item.Sequence, item.Index, move.Kind, move.PositionId, move.RequestId, market.Quote, move.MarginChange,
            move.Payout, move.Fee, released, move.Cause, move.Volume));
        if (move.Exit is { } exit)
            events.Add(Left(market, item, move, exit, sketch));
        return Reason.None;
    }

    private static PositionLeft Left(
        Market market, in SettlementItem item, PositionMove move, PositionExitFacts exit, in Sketch sketch) => new(
        market.Symbol,
        item.Sequence,
        item.Index,
        move.PositionId,
        sketch.Terms.ClientPositionId,
        sketch.Terms.Side,
        sketch.Terms.LeverageTenths,
        move.Kind == PositionMoveKind.Closed,
        move.Cause,
        market.Quote,
        market.QuantityOf(exit.Lots),
        PositionMath.AveragePrice(market, sketch.Terms.Side, exit.Lots, exit.EntryNotional),
        PositionMath.AveragePrice(market, PositionSide.Short, exit.Lots, exit.ExitNotional),
        -move.MarginChange,
        exit.Profit,
        exit.Fee,
        move.Payout,
        sketch.Result,
        market.PriceOf(exit.LevelTicks),
        market.PriceOf(exit.PriceTicks),
        exit.RequestId,
        market.QuantityOf(exit.AskedLots));

    private Reason UseHold(Market market, long id, out decimal held)
    {
        var hold = positions.FindHold(id);
        held = hold?.Held ?? 0;
        if (hold is null || !_usedHolds.Add(id))
            return Reason.UnknownOrder;
        return hold.Symbol == market.Symbol ? Reason.None : Reason.UnknownSymbol;
    }

    private Sketch? SketchOf(PositionMove move)
    {
        if (_sketches.TryGetValue(move.PositionId, out var sketch))
            return sketch;
        if (move.Kind == PositionMoveKind.Opened)
            return positions.FindHold(move.PositionId)?.Terms is PositionRequested terms ? new Sketch(terms) : null;
        return positions.Find(move.PositionId) is { } open
            ? new Sketch(open.Terms) { Margin = open.Margin, Result = open.Result }
            : null;
    }

    private static bool IsWhole(Market market, PositionMove move) =>
        move.MarginChange.IsWholeAt(market.QuotePrecision)
        && move.Payout.IsWholeAt(market.QuotePrecision)
        && move.Fee.IsWholeAt(market.QuotePrecision);

    private struct Sketch(PositionRequested terms)
    {
        public readonly PositionRequested Terms = terms;
        public decimal Margin;
        public decimal Result;
    }
}
