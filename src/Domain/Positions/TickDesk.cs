using Exchange.Domain.Events;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>
/// Decides what a tick does, each position, open or not yet, and order at most once. In this order: liquidations on the mark price; then
/// what sells, on the way of the best bid; then what buys, on the way of the best ask; then what has run out of time.
/// One tick may carry a position past a stop and past its liquidation price. The liquidation goes first, for the mark price
/// says that the margin is used up; but where the price to close at has stayed, or is again, on the near side of the
/// liquidation price, the stop did what it was set for and is the cause. A path that crosses stop and target takes the one
/// that it reached first. The emitted events must be applied to the book before the next one comes.
/// </summary>
public sealed class TickDesk(PositionBook book, Action<DomainEvent> emit)
{
    /// <summary>Answers how many positions are to be closed and orders to be placed now.</summary>
    public int Tick(in MarketTick tick, long nowMs)
    {
        var sink = new Sink(this, tick);
        var fired = 0;
        if (tick.Mark is { } mark)
            fired += book.Watches.Mark.Fire(mark, ref sink);
        if (tick.Bid is { } bid)
            fired += book.Watches.Bid.Fire(bid, ref sink);
        if (tick.Ask is { } ask)
            fired += book.Watches.Ask.Fire(ask, ref sink);
        return fired + book.Watches.Clock.Fire(TriggerDirection.Rising, nowMs, ref sink);
    }

    private void Fired(in Trigger trigger, in MarketTick tick)
    {
        if (trigger.Slot == TriggerSlots.Conditional)
            FireConditional(trigger, tick);
        else if (book.Entries.TryGet(trigger.Id, out var entry))
            FireEntry(entry, trigger, tick);
        else if (book.TryGet(trigger.Id, out var position) && position.State == PositionState.Open)
            Close(position, trigger, tick);
        else
            throw new InvalidOperationException($"A trigger of position {trigger.Id} fired, which is not open.");
    }

    private void Close(Position position, in Trigger trigger, in MarketTick tick)
    {
        var (cause, level, price) = trigger.Slot switch
        {
            TriggerSlots.Liquidation => Liquidate(position, trigger, tick),
            TriggerSlots.StopLoss => (CloseCause.StopLoss, trigger.Level, Reached(tick.At(position.ExitSide), trigger.Direction)),
            TriggerSlots.TakeProfit => (CloseCause.TakeProfit, trigger.Level, Reached(tick.At(position.ExitSide), trigger.Direction)),
            TriggerSlots.Trailing => (CloseCause.TrailingStop, trigger.Level, Reached(tick.At(position.ExitSide), trigger.Direction)),
            TriggerSlots.Expiry => (CloseCause.Expiry, 0, 0),
            _ => throw new InvalidOperationException($"Slot {trigger.Slot} is not a position's."),
        };
        emit(new PositionClosing(position.Id, position.Account, cause, level, price));
    }

    private (CloseCause Cause, long Level, long Price) Liquidate(Position position, in Trigger trigger, in MarketTick tick)
    {
        if (tick.At(position.ExitSide) is { } exit && !position.Side.IsAtOrPast(exit.Last, trigger.Level))
        {
            var worst = Reached(exit, position.Side.Against());
            var trailing = book.TrailingLevel(position);
            var isTrailing = trailing > 0
                && (position.Levels.StopLossTicks == 0 || position.Side.IsAtOrPast(position.Levels.StopLossTicks, trailing));
            var stop = isTrailing ? trailing : position.Levels.StopLossTicks;
            if (stop > 0 && position.Side.IsAtOrPast(worst, stop))
                return (isTrailing ? CloseCause.TrailingStop : CloseCause.StopLoss, stop, worst);
        }

        return (CloseCause.Liquidation, trigger.Level, Reached(tick.Mark, trigger.Direction));
    }

    private void FireConditional(in Trigger trigger, in MarketTick tick)
    {
        if (!book.Conditionals.TryGet(trigger.Id, out var order))
            throw new InvalidOperationException($"A trigger of order {trigger.Id} fired, which does not wait.");
        var armed = order.Armed;
        if (order.IsTrailing && !order.IsActive)
        {
            FlushTrailing();
            emit(new ConditionalActivated(armed.OrderId, armed.Account, FirstPast(trigger, tick.At(armed.Side))));
            return;
        }

        emit(new ConditionalFired(
            armed.OrderId, armed.Account, trigger.Level, Reached(tick.At(armed.Side), trigger.Direction), armed.PairId));
        if (armed.PairId != 0 && book.Conditionals.TryGet(armed.PairId, out var pair))
            emit(new ConditionalCancelled(pair.Armed.OrderId, pair.Armed.Account, Reason.PairDone));
    }

    /// <summary>Its clock is its expiry: a price that was reached in the same tick was there in time.</summary>
    private void FireEntry(EntryArmed entry, in Trigger trigger, in MarketTick tick)
    {
        if (trigger.Slot == TriggerSlots.Entry)
            emit(new EntryFired(entry.PositionId, entry.Account, trigger.Level, Reached(tick.At(entry.Side.EntrySide()), trigger.Direction)));
        else
            emit(new EntryCancelled(entry.PositionId, entry.Account, Reason.EntryExpired));
    }

    private void FlushTrailing()
    {
        if (book.Watches.TakeAdvance() is { } advance)
            emit(advance);
    }

    private static long Reached(PricePath? path, TriggerDirection direction) => path is not { } way
        ? 0
        : direction == TriggerDirection.Falling ? way.Low : way.High;

    /// <summary>The first price that met the level: the level itself, unless the price was never seen there.</summary>
    private static long FirstPast(in Trigger trigger, PricePath? path) => path is not { } way
        ? trigger.Level
        : trigger.Direction == TriggerDirection.Falling ? Math.Min(trigger.Level, way.High) : Math.Max(trigger.Level, way.Low);

    private readonly struct Sink(TickDesk desk, MarketTick tick) : ITriggerSink
    {
        public void Fired(in Trigger trigger) => desk.Fired(trigger, tick);
    }
}
