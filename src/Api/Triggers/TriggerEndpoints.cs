using System.Text.Json;
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
            .Concat((await positions).Waiting.Select(position => position.ToTrigger()))
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
        var orders = await history.TriggeredOrdersAsync(caller.Account, page.Cursor, page.Limit, http.RequestAborted);
        var positions = await history.TriggeredPositionsAsync(caller.Account, page.Cursor, page.Limit, http.RequestAborted);
        long[] ids = [.. orders.Select(row => row.OrderId).Concat(positions.Select(row => row.PositionId)).OrderDescending().Take(page.Limit)];
        var oldest = ids.Length == 0 ? 0 : ids[^1];
        var answer = (
            Orders: orders.Where(row => row.OrderId >= oldest),
            Positions: positions.Where(row => row.PositionId >= oldest).Select(TriggerTranslation.ToTriggered),
            Next: page.CursorAfter(ids, id => id));
        await JsonResponse.SendAsync(http, StatusCodes.Status200OK, answer, static (json, it) => Write(json, it.Orders, it.Positions, it.Next));
        return null;
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<OrderRow> orders, IEnumerable<TriggeredPosition> positions, string? next)
    {
        json.WriteStartObject();
        json.WriteStartArray("orders"u8);
        foreach (var order in orders)
            OrderWriter.WriteOrder(json, order.ToView());
        json.WriteEndArray();
        json.WriteStartArray("positions"u8);
        foreach (var position in positions)
            JsonSerializer.Serialize(json, position, TriggerJson.Default.TriggeredPosition);
        json.WriteEndArray();
        json.WriteString("nextCursor"u8, next);
        json.WriteEndObject();
    }
}
