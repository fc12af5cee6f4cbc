using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Api.Orders;
using Exchange.Domain;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Positions;

/// <summary>The portfolio decides; here is only translation.</summary>
internal sealed class PositionEndpoints(IGrainFactory grains, IMarketCatalog catalog)
{
    public static readonly FieldSet CancelFields = new("positionId", "clientPositionId", "userId");

    private static readonly FieldSet NoFields = new();

    public async ValueTask<Refusal?> OpenAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await RequestBody.ReadAsync<OpenPositionBody>(http.Request);
        refusal ??= caller.RefuseOther(body.UserId);
        if (refusal is not null)
            return refusal;
        if (!catalog.TryResolve(body.Market, out var market))
            return Reason.UnknownSymbol.ToError();
        var clientId = body.ClientPositionId.Length > 0 ? body.ClientPositionId : ClientIds.New();
        try
        {
            return await SendAsync(http, await PositionsOf(caller).OpenPosition(new OpenPositionRequest(
                clientId, market.Symbol, body.Direction, body.Margin, body.Leverage.Tenths, body.Levels.ToRequest(),
                body.TriggerPrice, body.TriggerDirection)));
        }
        catch (Exception thrown) when (ErrorBoundary.NotNow(thrown) is { } error)
        {
            return error.With("clientPositionId", clientId);
        }
    }

    /// <summary>Takes back one that waits for its price.</summary>
    public async ValueTask<Refusal?> CancelAsync(HttpContext http, Caller caller)
    {
        var (positionId, clientId, userId) = (0L, "", 0L);
        var refusal = Query.Read(http.Request, CancelFields, out var query)
            ?? query.Id("positionId", ref positionId)
            ?? query.ClientId("clientPositionId", ref clientId)
            ?? query.UserId(ref userId)
            ?? caller.RefuseOther(userId);
        if (refusal is not null)
            return refusal;
        if (positionId == 0 == (clientId.Length == 0))
            return positionId == 0 ? EdgeErrors.MissingField.With("parameter", "positionId") : Reason.UnsupportedCombination.ToError();
        return await SendAsync(http, await PositionsOf(caller).CancelPosition(new CancelPositionRequest(positionId, clientId)));
    }

    public async ValueTask<Refusal?> ChangeAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await RequestBody.ReadAsync<ChangePositionBody>(http.Request);
        return refusal ?? await SendAsync(
            http,
            await PositionsOf(caller).ChangePosition(new ChangePositionRequest(body.PositionId, body.Levels.ToRequest(), body.ClientRequestId)));
    }

    public async ValueTask<Refusal?> AddMarginAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await RequestBody.ReadAsync<AddMarginBody>(http.Request);
        return refusal ?? await SendAsync(
            http, await PositionsOf(caller).AddMargin(new AddMarginRequest(body.ClientRequestId, body.PositionId, body.Amount)));
    }

    public async ValueTask<Refusal?> CloseAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await RequestBody.ReadAsync<ClosePositionBody>(http.Request);
        if (refusal is not null)
            return refusal;
        var answer = await PositionsOf(caller).ClosePosition(new ClosePositionRequest(body.PositionId, body.Quantity, body.ClientRequestId));
        return answer.Reason == Reason.InvalidQuantity
            ? answer.Reason.ToError().Saying("A part to close is in whole steps of the market and not more than what is open.", NameOf(answer))
            : await SendAsync(http, answer);
    }

    public async ValueTask<Refusal?> ListAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoFields, out _) is { } refusal)
            return refusal;
        var open = await PositionsOf(caller).GetPositions();
        await JsonResponse.SendAsync(http, Array.ConvertAll(open.Positions, PositionTranslation.ToPosition), PositionJson.Default.PositionArray);
        return null;
    }

    public async ValueTask<Refusal?> StatisticsAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoFields, out _) is { } refusal)
            return refusal;
        var reply = await PositionsOf(caller).GetStatistics();
        await JsonResponse.SendAsync(http, reply.ToStatistics(), PositionJson.Default.StatisticsArray);
        return null;
    }

    private static async ValueTask<Refusal?> SendAsync(HttpContext http, PositionAnswer answer)
    {
        if (answer.Reason != Reason.None)
            return answer.PositionId == 0 ? answer.Reason.ToError() : answer.Reason.ToError().With("positionId", JsonId.Text(answer.PositionId));
        await JsonResponse.SendAsync(http, answer.ToResult(), PositionJson.Default.PositionResult);
        return null;
    }

    private static KeyValuePair<string, string> NameOf(PositionAnswer answer) => new("positionId", JsonId.Text(answer.PositionId));

    private IPortfolioPositions PositionsOf(Caller caller) => grains.GetGrain<IPortfolioPositions>(caller.Account);
}
