using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Json;
using Exchange.Domain;
using Exchange.Grains.Interfaces.MarketMaking;
using Exchange.Grains.Interfaces.Markets;
using Microsoft.AspNetCore.Http;

namespace Exchange.Api.Operators;

/// <summary>Market makers, one for each market without a venue.</summary>
internal sealed class MakerEndpoints(IGrainFactory grains, IMarketCatalog catalog, SecurityLog audit)
{
    public async ValueTask<Refusal?> ListAsync(HttpContext http, Caller caller)
    {
        if (Query.Read(http.Request, NoQuery.Fields, out _) is { } refusal)
            return refusal;
        var views = await Task.WhenAll(catalog.Markets.Where(market => !market.HasVenue)
            .Select(market => grains.GetGrain<IMarketMakerGrain>(market.Symbol).Get()));
        await JsonResponse.SendAsync(http, new MakerList(Array.ConvertAll(views, OperatorTranslation.ToInfo)), OperatorJson.Default.MakerList);
        return null;
    }

    public async ValueTask<Refusal?> ChangeAsync(HttpContext http, Caller caller)
    {
        var (body, refusal) = await RequestBody.ReadAsync<MakerRequest>(http.Request);
        if (refusal is not null)
            return refusal;
        if (!catalog.TryResolve((string)http.Request.RouteValues["symbol"]!, out var market))
            return Reason.UnknownSymbol.ToError();
        var maker = grains.GetGrain<IMarketMakerGrain>(market.Symbol);
        var settings = body.Change((await maker.Get()).Settings);
        await audit.NoteAsync(http, caller.Email, "market maker changed", $"{market.Symbol} {settings}");
        var reply = await maker.Change(settings);
        if (reply.Reason != Reason.None)
            return reply.Reason.ToError().Saying(reply.Problem);
        await JsonResponse.SendAsync(http, (await maker.Get()).ToInfo(), OperatorJson.Default.MakerInfo);
        return null;
    }
}
