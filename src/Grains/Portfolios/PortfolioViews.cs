using Exchange.Domain;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Domain.Orders;
using Exchange.Domain.Portfolios;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;

namespace Exchange.Grains.Portfolios;

/// <summary>Between the messages that reach an account and the domain's terms.</summary>
internal static class PortfolioViews
{
    public static readonly QuoteReply NoQuote = new(Reason.None, 0, 0, 0, 0);

    public static OrderTerms ToTerms(PlaceOrder order) => new(
        order.ClientOrderId,
        order.Symbol,
        order.Side,
        order.Type,
        order.TimeInForce,
        order.Price,
        order.Quantity,
        order.QuoteAmount,
        order.IcebergQuantity,
        order.SelfTrade,
        order.StopPrice,
        order.TrailingBps);

    public static MarketReference ToReference(PlaceOrder order, QuoteReply quote) => new(
        quote.ReferencePrice,
        quote.ProtectionPrice,
        order.Side == Side.Buy ? quote.EstimatedQuote : quote.EstimatedQuantity);

    /// <summary>
    /// A market order goes with its protection price as limit, and may not spend or sell more than is held. One that waits for its
    /// price gets its protection from what the market is like then.
    /// </summary>
    /// <param name="held">Of a pair both orders may spend what is held for either.</param>
    public static SubmitOrder ToSubmit(long account, Market market, OrderPlaced placed, QuoteReply quote, decimal held, long floor)
    {
        var isMarket = placed.Type.Working() == OrderType.Market;
        var sellsForQuote = isMarket && placed.Side == Side.Sell && placed.QuoteAmount > 0;
        market.TryTicks(placed.Type == OrderType.Market ? quote.ProtectionPrice : placed.Price, out var limit);
        market.TryLots(sellsForQuote ? held : placed.Quantity, out var lots);
        market.TryLots(placed.IcebergQuantity, out var display);
        market.TryTicks(placed.StopPrice, out var stop);
        var budget = placed.QuoteAmount > 0 ? placed.QuoteAmount : isMarket && placed.Side == Side.Buy ? held : 0;
        return new SubmitOrder(
            account,
            placed.OrderId,
            floor,
            placed.ClientOrderId,
            placed.Side,
            placed.Type,
            placed.TimeInForce,
            limit,
            lots,
            placed.QuoteAmount,
            budget,
            display,
            placed.SelfTrade,
            stop,
            placed.TrailingBps);
    }

    public static BalanceView Of(Balance balance) => new(balance.Asset, balance.Available, balance.Held);

    public static BalanceView[] Of(IReadOnlyList<Balance> balances)
    {
        var views = new BalanceView[balances.Count];
        for (var i = 0; i < views.Length; i++)
            views[i] = Of(balances[i]);
        return views;
    }

    public static OrderView Of(OpenOrder order) =>
        View(order.Terms, order.FilledBase, order.FilledQuote, order.Status, Reason.None, order.PlacedAtMs, order.UpdatedAtMs, order.TriggeredAtMs);

    public static OrderView Of(OpenOrder order, OrderEnded ended, long nowMs) =>
        View(order.Terms, order.FilledBase, order.FilledQuote, ended.Status, ended.Reason, order.PlacedAtMs, nowMs, order.TriggeredAtMs);

    public static OrderView Of(OpenOrder order, CancelReply reply, long nowMs)
    {
        var reason = reply.Status == OrderStatus.Cancelled ? Reason.CancelledByUser : Reason.None;
        return View(
            order.Terms, reply.FilledQuantity, reply.FilledQuote, reply.Status, reason, order.PlacedAtMs, nowMs, order.TriggeredAtMs);
    }

    /// <summary>An order that finished a while ago: its terms are those of the same request again, its fills are history.</summary>
    public static OrderView Of(KnownOrder order, PlaceOrder request) => new(
        order.OrderId,
        order.ClientOrderId,
        request.Symbol,
        request.Side,
        request.Type,
        request.TimeInForce,
        request.Price,
        request.Quantity,
        request.QuoteAmount,
        0,
        0,
        order.Status,
        order.Reason,
        0,
        0,
        request.StopPrice,
        request.TrailingBps);

    public static PlaceReply Placed(OrderView order) => new(Refusal(order.Status, order.Reason), order, [], 0, 0);

    public static PlaceReply Placed(OrderPlaced placed, SubmitReply reply, long placedAtMs, long nowMs) => new(
        Refusal(reply.Status, reply.Reason),
        View(placed, reply.FilledQuantity, reply.FilledQuote, reply.Status, reply.Reason, placedAtMs, nowMs),
        reply.Fills,
        0,
        0);

    public static PlaceReply FateUnknown(OrderPlaced placed, long placedAtMs) => new(
        Reason.Timeout, View(placed, 0, 0, OrderStatus.New, Reason.Timeout, placedAtMs, placedAtMs), [], 0, 0);

    public static PlaceReply Refused(Reason reason) => new(reason, null, [], 0, 0);

    public static PlaceReply Refused(Reason reason, Portfolio portfolio, OrderTerms order, Market market, in MarketReference reference)
    {
        if (reason != Reason.InsufficientBalance)
            return Refused(reason);
        var available = portfolio.BalanceOf(OrderHolds.AssetOf(order.Side, market)).Available;
        return new PlaceReply(reason, null, [], OrderHolds.Required(order, market, reference), available);
    }

    public static CancelOrderReply NothingToCancel(OrderView? finished, string symbol) =>
        finished is not null && (symbol.Length == 0 || finished.Symbol == symbol)
            ? new CancelOrderReply(Reason.OrderAlreadyDone, finished)
            : new CancelOrderReply(Reason.UnknownOrder, null);

    public static Reason Refusal(OrderStatus status, Reason reason) => status == OrderStatus.Rejected ? reason : Reason.None;

    public static OrderView View(
        OrderPlaced placed, decimal filled, decimal filledQuote, OrderStatus status, Reason reason, long placedAtMs, long updatedAtMs,
        long triggeredAtMs = 0) => new(
            placed.OrderId,
            placed.ClientOrderId,
            placed.Symbol,
            placed.Side,
            placed.Type,
            placed.TimeInForce,
            placed.Price,
            placed.Quantity,
            placed.QuoteAmount,
            filled,
            filledQuote,
            status,
            reason,
            placedAtMs,
            updatedAtMs,
            placed.StopPrice,
            placed.TrailingBps,
            placed.ListId,
            triggeredAtMs);
}
