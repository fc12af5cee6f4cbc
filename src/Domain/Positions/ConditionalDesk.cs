using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Triggers;

namespace Exchange.Domain.Positions;

/// <summary>
/// Decides what owners ask of orders that wait for a price. The order itself has passed the checks of any order before.
/// </summary>
public sealed class ConditionalDesk(PositionBook book, Action<DomainEvent> emit)
{
    private Market Market => book.Market;

    /// <summary>What is particular to a conditional order. Its anchor is not asked: it is set when it is armed.</summary>
    public Reason Check(ConditionalArmed order, in Quotes quotes)
    {
        if (order.TrailingBps < 0 || order.TrailingBps > TrailingStop.BasisPointsMax)
            return Reason.InvalidTrailing;
        if (order.StopTicks < 0 || order.StopTicks > Market.MaxPriceTicks || (order.StopTicks == 0 && order.TrailingBps == 0))
            return Reason.InvalidPrice;
        if (order.PriceTicks < 0 || order.PriceTicks > Market.MaxPriceTicks || (order.PriceTicks > 0) != order.Type.IsLimit())
            return Reason.InvalidPrice;
        if (order.Type.IsLimit() ? order.Lots <= 0 || order.QuoteAmount != 0 : order.Lots <= 0 == order.QuoteAmount <= 0)
            return Reason.InvalidQuantity;

        return CheckMarket(order, quotes);
    }

    private static Reason CheckMarket(ConditionalArmed order, in Quotes quotes)
    {
        var price = quotes.At(order.Side);
        if (order.StopTicks == 0)
            return price > 0 ? Reason.None : Reason.NoLiquidity;
        if (price <= 0)
            return Reason.None;
        var isThere = order.Type.Direction(order.Side) == TriggerDirection.Falling ? price <= order.StopTicks : price >= order.StopTicks;
        return isThere ? Reason.WouldTriggerImmediately : Reason.None;
    }

    /// <summary>
    /// Two orders of which one cancels the other: the same side and lots, one above the market and one below. Either leg may
    /// rest in the book instead, as a limit order on the winning side; it is then given by its price.
    /// </summary>
    public static Reason CheckPair(ConditionalArmed one, ConditionalArmed other) =>
        one.Side != other.Side || one.Lots != other.Lots || one.Type.IsStopLoss() == other.Type.IsStopLoss()
            ? Reason.UnsupportedCombination
            : Reason.None;

    public static Reason CheckPair(ConditionalArmed conditional, Side side, long restingTicks, long restingLots, in Quotes quotes)
    {
        if (conditional.Side != side || conditional.Lots != restingLots || !conditional.Type.IsStopLoss())
            return Reason.UnsupportedCombination;
        var price = quotes.At(side);
        var rests = price <= 0 || (side == Side.Sell ? restingTicks > price : restingTicks < price);
        return rests ? Reason.None : Reason.WouldTakeLiquidity;
    }

    public void Arm(ConditionalArmed order, in Quotes quotes)
    {
        var follows = order.TrailingBps > 0 && order.StopTicks == 0;
        if (follows)
            FlushTrailing();
        emit(order with { AnchorTicks = follows ? quotes.At(order.Side) : 0 });
    }

    /// <summary>Cancels the order, and with it the one it is paired with if that waits here as well.</summary>
    public Reason Cancel(long account, long orderId, Reason why)
    {
        if (!book.Conditionals.TryGet(orderId, out var order) || order.Armed.Account != account)
            return Reason.UnknownOrder;
        emit(new ConditionalCancelled(orderId, account, why));
        if (order.Armed.PairId != 0 && book.Conditionals.TryGet(order.Armed.PairId, out var pair))
            emit(new ConditionalCancelled(pair.Armed.OrderId, account, why));
        return Reason.None;
    }

    /// <summary>An order that rests in the book filled, even in part, or ended: what is paired with it is over.</summary>
    public void PairEnded(long restingOrderId)
    {
        if (book.Conditionals.TryPairOf(restingOrderId, out var order))
            emit(new ConditionalCancelled(order.Armed.OrderId, order.Armed.Account, Reason.PairDone));
    }

    private void FlushTrailing()
    {
        if (book.Watches.TakeAdvance() is { } advance)
            emit(advance);
    }
}
