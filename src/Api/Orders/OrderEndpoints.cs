using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Api.Limits;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Storage.ReadModel;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Orders;

/// <summary>Place, cancel and look up what is open. The portfolio decides; here is only translation.</summary>
internal sealed class OrderEndpoints(IGrainFactory grains, IMarketCatalog catalog, IReadModel history, RateLimiter limiter, TimeProvider clock)
{
    public const int BatchMax = 10;

    public static readonly FieldSet MarketFields = new("market", "symbol", "userId");

    public async ValueTask<Refusal?> PlaceAsync(HttpContext http, Caller caller)
    {
        var (order, refusal) = await RequestBody.ReadAsync<PlaceOrderRequest>(http.Request);
        if (refusal is not null)
            return refusal;
        var (reply, refused) = await PlaceAsync(caller, order, http.RequestAborted);
        if (reply is null)
            return refused;
        await JsonResponse.SendAsync(http, StatusCodes.Status200OK, reply, OrderWriter.WritePlaced);
        return null;
    }

    /// <summary>Side by side, so that one flush serves them all: in which order they reach the book is not promised.</summary>
    public async ValueTask<Refusal?> PlaceManyAsync(HttpContext http, Caller caller)
    {
        var (orders, refusal) = await RequestBody.ReadManyAsync<PlaceOrderRequest>(http.Request, BatchMax);
        foreach (var order in orders)
            refusal ??= caller.RefuseOther(order.UserId);
        refusal ??= limiter.ChargeOrders(http, caller, orders.Count - 1);
        if (refusal is not null)
            return refusal;
        var outcomes = await Task.WhenAll(orders.Select(order => PlaceAsync(caller, order, http.RequestAborted)));
        await JsonResponse.SendAsync(http, StatusCodes.Status200OK, outcomes, OrderWriter.WriteOutcomes);
        return null;
    }

    public async Task<(PlaceReply? Reply, Refusal? Refusal)> PlaceAsync(Caller caller, PlaceOrderRequest order, CancellationToken cancellation)
    {
        if (caller.RefuseOther(order.UserId) is { } foreign)
            return (null, foreign);
        if (!catalog.TryResolve(order.Market, out var market))
            return (null, Reason.UnknownSymbol.ToError());
        var clientOrderId = order.ClientOrderId.Length > 0 ? order.ClientOrderId : ClientIds.New();
        var message = new PlaceOrder(
            clientOrderId, market.Symbol, order.Side, order.Type, order.TimeInForce, order.Price, order.Quantity,
            order.QuoteAmount, order.IcebergQuantity, order.SelfTrade, order.StopPrice, order.TrailingBps);
        PlaceReply reply;
        try
        {
            reply = await caller.PortfolioIn(grains).PlaceOrder(message);
        }
        catch (Exception thrown) when (ErrorBoundary.NotNow(thrown) is { } error)
        {
            return (null, error.With("clientOrderId", clientOrderId));
        }
        if (Refused(reply) is { } refused)
            return (null, refused);
        if (reply.Order!.PlacedAtMs == 0 && await FindInHistory(caller, reply.Order.OrderId, null, cancellation) is { } past)
            reply = reply with { Order = past };
        return (reply, null);
    }

    public async ValueTask<Refusal?> CancelAsync(HttpContext http, Caller caller)
    {
        var (order, refusal) = await OrderReference.FromBodyOrQueryAsync(http.Request);
        if (refusal is not null)
            return refusal;
        var (cancelled, refused) = await CancelAsync(caller, order);
        if (refused is not null)
            return refused;
        await JsonResponse.SendAsync(http, StatusCodes.Status200OK, cancelled!, OrderWriter.WriteOrder);
        return null;
    }

    public async Task<(OrderView? Cancelled, Refusal? Refusal)> CancelAsync(Caller caller, OrderReference order)
    {
        if (caller.RefuseOther(order.UserId) is { } refusal)
            return (null, refusal);
        if (ResolveIfNamed(order.Market, out var symbol) is { } unknown)
            return (null, unknown);
        var reply = await caller.PortfolioIn(grains).CancelOrder(new CancelOrder(order.OrderId, order.ClientOrderId, symbol));
        return reply.Reason != Reason.None || reply.Order is null ? (null, RefusedCancel(reply)) : (reply.Order, null);
    }

    public async ValueTask<Refusal?> OpenOrdersAsync(HttpContext http, Caller caller)
    {
        if (ReadMarketFilter(http.Request, caller, out var symbol) is { } refusal)
            return refusal;
        var open = await caller.PortfolioIn(grains).GetOpenOrders(symbol);
        await JsonResponse.SendAsync(http, StatusCodes.Status200OK, open.Orders, OrderWriter.WriteOrders);
        return null;
    }

    /// <summary>Answers with the orders that it ended; those that finished by themselves in the meantime are left out.</summary>
    public async ValueTask<Refusal?> CancelAllAsync(HttpContext http, Caller caller)
    {
        if (ReadMarketFilter(http.Request, caller, out var symbol) is { } refusal)
            return refusal;
        var portfolio = caller.PortfolioIn(grains);
        var open = await portfolio.GetOpenOrders(symbol);
        var replies = await Task.WhenAll(open.Orders.Select(order =>
            portfolio.CancelOrder(new CancelOrder(order.OrderId, "", order.Symbol))));
        OrderView[] cancelled = [.. Cancelled(replies)];
        await JsonResponse.SendAsync(http, StatusCodes.Status200OK, cancelled, OrderWriter.WriteOrders);
        return null;
    }

    /// <summary>Cancelling one of a pair has cancelled the other, which says then that it was done already.</summary>
    private static IEnumerable<OrderView> Cancelled(CancelOrderReply[] replies)
    {
        var ended = replies.Where(reply => reply.Reason == Reason.None && reply.Order is not null).Select(reply => reply.Order!).ToArray();
        var lists = ended.Where(order => order.ListId != 0).Select(order => order.ListId).ToHashSet();
        var withThem = replies.Where(reply => reply.Reason == Reason.OrderAlreadyDone && reply.Order is { Status: OrderStatus.Cancelled } order
            && lists.Contains(order.ListId));
        return ended.Concat(withThem.Select(reply => reply.Order!)).OrderBy(order => order.OrderId);
    }

    public async ValueTask<Refusal?> LookUpAsync(HttpContext http, Caller caller)
    {
        var (order, refusal) = OrderReference.FromQuery(http.Request);
        refusal ??= caller.RefuseOther(order.UserId) ?? ResolveIfNamed(order.Market, out _);
        if (refusal is not null)
            return refusal;
        var clientOrderId = order.ClientOrderId.Length > 0 ? order.ClientOrderId : null;
        var found = await caller.PortfolioIn(grains).GetOrder(order.OrderId, clientOrderId)
            ?? await FindInHistory(caller, order.OrderId, clientOrderId, http.RequestAborted);
        if (found is null)
            return Reason.UnknownOrder.ToError();
        await JsonResponse.SendAsync(http, StatusCodes.Status200OK, found, OrderWriter.WriteOrder);
        return null;
    }

    /// <summary>The portfolio forgets orders some time after their end; the read model does not.</summary>
    private async Task<OrderView?> FindInHistory(Caller caller, long orderId, string? clientOrderId, CancellationToken cancellation)
    {
        await history.FollowAsync(clock, cancellation);
        var row = clientOrderId is null
            ? await history.OrderAsync(caller.Account, orderId, cancellation)
            : await history.OrderAsync(caller.Account, clientOrderId, cancellation);
        return row?.ToView();
    }

    /// <summary>Empty where the request names no market.</summary>
    private Refusal? ResolveIfNamed(string name, out string symbol)
    {
        symbol = "";
        if (name.Length == 0)
            return null;
        if (!catalog.TryResolve(name, out var market))
            return Reason.UnknownSymbol.ToError();
        symbol = market.Symbol;
        return null;
    }

    private Refusal? ReadMarketFilter(HttpRequest request, Caller caller, out string? symbol)
    {
        var userId = 0L;
        var refusal = Query.Read(request, MarketFields, out var query)
            ?? query.OptionalMarket(catalog)
            ?? query.UserId(ref userId)
            ?? caller.RefuseOther(userId);
        symbol = query.Market?.Symbol;
        return refusal;
    }

    private static Refusal? Refused(PlaceReply reply)
    {
        if (reply.Reason == Reason.None && reply.Order is not null)
            return null;
        var error = reply.Reason.ToError();
        if (reply.Reason == Reason.InsufficientBalance)
            return new Refusal(error, null, [new("required", JsonDecimal.Text(reply.Required)), new("available", JsonDecimal.Text(reply.Available))]);
        return reply.Order is { } order
            ? new Refusal(error, null, [new("orderId", JsonId.Text(order.OrderId)), new("clientOrderId", order.ClientOrderId)])
            : error;
    }

    private static Refusal RefusedCancel(CancelOrderReply reply)
    {
        var error = reply.Reason.ToError();
        return reply.Order is { } order ? error.With("status", WireNames.Statuses.Text(order.Status)) : error;
    }
}
