using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Api.Orders;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Storage.ReadModel;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.History;

/// <summary>What happened to the caller's account, page by page from the newest back. The cursor is the last id of a page.</summary>
internal sealed class HistoryEndpoints(IReadModel history, IMarketCatalog catalog, TimeProvider clock)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    public static readonly FieldSet OrdersFields = new("market", "symbol", "limit", "cursor", "userId");
    public static readonly FieldSet TradesFields = new("market", "symbol", "orderId", "limit", "cursor", "userId");
    public static readonly FieldSet DepositsFields = new("limit", "cursor", "userId");

    public async ValueTask<Refusal?> OrdersAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest();
        var refusal = Query.Read(http.Request, OrdersFields, out var query)
            ?? query.OptionalMarket(catalog)
            ?? page.Read(query, caller);
        if (refusal is not null)
            return refusal;
        await history.FollowAsync(clock, http.RequestAborted);
        var rows = await history.OrdersAsync(caller.Account, query.Market?.Symbol, page.Cursor, page.Limit, http.RequestAborted);
        var answer = (Rows: rows, Next: page.CursorAfter(rows, row => row.OrderId));
        await JsonResponse.SendAsync(http, StatusCodes.Status200OK, answer, OrderWriter.WritePage);
        return null;
    }

    public async ValueTask<Refusal?> TradesAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest();
        var orderId = 0L;
        var refusal = Query.Read(http.Request, TradesFields, out var query)
            ?? query.RequiredMarket(catalog)
            ?? query.Id("orderId", ref orderId)
            ?? page.Read(query, caller);
        if (refusal is not null)
            return refusal;
        await history.FollowAsync(clock, http.RequestAborted);
        var rows = await ReadTradesAsync(caller, query.Market!.Symbol, orderId == 0 ? null : orderId, page, http.RequestAborted);
        var answer = new OwnTradePage([.. rows.Select(ToTrade)], page.CursorAfter(rows, row => row.TradeId));
        await JsonResponse.SendAsync(http, answer, ApiJson.Default.OwnTradePage);
        return null;
    }

    public async ValueTask<Refusal?> DepositsAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest();
        var refusal = Query.Read(http.Request, DepositsFields, out var query) ?? page.Read(query, caller);
        if (refusal is not null)
            return refusal;
        await history.FollowAsync(clock, http.RequestAborted);
        var rows = await history.DepositsAsync(caller.Account, page.Cursor, page.Limit, http.RequestAborted);
        var answer = new DepositPage(
            [.. rows.Select(row => new PastDeposit(row.DepositId, row.Asset, row.Amount, row.AtMs))],
            page.CursorAfter(rows, row => row.Position));
        await JsonResponse.SendAsync(http, answer, ApiJson.Default.DepositPage);
        return null;
    }

    /// <summary>Who trades with oneself has two rows of one trade; since the cursor is the trade's id, a page must not part them.</summary>
    private async Task<IReadOnlyList<OwnTradeRow>> ReadTradesAsync(
        Caller caller, string symbol, long? orderId, PageRequest page, CancellationToken cancellation)
    {
        var rows = await history.AccountTradesAsync(caller.Account, symbol, orderId, page.Cursor, page.Limit, cancellation);
        if (rows.Count < page.Limit)
            return rows;
        var last = rows[^1];
        var around = await history.AccountTradesAsync(caller.Account, symbol, orderId, last.TradeId + 1, 2, cancellation);
        var cutOff = around.Where(row => row.TradeId == last.TradeId && !rows.Contains(row));
        return [.. rows, .. cutOff];
    }

    private static OwnTrade ToTrade(OwnTradeRow row) => new(
        JsonId.Text(row.TradeId),
        JsonId.Text(row.OrderId),
        row.Symbol,
        WireNames.Sides.Text(row.Side),
        row.IsMaker,
        row.Price,
        row.Quantity,
        row.Price * row.Quantity,
        row.Fee,
        row.FeeAsset,
        row.AtMs);
}
