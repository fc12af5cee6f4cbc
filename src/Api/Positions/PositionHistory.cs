using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.History;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Domain.Positions;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Storage.ReadModel;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Positions;

/// <param name="Status">OPEN, CLOSING, and for one that is over CLOSED, LIQUIDATED, STOP_LOSS, TAKE_PROFIT, TRAILING_STOP or EXPIRED.</param>
/// <param name="Margin">All that was put in.</param>
/// <param name="Level">The level that closed it, where a price did; <paramref name="ReachedPrice"/> is the price that reached it.</param>
/// <param name="Profit">Before fees and funding; <paramref name="NetProfit"/> is what it brought, or cost, after them.</param>
/// <param name="TotalReturn">What came back to the account.</param>
public sealed record PastPosition(
    string PositionId,
    string ClientPositionId,
    string Symbol,
    string Direction,
    string Status,
    string? Cause,
    decimal Leverage,
    decimal Quantity,
    decimal EntryPrice,
    decimal Margin,
    decimal? StopLoss,
    decimal? TakeProfit,
    decimal? LiquidationPrice,
    decimal? Level,
    decimal? ReachedPrice,
    decimal ClosedQuantity,
    decimal? ClosePrice,
    decimal Profit,
    decimal Fees,
    decimal Funding,
    decimal TotalReturn,
    decimal? NetProfit,
    string Asset,
    long OpenedAt,
    long? ClosedAt);

/// <param name="Positions">The newest first.</param>
/// <param name="NextCursor">Asks for the next page; null when this one was not full.</param>
public sealed record PositionPage(IReadOnlyList<PastPosition> Positions, string? NextCursor);

/// <summary>What became of positions, from the read model.</summary>
internal sealed class PositionHistory(IReadModel history, IMarketCatalog catalog, TimeProvider clock)
{
    public static readonly FieldSet PageFields = new("market", "symbol", "limit", "cursor", "userId");
    public static readonly FieldSet LookUpFields = new("positionId", "userId");

    public async ValueTask<Refusal?> ListAsync(HttpContext http, Caller caller)
    {
        var page = new PageRequest();
        var refusal = Query.Read(http.Request, PageFields, out var query)
            ?? query.OptionalMarket(catalog)
            ?? page.Read(query, caller);
        if (refusal is not null)
            return refusal;
        await history.FollowAsync(clock, http.RequestAborted);
        var rows = await history.ClosedPositionsAsync(caller.Account, query.Market?.Symbol, page.Cursor, page.Limit, http.RequestAborted);
        var answer = new PositionPage([.. rows.Select(ToPosition)], page.CursorAfter(rows, row => row.PositionId));
        await JsonResponse.SendAsync(http, answer, PositionJson.Default.PositionPage);
        return null;
    }

    public async ValueTask<Refusal?> LookUpAsync(HttpContext http, Caller caller)
    {
        var (positionId, userId) = (0L, 0L);
        var refusal = Query.Read(http.Request, LookUpFields, out var query)
            ?? query.Id("positionId", ref positionId)
            ?? query.UserId(ref userId)
            ?? caller.RefuseOther(userId);
        if (refusal is not null)
            return refusal;
        if (positionId == 0)
            return EdgeErrors.MissingField.With("parameter", "positionId");
        await history.FollowAsync(clock, http.RequestAborted);
        if (await history.PositionAsync(caller.Account, positionId, http.RequestAborted) is not { } row)
            return Reason.UnknownPosition.ToError();
        await JsonResponse.SendAsync(http, ToPosition(row), PositionJson.Default.PastPosition);
        return null;
    }

    private static PastPosition ToPosition(PositionRow row)
    {
        var isClosed = row.State == PositionState.Closed;
        return new PastPosition(
            JsonId.Text(row.PositionId),
            row.ClientPositionId,
            row.Symbol,
            PositionNames.Sides.Text(row.Side),
            isClosed ? PositionStatuses.Closed(row.Cause) : PositionNames.States.Text(row.State),
            row.State == PositionState.Open ? null : PositionStatuses.Cause(row.Cause),
            new Leverage(row.LeverageTenths).Factor,
            row.Quantity,
            row.EntryPrice,
            row.Margin,
            Given(row.StopLoss),
            Given(row.TakeProfit),
            Given(row.LiquidationPrice),
            Given(row.LevelPrice),
            Given(row.ReachedPrice),
            row.ClosedQuantity,
            Given(row.ExitPrice),
            row.Profit,
            row.Fees,
            row.Funding,
            row.Payout,
            isClosed ? row.NetProfit : null,
            row.Asset,
            row.OpenedAtMs,
            row.ClosedAtMs == 0 ? null : row.ClosedAtMs);
    }

    private static decimal? Given(decimal value) => value == 0 ? null : value;
}
