using Exchange.Domain.Book;
using Exchange.Domain.Events;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>What must hold between positions, orders and what is armed for them.</summary>
internal static class PositionBookRules
{
    public static void Validate(PositionBook book)
    {
        book.Watches.Validate();
        var marks = 0;
        var exits = book.Conditionals.Count + book.Entries.Count;
        var expiries = 0;
        foreach (var position in book.Positions)
        {
            Invariant.Holds(book.Of(position.Account).Contains(position), "an account's positions are found by it");
            Invariant.Holds(position.Lots > 0 && position.Margin >= 0, "a position has lots, and margin that is not negative");
            if (position.State == PositionState.Closing)
                continue;
            Invariant.Holds(position.State == PositionState.Open, "a closed position is gone");
            marks += CheckLiquidation(book, position);
            exits += CheckExits(book, position);
            expiries += CheckExpiry(book, position);
        }

        foreach (var order in book.Conditionals.Orders)
            CheckConditional(book, order);
        foreach (var entry in book.Entries.Waiting)
            expiries += CheckEntry(book, entry);
        Invariant.Holds(book.Closing.All(position => position.State == PositionState.Closing), "only what is closing waits for it");
        Invariant.Holds(
            book.Closing.Count == book.Positions.Count(position => position.State == PositionState.Closing),
            "every closing position waits");
        Invariant.Holds(book.Watches.Mark.Count == marks, "nothing else watches the mark price");
        Invariant.Holds(book.Watches.Bid.Count + book.Watches.Ask.Count == exits, "nothing else watches bid and ask");
        Invariant.Holds(book.Watches.Clock.Count == expiries, "nothing else watches the clock");
    }

    private static int CheckLiquidation(PositionBook book, Position position)
    {
        var level = position.LiquidationTicks(book.Market);
        return CheckFixed(book.Watches.Mark, position, TriggerSlots.Liquidation, position.Side.Against(), level);
    }

    private static int CheckExits(PositionBook book, Position position)
    {
        var watch = book.Watches.For(position.ExitSide);
        var isTrailing = watch.TryGet(position.Id, TriggerSlots.Trailing, out TrailingStop stop);
        Invariant.Holds(isTrailing == (position.Levels.TrailUnit != TrailUnit.None), "a trailing stop follows if the position has one");
        Invariant.Holds(
            !isTrailing || (stop.Unit == position.Levels.TrailUnit && stop.Distance == position.Levels.TrailDistance), "and at its distance");
        return CheckFixed(watch, position, TriggerSlots.StopLoss, position.Side.Against(), position.Levels.StopLossTicks)
            + CheckFixed(watch, position, TriggerSlots.TakeProfit, position.Side.InFavour(), position.Levels.TakeProfitTicks)
            + (isTrailing ? 1 : 0);
    }

    private static int CheckExpiry(PositionBook book, Position position)
    {
        var isArmed = book.Watches.Clock.TryGet(position.Id, TriggerSlots.Expiry, out var trigger);
        Invariant.Holds(isArmed == (position.Levels.ExpiresAtMs > 0) && trigger.Level == position.Levels.ExpiresAtMs, "an expiry is armed");
        return isArmed ? 1 : 0;
    }

    private static int CheckFixed(PriceWatch watch, Position position, int slot, TriggerDirection direction, long level)
    {
        var isArmed = watch.TryGet(position.Id, slot, out Trigger trigger);
        Invariant.Holds(isArmed == (level > 0), "a level is armed if there is one");
        Invariant.Holds(!isArmed || trigger == new Trigger(position.Id, slot, direction, level), "and armed where it is");
        return isArmed ? 1 : 0;
    }

    private static int CheckEntry(PositionBook book, EntryArmed entry)
    {
        var isArmed = book.Watches.For(entry.Side.EntrySide()).TryGet(entry.PositionId, TriggerSlots.Entry, out Trigger trigger);
        Invariant.Holds(isArmed && (trigger.Level, trigger.Direction) == (entry.TriggerTicks, entry.Direction), "an entry waits at its price");
        Invariant.Holds(!book.TryGet(entry.PositionId, out _), "what waits is not open");
        Invariant.Holds(book.Entries.Of(entry.Account).Contains(entry), "and is found by its account");
        var expires = book.Watches.Clock.TryGet(entry.PositionId, TriggerSlots.Expiry, out var expiry);
        Invariant.Holds(expires == (entry.Levels.ExpiresAtMs > 0) && expiry.Level == entry.Levels.ExpiresAtMs, "an entry waits until its expiry");
        return expires ? 1 : 0;
    }

    private static void CheckConditional(PositionBook book, ConditionalOrder order)
    {
        var watch = book.Watches.For(order.Armed.Side);
        var isFixed = watch.TryGet(order.Armed.OrderId, TriggerSlots.Conditional, out Trigger trigger);
        var follows = watch.TryGet(order.Armed.OrderId, TriggerSlots.Conditional, out TrailingStop _);
        Invariant.Holds(follows == order.IsActive && isFixed != follows, "a conditional order waits in one way");
        Invariant.Holds(!isFixed || (trigger.Level, trigger.Direction) == (order.Armed.StopTicks, order.Direction), "at its stop price");
    }
}
