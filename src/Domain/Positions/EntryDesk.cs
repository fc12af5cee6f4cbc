using Exchange.Domain.Events;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>
/// Decides about positions that are to be opened at a price. What they ask for is checked twice: as if the market stood at
/// the trigger when they come, and as the market stands when it has been reached.
/// </summary>
public sealed class EntryDesk(PositionBook book, PositionDesk positions, Action<DomainEvent> emit)
{
    public Reason Arm(OpenPosition request, EntryTrigger trigger, in Quotes quotes, long nowMs)
    {
        if (trigger.Ticks <= 0 || trigger.Ticks > book.Market.MaxPriceTicks)
            return Reason.InvalidPrice;
        var price = quotes.At(request.Side.EntrySide());
        if (price <= 0)
            return Reason.NoLiquidity;
        var direction = trigger.Direction ?? (price < trigger.Ticks ? TriggerDirection.Rising : TriggerDirection.Falling);
        if (direction == TriggerDirection.Rising ? price >= trigger.Ticks : price <= trigger.Ticks)
            return Reason.WouldTriggerImmediately;
        var reason = positions.CheckOpen(request, new Quotes(trigger.Ticks, trigger.Ticks, trigger.Ticks), nowMs);
        if (reason != Reason.None)
            return reason;

        emit(new EntryArmed(
            request.PositionId, request.Account, request.ClientPositionId, request.Side, request.Margin, request.Leverage.Tenths,
            request.Levels, trigger.Ticks, direction, request.FeeMax));
        return Reason.None;
    }

    public static OpenPosition RequestOf(EntryArmed e) => new(
        e.PositionId, e.Account, e.ClientPositionId, e.Side, e.Margin, new Leverage(e.LeverageTenths), e.Levels, e.FeeMax);
}
