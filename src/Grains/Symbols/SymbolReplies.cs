using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Symbols;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Symbols;

/// <summary>From the domain's ticks and lots to the messages that leave the grain about orders.</summary>
internal static class SymbolReplies
{
    /// <summary>The order is below its account's floor: a late duplicate of something that is long over.</summary>
    public static readonly SubmitReply TooLate = new(OrderStatus.Rejected, Reason.OrderAlreadyDone, 0, 0, 0, []);

    /// <summary>Nothing was done about a cancellation, because there is no room to journal it.</summary>
    public static readonly CancelReply NotNow = new(Reason.Overloaded, OrderStatus.New, 0, 0, 0);

    public static bool IsTooLate(SubmitReply reply) => reply is { Status: OrderStatus.Rejected, Reason: Reason.OrderAlreadyDone };

    public static OrderAccepted ToAccepted(SubmitOrder order) => new(
        order.OrderId,
        order.Account,
        order.ClientOrderId,
        order.Side,
        order.Type,
        order.TimeInForce,
        order.LimitTicks,
        order.Lots,
        order.QuoteAmount,
        order.DisplayLots,
        order.SelfTrade);

    public static SubmitReply Submitted(Market market, SubmitOrder order, List<DomainEvent> events, long sequence)
    {
        List<FillView>? fills = null;
        var filledLots = 0L;
        var filledQuote = 0m;
        OrderDone? done = null;
        foreach (var happened in events)
        {
            if (happened is Traded traded && (traded.TakerOrderId == order.OrderId || traded.MakerOrderId == order.OrderId))
            {
                (fills ??= []).Add(Fill(market, traded, order));
                filledLots += traded.Lots;
                filledQuote += market.NotionalOf(traded.PriceTicks, traded.Lots);
            }
            else if (happened is OrderDone ended && ended.OrderId == order.OrderId)
            {
                done = ended;
            }
        }

        var status = done?.Status ?? (filledLots == 0 ? OrderStatus.New : OrderStatus.PartiallyFilled);
        return new SubmitReply(
            status, done?.Reason ?? Reason.None, sequence, market.QuantityOf(filledLots), filledQuote, fills?.ToArray() ?? []);
    }

    public static SubmitReply Alive(Market market, LiveOrder live, long sequence) => new(
        live.FilledLots == 0 ? OrderStatus.New : OrderStatus.PartiallyFilled,
        Reason.None,
        sequence,
        market.QuantityOf(live.FilledLots),
        live.FilledQuote,
        []);

    public static SubmitReply Armed(long sequence) => new(OrderStatus.New, Reason.None, sequence, 0, 0, []);

    public static SubmitReply Finished(Market market, in OrderOutcome finished) => new(
        finished.Status,
        finished.Reason,
        finished.Sequence,
        market.QuantityOf(finished.FilledLots),
        finished.FilledQuote,
        []);

    public static CancelReply Cancelled(Market market, LiveOrder live, long sequence) => new(
        Reason.None, OrderStatus.Cancelled, sequence, market.QuantityOf(live.FilledLots), live.FilledQuote);

    public static CancelReply NotCancelled(SymbolState state, CancelAtSymbol cancel)
    {
        if (state.Orders.TryFinished(cancel.Account, cancel.OrderId, out var end))
            return new CancelReply(
                Reason.OrderAlreadyDone, end.Status, end.Sequence, state.Market.QuantityOf(end.FilledLots), end.FilledQuote);
        return state.Orders.IsBelowFloor(cancel.Account, cancel.OrderId)
            ? new CancelReply(Reason.OrderAlreadyDone, OrderStatus.New, state.Outbox.EndOf(cancel.Account, cancel.OrderId), 0, 0)
            : new CancelReply(Reason.UnknownOrder, OrderStatus.New, 0, 0, 0);
    }

    public static QuoteReply Quoted(Market market, in MarketQuote quote) => quote.ReferenceTicks == 0
        ? new QuoteReply(Reason.NoLiquidity, 0, 0, 0, 0)
        : new QuoteReply(
            Reason.None,
            market.PriceOf(quote.ReferenceTicks),
            market.PriceOf(quote.ProtectionTicks),
            market.QuantityOf(quote.Lots),
            quote.QuoteAmount);

    private static FillView Fill(Market market, Traded traded, SubmitOrder order) => new(
        traded.TradeId,
        market.PriceOf(traded.PriceTicks),
        market.QuantityOf(traded.Lots),
        traded.TakerOrderId == order.OrderId ? traded.TakerFee : traded.MakerFee,
        order.Side == Side.Buy ? market.Base : market.Quote);
}
