using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Api.Orders;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Storage.ReadModel;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Triggers;

/// <summary>
/// All that waits for a price for the caller, and what has been executed because one was reached. Triggers are made, changed
/// and taken away with what they belong to: an order or a position.
/// </summary>
internal sealed class TriggerEndpoints(IGrainFactory grains, IMarketCatalog catalog, IReadModel history, TimeProvider clock)
{
    public static readonly FieldSet ArmedFields = new("market", "symbol", "userId");
    public static readonly FieldSet ExecutedFields = new("limit", "cursor", "userId");

    public async ValueTask<Refusal?> ArmedAsync(HttpContext http, Caller caller)
    {
        var userId = 0L;
        var refusal = Query.Read(http.Request, ArmedFields, out var query)
            ?? query.OptionalMarket(catalog)
            ?? query.UserId(ref userId)
            ?? caller.RefuseOther(userId);
        if (refusal is not null)
            return refusal;
        var orders = grains.GetGrain<IPortfolioConditionals>(caller.Account).GetArmed();
        var positions = grains.GetGrain<IPortfolioPositions>(caller.Account).GetPositions();
        var triggers = (await orders).Orders.Select(order => order.ToTrigger())
            .Concat((await positions).Positions.SelectMany(position => position.ToTriggers()))
            .Where(trigger => query.Market is null || trigger.Symbol == query.Market.Symbol);
        await JsonResponse.SendAsync(http, [.. triggers], TriggerJson.Default.TriggerArray);
        return null;
    }

    public async ValueTask<Refusal?> ExecutedAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest();
        var refusal = Query.Read(http.Request, ExecutedFields, out var query) ?? page.Read(query, caller);
        if (refusal is not null)
            return refusal;
        await history.FollowAsync(clock, http.RequestAborted);
        var rows = await history.TriggeredOrdersAsync(caller.Account, page.Before, page.Limit, http.RequestAborted);
        var answer = (Rows: rows, Next: page.CursorAfter(rows, row => row.OrderId));
        await JsonResponse.SendAsync(http, StatusCodes.Status200OK, answer, OrderWriter.WritePage);
        return null;
    }
}
