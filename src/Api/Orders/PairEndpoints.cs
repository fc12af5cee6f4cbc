using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Api.Limits;
using Exchange.Domain;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Storage.ReadModel;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Orders;

/// <summary>Two orders of which one cancels the other: place, look up, cancel. The portfolio decides; here is only translation.</summary>
internal sealed class PairEndpoints(IGrainFactory grains, IMarketCatalog catalog, IReadModel history, RateLimiter limiter, TimeProvider clock)
{
    public static readonly FieldSet ReferenceFields = new("orderListId", "listClientOrderId", "market", "symbol", "userId");

    public async ValueTask<Refusal?> PlaceAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await RequestBody.ReadAsync<PlacePairRequest>(http.Request);
        refusal ??= caller.RefuseOther(body.UserId) ?? limiter.ChargeOrders(http, caller, 1);
        if (refusal is not null)
            return refusal;
        if (!catalog.TryResolve(body.Market, out var market))
            return Reason.UnknownSymbol.ToError();
        var clientListId = body.ClientListId.Length > 0 ? body.ClientListId : ClientIds.New();
        try
        {
            var reply = await PairsOf(caller).PlacePair(body.ToMessage(market.Symbol, clientListId));
            return await AnswerAsync(http, caller, reply);
        }
        catch (Exception thrown) when (ErrorBoundary.NotNow(thrown) is { } error)
        {
            return error.With("listClientOrderId", clientListId);
        }
    }

    public async ValueTask<Refusal?> CancelAsync(HttpContext http, Caller caller)
    {
        if (Read(http.Request, caller, out var pair) is { } refusal)
            return refusal;
        return await AnswerAsync(http, caller, await PairsOf(caller).CancelPair(pair));
    }

    public async ValueTask<Refusal?> LookUpAsync(HttpContext http, Caller caller)
    {
        if (Read(http.Request, caller, out var pair) is { } refusal)
            return refusal;
        var reply = await PairsOf(caller).GetPair(pair);
        if (reply.Reason == Reason.UnknownOrderList && await FindInHistory(caller, pair, http.RequestAborted) is { } past)
            reply = past;
        return await AnswerAsync(http, caller, reply);
    }

    private async ValueTask<Refusal?> AnswerAsync(HttpContext http, Caller caller, PairReply reply)
    {
        if (reply.Reason != Reason.None)
            return Refused(reply);
        if (reply.Orders.Length < 2)
            reply = reply with { Orders = await Complete(caller, reply, http.RequestAborted) };
        if (reply.Orders.Length == 0)
            return Reason.UnknownOrderList.ToError();
        await JsonResponse.SendAsync(http, StatusCodes.Status200OK, reply, OrderWriter.WritePair);
        return null;
    }

    /// <summary>The portfolio forgets orders some time after their end; the read model does not.</summary>
    private async Task<OrderView[]> Complete(Caller caller, PairReply reply, CancellationToken cancellation)
    {
        await history.FollowAsync(clock, cancellation);
        var orders = new List<OrderView>();
        foreach (var id in new[] { reply.ListId, reply.StopId })
        {
            var known = Array.Find(reply.Orders, order => order.OrderId == id)
                ?? (await history.OrderAsync(caller.Account, id, cancellation))?.ToView();
            if (known is not null)
                orders.Add(known);
        }

        return [.. orders];
    }

    private async Task<PairReply?> FindInHistory(Caller caller, PairReference pair, CancellationToken cancellation)
    {
        await history.FollowAsync(clock, cancellation);
        var clientListId = pair.ListId == 0
            ? pair.ClientListId
            : (await history.OrderAsync(caller.Account, pair.ListId, cancellation))?.ClientListId ?? "";
        if (clientListId.Length == 0)
            return null;
        var rows = await history.PairAsync(caller.Account, clientListId, cancellation);
        if (pair.ListId != 0)
            rows = [.. rows.Where(row => row.ListId == pair.ListId)];
        return rows.Count == 0 || (pair.Symbol.Length > 0 && rows[0].Symbol != pair.Symbol)
            ? null
            : new PairReply(Reason.None, rows[0].ListId, clientListId, [.. rows.Select(row => row.ToView())], 0, 0);
    }

    private Refusal? Read(HttpRequest request, Caller caller, out PairReference pair)
    {
        var (listId, clientListId, userId) = (0L, "", 0L);
        var refusal = Query.Read(request, ReferenceFields, out var query)
            ?? query.OptionalMarket(catalog)
            ?? query.Id("orderListId", ref listId)
            ?? query.ClientId("listClientOrderId", ref clientListId)
            ?? query.UserId(ref userId)
            ?? caller.RefuseOther(userId);
        if (refusal is null && (listId == 0) == (clientListId.Length == 0))
            refusal = Reason.InvalidRequest.ToError().Saying("Name the list by orderListId or by listClientOrderId.");
        pair = new PairReference(listId, clientListId, query.Market?.Symbol ?? "");
        return refusal;
    }

    private static Refusal Refused(PairReply reply)
    {
        var error = reply.Reason.ToError();
        if (reply.Reason == Reason.InsufficientBalance)
            return new Refusal(error, null, [new("required", JsonDecimal.Text(reply.Required)), new("available", JsonDecimal.Text(reply.Available))]);
        return reply.ListId == 0
            ? new Refusal(error, null, [])
            : new Refusal(error, null, [new("orderListId", JsonId.Text(reply.ListId)), new("listClientOrderId", reply.ClientListId)]);
    }

    private IPortfolioConditionals PairsOf(Caller caller) => grains.GetGrain<IPortfolioConditionals>(caller.Account);
}
